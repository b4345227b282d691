import type { InferUITools, UIMessage } from 'ai';
import { z } from 'zod';
import type { ErrorCode } from '../errors.ts';
import type { Tools } from '../tools/index.ts';

/**
 * The shape of a message as it is streamed, stored and shown. Safe for the browser: nothing of the server but types is
 * imported here.
 */
export const locatorSchema = z.object({
  kind: z.enum(['page', 'section', 'row']),
  index: z.number().int(),
  total: z.number().int().nullable(),
  label: z.string().nullable(),
});

/** A marker `[n]` of the text and the passage it stands on. `n` counts within the message, from 1. */
export const citationSchema = z.object({
  n: z.number().int().positive(),
  docId: z.string(),
  chunkOrd: z.number().int(),
  title: z.string(),
  page: z.number().int().nullable(),
  locator: locatorSchema,
  headingPath: z.array(z.string()),
  /** The passage's own words. */
  quote: z.string(),
  /** Offsets of the quote into the document's text. */
  quoteStart: z.number().int(),
  quoteEnd: z.number().int(),
  verdict: z.enum(['verified', 'paraphrase']),
});

/** A statement whose cited passage does not hold it. Its marker was removed; offsets are into `messageText`. */
export const unsupportedSchema = z.object({
  text: z.string(),
  start: z.number().int(),
  end: z.number().int(),
});

export const noticeSchema = z.object({
  kind: z.enum(['no_notes', 'not_in_notes', 'offline_brain', 'cut_short']),
  text: z.string(),
});

export const dataSchemas = {
  citation: citationSchema,
  unsupported: unsupportedSchema,
  notice: noticeSchema,
};

export type Citation = z.infer<typeof citationSchema>;
export type Unsupported = z.infer<typeof unsupportedSchema>;
export type Notice = z.infer<typeof noticeSchema>;
export type DataParts = { citation: Citation; unsupported: Unsupported; notice: Notice };

export type MessageStatus = 'streaming' | 'done' | 'stopped' | 'error';
export type Usage = { inputTokens: number; outputTokens: number; costUsd: number | null };

export type Metadata = {
  threadId: string;
  traceId: string;
  model: string;
  status: MessageStatus;
  createdAt: string;
  usage?: Usage;
  errorCode?: ErrorCode;
};

export type ClervaMessage = UIMessage<Metadata, DataParts, InferUITools<Tools>>;
export type ClervaPart = ClervaMessage['parts'][number];

/** Between two text parts of a message, in its whole text. */
export const TEXT_PART_SEPARATOR = '\n\n';

/** The message's whole text: what offsets of a message count in. */
export function messageText(parts: readonly ClervaPart[]): string {
  return parts
    .filter((part) => part.type === 'text')
    .map((part) => part.text)
    .join(TEXT_PART_SEPARATOR);
}

export const MESSAGE_MAX_CHARACTERS = 10_000;

const message = z
  .string()
  .max(MESSAGE_MAX_CHARACTERS, `Write at most ${MESSAGE_MAX_CHARACTERS} characters.`)
  // What is pasted from a broken file may hold what no database stores.
  .transform((text) => text.replaceAll('\0', '').toWellFormed())
  .refine((text) => text.trim().length > 0, 'Write something.');

/** The model reads a reason in place of the SDK's own sentence, so it has to say by itself that nothing happened. */
const DENIED = 'Execution denied: the student said no, and nothing was done.';

/** A yes or no to a tool that asked first. */
const approval = z
  .object({
    approvalId: z.string().min(1).max(200),
    approved: z.boolean(),
    reason: z.string().max(500).optional(),
  })
  .transform(({ approvalId, approved, reason }) =>
    approved
      ? { approvalId, approved }
      : { approvalId, approved, reason: [DENIED, reason].filter(Boolean).join(' ') },
  );
const MAX_APPROVALS = 20;

/**
 * What a client may send: a new message, or the answers to what the last one asked. History is loaded by id, never taken
 * from the client.
 */
export const turnRequestSchema = z
  .object({
    threadId: z.uuid().nullish(),
    message: message.optional(),
    approvals: z.array(approval).min(1).max(MAX_APPROVALS).optional(),
  })
  .superRefine(({ threadId, message: text, approvals }, check) => {
    const refuse = (field: string, reason: string) =>
      check.addIssue({ code: 'custom', path: [field], message: reason });
    if (text === undefined && approvals === undefined) refuse('message', 'Write something.');
    if (text !== undefined && approvals !== undefined) refuse('approvals', 'Send a message or approvals.');
    if (approvals !== undefined && threadId == null) refuse('threadId', 'Name the conversation that asked.');
  });
