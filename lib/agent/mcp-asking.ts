import { randomUUID } from 'node:crypto';
import type { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { z } from 'zod';
import { processState } from '../process-state.ts';
import type { Ask } from './mcp-server.ts';

export const SESSION_HEADER = 'mcp-session-id';
/** Nobody reads a text for longer, and the turn of a tool has an end. */
const WAIT_MS = 90_000;
/** Of a session nothing is kept but what its client can do, and that stands in its name. */
const ASKS = 'asks-';

const initialize = z.object({
  method: z.literal('initialize'),
  params: z.object({ capabilities: z.object({ elicitation: z.object({}).optional() }) }),
});
const reply = z.object({
  id: z.string(),
  method: z.undefined().optional(),
  result: z
    .object({ action: z.string(), content: z.object({ agree: z.boolean() }).optional() })
    .catch({ action: 'cancel' }),
});

/** The name of the session that a client begins; null where it begins none. */
export function sessionOf(body: unknown): string | null {
  const { data } = initialize.safeParse(body);
  if (!data) return null;
  return `${data.params.capabilities.elicitation ? ASKS : 'plain-'}${randomUUID()}`;
}

type Waiting = { userId: string; settle: (agrees: boolean) => void };
const waiting = () => processState('mcp-asking', () => new Map<string, Waiting>());

/** Takes what a client answers to a question of ours. False where the body is something else. */
export function answered(userId: string, body: unknown): boolean {
  const { data } = reply.safeParse(body);
  if (!data) return false;
  const asked = waiting().get(data.id);
  if (asked?.userId === userId) {
    asked.settle(data.result.action === 'accept' && data.result.content?.agree === true);
  }
  return true;
}

/** Asks over the stream of the call that needs a yes. The answer comes in a request of its own, to this process. */
export const askVia =
  (
    transport: Pick<WebStandardStreamableHTTPServerTransport, 'send'>,
    { userId, request }: { userId: string; request: Request },
  ) =>
  (relatedRequestId: string | number): Ask => {
    if (!request.headers.get(SESSION_HEADER)?.startsWith(ASKS)) return null;
    return async (question) => {
      const id = `ask-${randomUUID()}`;
      const settled = new Promise<boolean>((resolve) => {
        waiting().set(id, { userId, settle: resolve });
        const end = () => resolve(false);
        AbortSignal.any([request.signal, AbortSignal.timeout(WAIT_MS)]).addEventListener('abort', end, {
          once: true,
        });
      });
      const requestedSchema = {
        type: 'object',
        properties: {
          agree: {
            type: 'boolean',
            title: 'Send it',
            description: 'Nothing is sent without it.',
            default: false,
          },
        },
        required: ['agree'],
      };
      const params = { mode: 'form', message: question, requestedSchema };
      try {
        await transport.send(
          { jsonrpc: '2.0', id, method: 'elicitation/create', params },
          { relatedRequestId },
        );
        return await settled;
      } finally {
        waiting().delete(id);
      }
    };
  };
