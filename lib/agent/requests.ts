import { z } from 'zod';
import { MESSAGE_MAX_CHARACTERS } from '../domain/bounds.ts';
import { approvalSchema, MAX_APPROVALS } from '../domain/message.ts';
import { turnSettingsSchema } from '../domain/turn.ts';
import { type ToolName, tools } from '../tools/index.ts';

// The names come from the registry itself, which the type of `Object.keys` cannot say.
const toolNames = z.array(z.enum(Object.keys(tools) as [ToolName, ...ToolName[]])).max(50);
const settings = turnSettingsSchema.extend({ tools: toolNames.optional() });

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
    /** The document to keep to. */
    docId: z.uuid().nullish(),
    approvals: oneOrTheOther,
    settings: settings.optional(),
  }),
  z.object({
    threadId: threadOfApprovals,
    message: oneOrTheOther,
    requestId: z.undefined().optional(),
    docId: z.undefined().optional(),
    approvals,
    settings: settings.optional(),
  }),
]);
