/**
 * What one call of the Data API may bring. More would hold this process, and with it everybody else, before a table could
 * refuse it; the app itself sends some hundred rows at a time.
 */
const MOST_ROWS = 1_000;
const MOST_BYTES = 8 * 1024 * 1024;

const tooLarge = (message: string) =>
  Response.json({ code: 'PT413', details: null, hint: null, message }, { status: 413 });
const tooManyBytes = () => tooLarge(`a request brings at most ${MOST_BYTES / 1024 / 1024} MB`);

/** The request with its body, which is read on the way, or the refusal of one that brings too much. */
export async function boundedBody(request: Request): Promise<Request | Response> {
  if (!request.body) return request;
  // The declared length is only a hint.
  if (Number(request.headers.get('content-length')) > MOST_BYTES) return tooManyBytes();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > MOST_BYTES) return tooManyBytes();
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (rowsOf(body) > MOST_ROWS) return tooLarge(`a request brings at most ${MOST_ROWS} rows`);
  return new Request(request, { body });
}

/** Each row is two characters or more, so most bodies need no look; what is no JSON is refused where it is read. */
function rowsOf(body: Buffer): number {
  if (body.length < 2 * MOST_ROWS || body.subarray(0, 64).toString().trimStart()[0] !== '[') return 0;
  try {
    const rows: unknown = JSON.parse(body.toString());
    return Array.isArray(rows) ? rows.length : 0;
  } catch {
    return 0;
  }
}
