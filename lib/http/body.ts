import { z } from 'zod';
import { MAX_IMPORT_BODY_BYTES } from '../domain/bounds.ts';
import { AppError } from '../errors.ts';
import { InvalidRequestError } from './problem.ts';

/** Far above any body of ours (files go straight to Storage), far below what would hurt. */
const MAX_BODY_BYTES = 256 * 1024;

/** Reads at most `maxBytes`: the declared length is only a hint, and a chunked body has none. */
async function readBounded(request: Request, maxBytes: number): Promise<string> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > maxBytes) throw new AppError('payload_too_large');
  if (!request.body) return '';
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  let received = 0;
  let body = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return body + decoder.decode();
    received += value.byteLength;
    if (received > maxBytes) {
      await reader.cancel();
      throw new AppError('payload_too_large');
    }
    body += decoder.decode(value, { stream: true });
  }
}

/** The bytes of a request, never more than a platform lets through: the declared length is only a hint. */
export async function readBytes(request: Request, message: string): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new AppError('file_too_large', { message });
  if (Number(request.headers.get('content-length') ?? 0) > MAX_IMPORT_BODY_BYTES) throw tooLarge();
  if (!request.body) throw new AppError('file_empty');
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > MAX_IMPORT_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  if (length === 0) throw new AppError('file_empty');
  return Buffer.concat(chunks);
}

/**
 * The body of a request, parsed by `schema`. Answers 415 for anything but JSON (which also keeps HTML forms of other
 * sites out), 413 for a body no request of ours needs, and 400 with the list of fields that do not hold.
 */
export async function parseJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  maxBytes: number = MAX_BODY_BYTES,
): Promise<z.output<Schema>> {
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') throw new AppError('unsupported_media_type');
  const text = await readBounded(request, maxBytes);

  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid_request', { cause, message: 'The body is not valid JSON.' });
  }
  return parsed(schema, json);
}

/** What stands behind the `?` of an address, parsed by `schema` as a body is. */
export const parseQuery = <Schema extends z.ZodType>(request: Request, schema: Schema): z.output<Schema> =>
  parsed(schema, Object.fromEntries(new URL(request.url).searchParams));

function parsed<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new InvalidRequestError(
    parsed.error.issues.flatMap(closest).map(({ path, message }) => ({ field: path.join('.'), message })),
    'Some fields are not valid.',
  );
}

/** Of a body that may have one of several shapes, what keeps it from the one it comes closest to. */
function closest(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [nearest] = issue.errors.toSorted((one, other) => one.length - other.length);
  return nearest?.length ? nearest : [issue];
}

const uuid = z.uuid();

/** An id from a path. What is not an id names nothing, so the answer is 404 and the database is not asked. */
export function parseId(value: string): string {
  const parsed = uuid.safeParse(value);
  if (!parsed.success) throw new AppError('not_found');
  return parsed.data;
}
