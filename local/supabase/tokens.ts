import {
  base64url,
  calculateJwkThumbprint,
  compactVerify,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  SignJWT,
} from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';

const REMEMBERED_TOKENS = 5_000;

export const signingKeysSchema = z.object({
  jwtSecret: z.string(),
  privateKey: z.custom<JWK>((value) => typeof value === 'object' && value !== null),
});
export type SigningKeys = z.infer<typeof signingKeysSchema>;

/** Made once per data folder or server, so that sessions outlive a restart. */
export async function createSigningKeys(): Promise<SigningKeys> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return {
    privateKey: await exportJWK(privateKey),
    jwtSecret: base64url.encode(crypto.getRandomValues(new Uint8Array(48))),
  };
}

export type Claims = Record<string, unknown>;

export type TokenExchange = {
  /** Served at `/auth/v1/.well-known/jwks.json`. */
  jwks: { keys: JWK[] };
  /** The access token a client gets for one that Lite issued. */
  issue: (liteToken: string) => Promise<string>;
  /** The token Lite understands for one of ours; `null` when we did not sign it. Expiry is left to the reader. */
  accept: (token: string) => Promise<{ liteToken: string; claims: Claims } | null>;
};

/**
 * Hosted projects sign access tokens with an asymmetric key, so a server verifies them without asking. Lite knows
 * only a shared secret. The gateway therefore signs again what leaves it and translates what comes back; the shared
 * secret never leaves this process, so nobody else can make a token that Lite would believe. The platform's tokens carry the
 * account's metadata as it is when they are made, which Lite leaves out.
 */
export async function createTokenExchange(
  keys: SigningKeys,
  issuer: string,
  metadataOf: (userId: string) => Promise<Claims>,
): Promise<TokenExchange> {
  const kid = await calculateJwkThumbprint(keys.privateKey);
  const { kty, crv, x, y } = keys.privateKey;
  const publicJwk: JWK = { kty, crv, x, y, kid, alg: 'ES256', use: 'sig', key_ops: ['verify'] };
  const privateKey = await importJWK(keys.privateKey, 'ES256');
  const publicKey = await importJWK(publicJwk, 'ES256');
  const secret = new TextEncoder().encode(keys.jwtSecret);
  // The promise is kept, so that many requests with a new token verify it once.
  const known = new LRUCache<string, Promise<{ liteToken: string; claims: Claims } | null>>({
    max: REMEMBERED_TOKENS,
  });

  const translate = async (token: string) => {
    const verified = await compactVerify(token, publicKey, { algorithms: ['ES256'] }).catch(() => null);
    if (verified === null) return null;
    const claims = parseClaims(verified.payload);
    const liteToken = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(secret);
    return { liteToken, claims };
  };

  return {
    jwks: { keys: [publicJwk] },
    issue: async (liteToken) => {
      const { payload } = await compactVerify(liteToken, secret, { algorithms: ['HS256'] });
      const parsed = parseClaims(payload);
      const metadata = await metadataOf(String(parsed.sub));
      const claims = { ...parsed, ...metadata, iss: issuer, aal: 'aal1', is_anonymous: false };
      return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid }).sign(privateKey);
    },
    accept: (token) => {
      const earlier = known.get(token);
      if (earlier) return earlier;
      const result = translate(token);
      known.set(token, result);
      // A token that failed is not worth a place: anybody may send any number of them.
      void result.then((value) => value === null && known.delete(token));
      return result;
    },
  };
}

function parseClaims(payload: Uint8Array): Claims {
  const value: unknown = JSON.parse(new TextDecoder().decode(payload));
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The bearer token of an `Authorization` header unless it is an API key, which is not a token of a user. */
export function bearerToken(header: string | null): string | null {
  const [, token] = /^Bearer\s+(.+)$/i.exec(header?.trim() ?? '') ?? [];
  return token === undefined || token.startsWith('sb_') ? null : token;
}
