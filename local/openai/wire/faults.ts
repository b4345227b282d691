import { z } from 'zod';
import { ApiError } from './api-error.ts';

/** Trouble a test may order: for one request by header, or for the next `times` requests through `POST /dev/faults`. */
export const faultSchema = z.strictObject({
  /** Only requests whose path ends so. */
  path: z.string().optional(),
  /** Only requests for a stream in which these words stand: jobs ask about the same words, but for a whole answer. */
  streamAbout: z.string().optional(),
  times: z.int().min(1).max(1_000_000).default(1),
  status: z.int().min(400).max(599).optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  retryAfterSeconds: z.number().min(0).optional(),
  /** Ends the answer in the middle with `incomplete` or `length`. */
  truncated: z.boolean().optional(),
  /** Ends the answer in the middle as a filter of content does. */
  filtered: z.boolean().optional(),
  refusal: z.string().optional(),
  /** Pause before each delta of a stream, or before a whole answer. */
  delayMs: z.int().min(0).max(120_000).optional(),
  /** Closes the connection without an ending after so many events. */
  dropAfterEvents: z.int().min(0).optional(),
});
export type Fault = z.infer<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;

export const FAULT_HEADER = 'x-clerva-fault';

export class Faults {
  private waiting: Fault[] = [];

  add(input: FaultInput): void {
    this.waiting.push(readFault(input));
  }

  clear(): void {
    this.waiting = [];
  }

  take(path: string, header: string | string[] | undefined, body: unknown): Fault | undefined {
    if (typeof header === 'string') return readFault(parseHeader(header));
    const fault = this.waiting.find(
      ({ path: end = '', streamAbout }) => path.endsWith(end) && isStreamAbout(body, streamAbout),
    );
    if (!fault) return undefined;
    fault.times -= 1;
    if (fault.times <= 0) this.waiting = this.waiting.filter((candidate) => candidate !== fault);
    return fault;
  }
}

const isStreamAbout = (body: unknown, words: string | undefined): boolean =>
  words === undefined ||
  (typeof body === 'object' &&
    body !== null &&
    'stream' in body &&
    body.stream === true &&
    JSON.stringify(body).includes(words));

function parseHeader(header: string): unknown {
  try {
    return JSON.parse(header);
  } catch (cause) {
    throw new ApiError(400, `The header ${FAULT_HEADER} is not JSON: ${String(cause)}`);
  }
}

function readFault(input: unknown): Fault {
  const result = faultSchema.safeParse(input);
  if (!result.success) throw new ApiError(400, `This is no fault: ${z.prettifyError(result.error)}`);
  return result.data;
}

/** The error a fault orders, if it orders one. */
export function faultError(fault: Fault | undefined): ApiError | undefined {
  if (fault?.status === undefined) return undefined;
  return new ApiError(fault.status, fault.message ?? `A test ordered this ${fault.status}.`, {
    ...(fault.code ? { code: fault.code } : {}),
    ...(fault.retryAfterSeconds !== undefined ? { retryAfterSeconds: fault.retryAfterSeconds } : {}),
  });
}
