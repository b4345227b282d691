import type { Fields } from './protocol.ts';

/** Who somebody is to the database: a role and the claims its policies read. */
export type Identity = {
  role: string;
  claims: Fields;
  /** The claims as JSON; equal text is one identity, so that policies run once for all who share it. */
  key: string;
  expiresAtMs: number | null;
};

export type Keys = { publishable: string; secret: string };
/** The claims of a token this project signed, expired or not; `null` when it did not sign it. */
export type ReadToken = (token: string) => Promise<Fields | null>;

/** Why a token is not taken, as the hosted service says it. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

function identityOf(claims: Fields, role: string): Identity {
  const expiresAtMs = typeof claims.exp === 'number' ? claims.exp * 1000 : null;
  return { role, claims, key: JSON.stringify({ ...claims, role }), expiresAtMs };
}

const ofRole = (role: string) => identityOf({ role }, role);

function keyIdentity(key: string, keys: Keys): Identity | null {
  if (key === keys.publishable) return ofRole('anon');
  return key === keys.secret ? ofRole('service_role') : null;
}

export async function readApiKey(
  key: string | null,
  keys: Keys,
  readToken: ReadToken,
  now: number,
): Promise<Identity | null> {
  if (key === null || key === '') return null;
  const known = keyIdentity(key, keys);
  if (known) return known;
  // The older keys are tokens themselves.
  return readAccessToken(key, keys, readToken, now).catch((error: unknown) => {
    if (error instanceof TokenError) return null;
    throw error;
  });
}

/** Throws a `TokenError`. */
export async function readAccessToken(
  token: string,
  keys: Keys,
  readToken: ReadToken,
  now: number,
): Promise<Identity> {
  const compact = token.replaceAll(/\s/g, '');
  const known = keyIdentity(compact, keys);
  if (known) return known;
  if (!looksSigned(compact)) throw new TokenError('MalformedJWT', 'The token provided is not a valid JWT');
  const claims = await readToken(compact);
  if (claims === null) throw new TokenError('JwtSignatureError', 'Failed to validate JWT signature');
  const { role, exp } = claims;
  if (typeof role !== 'string' || typeof exp !== 'number') {
    throw new TokenError('InvalidJWTToken', 'Fields `role` and `exp` are required in JWT');
  }
  if (exp * 1000 <= now) throw new TokenError('InvalidJWTToken', expiredMessage(exp, now));
  return identityOf(claims, role);
}

export const expiredMessage = (exp: number, now: number) =>
  `Token has expired ${Math.max(0, Math.floor(now / 1000) - exp)} seconds ago`;

function looksSigned(token: string): boolean {
  const parts = token.split('.');
  if (parts.length !== 3) return false;
  return parts.slice(0, 2).every((part) => {
    try {
      return typeof JSON.parse(Buffer.from(part, 'base64url').toString()) === 'object';
    } catch {
      return false;
    }
  });
}
