import { createHash } from 'node:crypto';
import { z } from 'zod';
import { MAX_ATTACHED } from '../domain/attachment.ts';
import {
  MAX_IMPORTED_ANSWER_CHARACTERS,
  MAX_IMPORTED_MESSAGES,
  MESSAGE_MAX_CHARACTERS,
} from '../domain/bounds.ts';
import { title } from '../domain/fields.ts';
import { approvalSchema, MAX_APPROVALS, MESSAGE_ROLES } from '../domain/message.ts';
import { transcriptMessageSchema } from '../domain/transcript.ts';
import { turnSettingsSchema, withinSchema } from '../domain/turn.ts';
import { type ChatToolName, chatTools } from './chat-tools.ts';

// The names come from the registry itself, which the type of `Object.keys` cannot say.
const toolNames = z.array(z.enum(Object.keys(chatTools) as [ChatToolName, ...ChatToolName[]])).max(50);
const settings = turnSettingsSchema.extend({ tools: toolNames.optional() });

/** Ids of files that were signed and have arrived. */
const attachments = z.array(z.uuid()).max(MAX_ATTACHED).nullish();

const message = z
  .string({ error: ({ input }) => (input === undefined ? 'Write something.' : undefined) })
  .max(MESSAGE_MAX_CHARACTERS, `Write at most ${MESSAGE_MAX_CHARACTERS} characters.`)
  // What is pasted from a broken file may hold what no database stores.
  .transform((text) => text.replaceAll('\0', '').toWellFormed())
  .refine((text) => text.trim().length > 0, 'Write something.');

/** The model reads a reason in place of the SDK's own sentence, so it has to say by itself that nothing happened. */
const DENIED = 'Execution denied: the student said no, and nothing was done.';

const approval = approvalSchema.transform(({ approvalId, approved, reason }) =>
  approved
    ? { approvalId, approved }
    : { approvalId, approved, reason: [DENIED, reason].filter(Boolean).join(' ') },
);

const approvals = z.array(approval).min(1).max(MAX_APPROVALS);
/** Answers to some of the questions that a message asks. */
export const approvalsRequestSchema = z.object({ approvals });

const oneOrTheOther = z.undefined({ error: 'Send a message or approvals.' }).optional();
const threadOfApprovals = z.uuid({
  error: ({ input }) => (input == null ? 'Name the conversation that asked.' : undefined),
});

/**
 * What a client may send: a new message, or the answers to what the last one asked. History is loaded by id, never taken
 * from the client.
 */
export const turnRequestSchema = z.union([
  z.object({
    threadId: z.uuid().nullish(),
    message,
    /** The client's own id of this question: sent again with it, it is not asked again. */
    requestId: z.uuid().optional(),
    /** The question that this one replaces on the page; it stays, with what followed it. */
    edits: z.uuid().nullish(),
    /** The document to keep to, until something else is named or it holds nothing. */
    docId: z.uuid().nullish(),
    /** The only notes to look through. */
    within: withinSchema.nullish(),
    attachments,
    approvals: oneOrTheOther,
    settings: settings.optional(),
  }),
  z.object({
    threadId: threadOfApprovals,
    message: oneOrTheOther,
    requestId: z.undefined().optional(),
    edits: z.undefined().optional(),
    docId: z.undefined().optional(),
    within: z.undefined().optional(),
    attachments: z.undefined().optional(),
    approvals,
    settings: settings.optional(),
  }),
]);

/** Ids a client made itself, of whatever form. */
const ownId = z.string().trim().min(1).max(200);

/** A question of a program: answered whole, or as events where it asks for a stream. */
export const chatRequestSchema = z.object({
  message,
  stream: z.boolean().default(false),
  threadId: ownId.nullish(),
  requestId: z.uuid().optional(),
  attachments,
  settings: settings.optional(),
});

const textPart = z.object({ type: z.literal('text'), value: z.string() });
const sentMessage = z.object({
  id: ownId,
  role: z.enum(['user', 'assistant', 'system']),
  parts: z.array(z.looseObject({ type: z.string() })).max(100),
});

/**
 * A conversation as a client keeps it. The last message of its student is the question and has to hold; what stands before
 * it is read from the thread, never from here, so that nobody can put words into the tutor's mouth.
 */
export const chatStreamRequestSchema = z
  .object({
    threadId: ownId,
    system: settings.shape.system.nullish(),
    messages: z.array(sentMessage).min(1).max(200),
    attachments,
    settings: settings.nullish(),
    /** None named: every tool may be called. */
    tools: toolNames.nullish(),
  })
  .transform(
    ({ threadId, system, messages, attachments: files, settings: chosen, tools: allowed }, context) => {
      const at = messages.findLastIndex(({ role }) => role === 'user');
      const asked = messages[at];
      const refuse = (path: PropertyKey[], issue: string) => {
        context.addIssue({ code: 'custom', path: ['messages', ...path], message: issue });
        return z.NEVER;
      };
      if (!asked) return refuse([], 'Send a message of the role user.');
      const parts = z.array(textPart).safeParse(asked.parts);
      if (!parts.success) return refuse([at, 'parts'], 'Send parts of the form {"type":"text","value":"…"}.');
      const question = message.safeParse(parts.data.map(({ value }) => value).join('\n'));
      if (!question.success) return refuse([at, 'parts'], question.error.issues[0]?.message ?? '');
      return {
        threadId,
        messageId: asked.id,
        message: question.data,
        attachments: files,
        settings: {
          ...chosen,
          ...(system && { system }),
          ...(allowed?.length && { tools: allowed }),
        },
      };
    },
  );

