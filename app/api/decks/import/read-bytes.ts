import { AppError } from '@/lib/errors';

/** A collection without its pictures; the page takes those out before it sends a package. */
const MAX_BYTES = 40 * 1024 * 1024;

/** The body of a request, never more than a collection can hold: the declared length is only a hint. */
export async function readBytes(request: Request): Promise<Uint8Array> {
  const tooLarge = () =>
    new AppError('file_too_large', { message: 'This file is over 40 MB. Export one deck at a time.' });
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BYTES) throw tooLarge();
  if (!request.body) throw new AppError('file_empty');
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > MAX_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  if (length === 0) throw new AppError('file_empty');
  return Buffer.concat(chunks);
}
