import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const MAX_SIGNATURE_AGE_SECONDS = 300;

/**
 * RFC 8785 canonical JSON. The SDK parses a request and serialises it in this form before it checks the signature, so
 * the executor sends exactly this text.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    // Plain comparison orders by UTF-16 code units, which is what the RFC asks for.
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
}

function withoutPrefix(signingKey: string): string {
  return signingKey.replace(/^signkey-\w+-/, '');
}

function digest(body: string, signingKey: string, timestamp: string): string {
  return createHmac('sha256', withoutPrefix(signingKey)).update(body).update(timestamp).digest('hex');
}

function sameText(left: string, right: string): boolean {
  const leftBytes = Buffer.from(left);
  const rightBytes = Buffer.from(right);
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes);
}

/** The value of `x-inngest-signature` for a body. Always the real time: the app compares it with its own clock. */
export function sign(body: string, signingKey: string): string {
  const timestamp = String(Math.floor(Date.now() / 1000));
  return `t=${timestamp}&s=${digest(body, signingKey, timestamp)}`;
}

export function verifySignature(header: string, body: string, signingKey: string): boolean {
  const fields = new URLSearchParams(header);
  const timestamp = fields.get('t') ?? '';
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!(age <= MAX_SIGNATURE_AGE_SECONDS)) return false;
  return sameText(fields.get('s') ?? '', digest(body, signingKey, timestamp));
}

/** The form of the signing key that the SDK sends as its bearer token: the key's bytes hashed, the prefix kept. */
export function hashSigningKey(signingKey: string): string {
  const prefix = /^signkey-\w+-/.exec(signingKey)?.[0] ?? '';
  const key = Buffer.from(withoutPrefix(signingKey), 'hex');
  return prefix + createHash('sha256').update(key).digest('hex');
}

/** Whether an Authorization header proves knowledge of the signing key, as itself or hashed. */
export function isAuthorized(authorization: string | undefined, signingKey: string): boolean {
  const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  if (!token) return false;
  return sameText(token, hashSigningKey(signingKey)) || sameText(token, signingKey);
}
