import { z } from 'zod';
import { dataSchemas } from '../domain/message.ts';
import type { ClervaMessage, ClervaPart } from './messages.ts';

const text = z.object({ type: z.literal('text'), text: z.string() });
const step = z.object({ type: z.literal('step-start') });
const tool = z.looseObject({
  type: z.templateLiteral(['tool-', z.string()]),
  toolCallId: z.string(),
  state: z.string(),
});
const part = z.union([
  text,
  step,
  z.object({ type: z.literal('data-citation'), data: dataSchemas.citation }),
  z.object({ type: z.literal('data-unsupported'), data: dataSchemas.unsupported }),
  z.object({ type: z.literal('data-notice'), data: dataSchemas.notice }),
  tool,
]);

/** A message as the database and the route for a thread give it; only what the page needs is asked for. */
export type StoredMessage = {
  id: string;
  role: 'user' | 'assistant';
  parts: readonly unknown[];
  metadata?: unknown;
  status?: 'streaming' | 'done' | 'stopped' | 'error' | undefined;
};

/** A stored message for the page. A part that no longer has the shape of today's is left out, never a reason to fail. */
export function toClervaMessage({ id, role, parts, metadata, status }: StoredMessage): ClervaMessage {
  const known = parts.flatMap((stored): ClervaPart[] => {
    const parsed = part.safeParse(stored);
    // Tool parts keep their stored input and output, whose readers check what they use.
    return parsed.success ? [parsed.data as ClervaPart] : [];
  });
  const facts = typeof metadata === 'object' && metadata !== null ? metadata : {};
  return {
    id,
    role,
    parts: known,
    // The column is the truth about how an answer ended; the metadata may be from before it did.
    metadata: { ...facts, ...(status === undefined ? {} : { status }) } as ClervaMessage['metadata'],
  } as ClervaMessage;
}