/** What is typed or read aloud: line ends and tabs, and no other character that shows nothing. */
const typed = z
  .string()
  .max(MESSAGE_MAX_CHARACTERS, `Write at most ${MESSAGE_MAX_CHARACTERS} characters.`)
  .regex(/^[^\p{Cc}]*(?:[\t\r\n][^\p{Cc}]*)*$/u, 'Write text without control characters.')
  .transform((text) => text.toWellFormed())
  .refine((text) => text.trim().length > 0, 'Write something.');

export const messageRequestSchema = z
  .object({
    conversationId: ownId.nullish(),
    message: typed.optional(),
    content: typed.optional(),
    requestId: z.uuid().optional(),
    settings: settings.optional(),
  })
  .transform(({ message: said, content, ...rest }, context) => {
    const text = said ?? content;
    if (text !== undefined && (said === undefined || content === undefined)) return { ...rest, text };
    context.addIssue({
      code: 'custom',
      path: ['message'],
      message: 'Send the text as message or as content.',
    });
    return z.NEVER;
  });

const broughtText = z.strictObject({
  type: z.literal('text'),
  text: z.string().optional(),
  value: z.string().optional(),
});
const broughtMessage = z
  .strictObject({
    id: ownId.optional(),
    role: z.enum(MESSAGE_ROLES, { error: 'Only texts of user and assistant can be kept.' }),
    content: z.string().optional(),
    parts: z
      .array(broughtText, { error: 'Send parts of the form {"type":"text","value":"…"}.' })
      .max(100)
      .optional(),
    createdAt: z.iso.datetime({ offset: true }).optional(),
  })
  .transform(({ content, parts = [], ...rest }, context) => {
    const text = (content ?? parts.map((part) => part.value ?? part.text ?? '').join('\n'))
      .replaceAll('\0', '')
      .toWellFormed();
    const most = rest.role === 'user' ? MESSAGE_MAX_CHARACTERS : MAX_IMPORTED_ANSWER_CHARACTERS;
    const refuse = (issue: string) => {
      context.addIssue({ code: 'custom', path: ['content'], message: issue });
      return z.NEVER;
    };
    if (content !== undefined && parts.length > 0) return refuse('Send the text as content or as parts.');
    if (text.trim() === '') return refuse('A message says something.');
    if (text.length > most) return refuse(`A text of this role has at most ${most} characters.`);
    return { ...rest, text };
  });

/**
 * A conversation that a program kept elsewhere. Texts alone: what a tool gave or a citation proves cannot be brought, and an
 * answer that is brought stays marked as such.
 */
export const saveRequestSchema = z
  .strictObject({
    threadId: ownId.nullish(),
    title: title.nullish(),
    messages: z.array(broughtMessage).max(MAX_IMPORTED_MESSAGES).default([]),
  })
  .refine(({ title: name, messages }) => name != null || messages.length > 0, 'Send a title or messages.')
  .refine(({ messages }) => new Set(messages.map(({ id }, index) => id ?? index)).size === messages.length, {
    path: ['messages'],
    error: 'Give each message an id of its own.',
  });

/** The file that the export of a conversation gives. */
const exportedThread = z.object({
  format: z.literal('clerva.thread'),
  version: z.literal(1),
  thread: z.object({ title: z.string() }),
  messages: z.array(
    transcriptMessageSchema
      .pick({ role: true, text: true, createdAt: true, tools: true })
      .extend({ id: z.string() }),
  ),
});

/** Such a file is brought back as it is: what was said, and in words what tools did where nothing was said beside it. */
export const broughtThreadSchema = z.preprocess((body) => {
  const { data } = exportedThread.safeParse(body);
  return data === undefined
    ? body
    : {
        title: data.thread.title,
        messages: data.messages.flatMap(({ text, tools, ...message }) => {
          const did = tools.flatMap(({ said, lines }) => [said, ...lines]).join('\n');
          const content = text.trim() === '' ? did : text;
          return content.trim() === '' ? [] : [{ ...message, content }];
        }),
      };
}, saveRequestSchema);

export const abortRequestSchema = z.object({ threadId: ownId });

/** An answer that is to be written again: the last one, or the one that is named, and how it is to differ. */
export const regenerateRequestSchema = z.object({
  requestId: z.uuid().nullish(),
  messageId: z.uuid().nullish(),
  nudge: turnSettingsSchema.shape.nudge.nullish(),
  settings: settings.nullish(),
});
export const chatRegenerateRequestSchema = regenerateRequestSchema.extend({ threadId: ownId });

const uuid = z.uuid();

/**
 * The uuid that an id of a client's own stands for: a uuid is itself, and any other text is one of its student's, always
 * the same, so that a program may call things what it likes and find them again.
 */
export function uuidOf(given: string, ...within: [userId: string, ...names: string[]]): string {
  const parsed = uuid.safeParse(given.toLowerCase());
  if (parsed.success) return parsed.data;
  const digits = createHash('sha256')
    .update(JSON.stringify([...within, given]))
    .digest('hex')
    .slice(0, 32);
  // The version and variant that RFC 9562 keeps for ids made in a way of one's own.
  const marked = `${digits.slice(0, 12)}8${digits.slice(13, 16)}a${digits.slice(17)}`;
  return marked.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The conversation that a program calls by a name of its own. */
export const threadIdOf = (given: string, userId: string): string => uuidOf(given, userId, 'thread');
