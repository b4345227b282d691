import { make } from '@/lib/agent/make';
import { makeRequestSchema } from '@/lib/domain/make';
import { toAppError } from '@/lib/errors';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';

export const maxDuration = 120;

const LINES = 'application/x-ndjson';

/** Makes a quiz or cards of chosen notes; where lines are asked for, it tells in them how far it is and what came of it. */
export const POST = withUser(
  async ({ body, ...context }) => {
    const { request } = context;
    if (!request.headers.get('accept')?.includes(LINES)) return Response.json(await make(context, body));
    const left = new AbortController();
    const signal = AbortSignal.any([request.signal, left.signal]);
    const encoder = new TextEncoder();
    const lines = new ReadableStream({
      async start(controller) {
        const tell = (line: object) => {
          if (!signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
        };
        // A request whose end is also that of its answer: whoever goes away cancels what is made.
        const caller = {
          ...context,
          request: new Request(request.url, { headers: request.headers, signal }),
        };
        try {
          tell({ made: await make(caller, body, (progress) => tell({ progress })) });
        } catch (error) {
          const { code, message, said } = toAppError(error);
          tell({ problem: { code, detail: message, said, traceId: context.traceId } });
        }
        if (!signal.aborted) controller.close();
      },
      cancel: () => left.abort(),
    });
    return new Response(lines, { headers: { 'content-type': LINES, 'x-accel-buffering': 'no' } });
  },
  { body: makeRequestSchema },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
