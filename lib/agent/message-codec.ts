import { z } from 'zod';
import { dataSchemas, storedMessageSchema } from '../domain/message.ts';
import type { ClervaMessage, ClervaPart } from './messages.ts';

/**
 * The one way from what is stored to a message. Safe for the browser: nothing of the server but types is imported here.
 */
const part = z.union([
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('step-start') }),
  z.object({ type: z.literal('data-citation'), data: dataSchemas.citation }),
  z.object({ type: z.literal('data-unsupported'), data: dataSchemas.unsupported }),
  z.object({ type: z.literal('data-notice'), data: dataSchemas.notice }),
  z.object({ type: z.literal('data-attachment'), data: dataSchemas.attachment }),
  z.looseObject({
    type: z.templateLiteral(['tool-', z.string()]),
    toolCallId: z.string(),
    state: z.string(),
  }),
]);

/** A message as the database and the route for a thread give it; only what the page needs is asked for. */
export const readableMessageSchema = storedMessageSchema.partial({ metadata: true, status: true });

/** Stored parts as today's. One that no longer has such a shape is left out, never a reason to fail. */
export function toParts(stored: readonly unknown[]): ClervaPart[] {
  return stored.flatMap((value): ClervaPart[] => {
    const parsed = part.safeParse(value);
    // Tool parts keep their stored input and output, whose readers check what they use.
    return parsed.success ? [parsed.data as ClervaPart] : [];
  });
}

/** A stored message for the page. */
export function toClervaMessage({
  id,
  role,
  parts,
  metadata,
  status,
}: z.infer<typeof readableMessageSchema>): ClervaMessage {
  return {
    id,
    role,
    parts: toParts(parts),
    // The column is the truth about how an answer ended; the metadata may be from before it did.
    metadata: { ...metadata, ...(status === undefined ? {} : { status }) } as ClervaMessage['metadata'],
  } as ClervaMessage;
}
