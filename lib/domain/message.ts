import { z } from 'zod';
import { attachedSchema } from './attachment.ts';
import { citationSchema, unsupportedSchema } from './citation.ts';
import { saidSchema } from './said.ts';

export { MESSAGES_SHOWN } from './sets.ts';

export const MESSAGE_ROLES = ['user', 'assistant'] as const;
export type MessageRole = (typeof MESSAGE_ROLES)[number];

/** How a message ended, or that it is still being written. */
export const MESSAGE_STATUSES = ['streaming', 'done', 'stopped', 'error'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

const noticeSchema = z.object({
  kind: z.enum(['no_notes', 'not_in_notes', 'offline_brain', 'cut_short', 'read_as', 'not_seen']),
  text: z.string(),
  said: saidSchema.optional(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** How far a tool is: what it does now, and of how many how many are done where that is known. */
export const toolProgressSchema = z.object({
  stage: z.enum(['searching', 'reading', 'writing', 'checking', 'planning']),
  done: z.int().optional(),
  of: z.int().optional(),
});
export type ToolProgress = z.infer<typeof toolProgressSchema>;

/** What stands in a message beside text and tools; the progress of its tools and its thread's name are told and not kept. */
export const dataSchemas = {
  citation: citationSchema,
  unsupported: unsupportedSchema,
  notice: noticeSchema,
  progress: toolProgressSchema.extend({ toolCallId: z.string() }),
  attachment: attachedSchema,
  title: z.object({ title: z.string() }),
};
export type DataParts = { [Name in keyof typeof dataSchemas]: z.infer<(typeof dataSchemas)[Name]> };

/** A message as it is stored and as a thread's route gives it. Parts are parsed by whoever reads them. */
export const storedMessageSchema = z.object({
  id: z.string(),
  role: z.enum(MESSAGE_ROLES),
  parts: z.array(z.unknown()),
  metadata: z.record(z.string(), z.unknown()),
  status: z.enum(MESSAGE_STATUSES),
});

/** A yes or no to a tool that asked first. */
export const approvalSchema = z.object({
  approvalId: z.string().min(1).max(200),
  approved: z.boolean(),
  reason: z.string().max(500).optional(),
});
export type Approval = z.infer<typeof approvalSchema>;
/** How many answers a client may send at once. */
export const MAX_APPROVALS = 20;
