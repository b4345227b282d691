import { createHash, randomBytes } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function encodeTime(milliseconds: number): string {
  let rest = milliseconds;
  let text = '';
  for (let index = 0; index < 10; index++) {
    text = CROCKFORD.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function encodeBytes(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 16), (byte) => CROCKFORD.charAt(byte % 32)).join('');
}

let lastTime = 0;
let counter = 0;

/**
 * A ULID whose text order is creation order even within one millisecond: the queue serves older runs first by
 * comparing their ids, so the first four characters after the time count up instead of being random.
 */
export function ulid(now: number): string {
  if (now > lastTime) {
    lastTime = now;
    counter = 0;
  } else {
    counter += 1;
  }
  const ordered = encodeTime(counter).slice(-4);
  return encodeTime(lastTime) + ordered + encodeBytes(randomBytes(12));
}

/**
 * The id of the event at `index` of a request that carries the SDK's seed (`<milliseconds>,<base64 entropy>`). A
 * retried request yields the same ids, which is what makes the retry harmless.
 */
export function seededId(seed: string, index: number): string | null {
  const match = /^(\d{1,15}),([A-Za-z0-9+/=_-]+)$/.exec(seed);
  if (!match?.[1] || !match[2]) return null;
  const digest = createHash('sha256').update(`${match[2]}:${index}`).digest();
  return encodeTime(Number(match[1])) + encodeBytes(digest);
}
