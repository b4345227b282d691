import { AsyncLocalStorage } from 'node:async_hooks';
import { type Kysely, sql } from 'kysely';

/** The headers of the request that is being answered, as JSON: a trigger may ask for them as well as a function. */
export const requestHeaders = new AsyncLocalStorage<string>();

type Identity = { uid?: unknown; role?: unknown; jwt?: unknown };
type Variables = {
  auth?: Identity | null;
  storage?: { operation?: unknown } | null;
  requestHeaders?: unknown;
};

/**
 * Makes the open transaction act as the caller: role, claims, headers, storage operation. The same settings that Lite makes
 * in five to seven statements, in one, which every request of every student pays for. All of them end with the
 * transaction.
 */
export async function applySessionContext(db: Kysely<unknown>, variables: Variables): Promise<void> {
  const identity = variables.auth ?? {};
  const role = typeof identity.role === 'string' && identity.role !== '' ? identity.role : 'anon';
  const subject = typeof identity.uid === 'string' ? identity.uid : '';
  const claims = typeof identity.jwt === 'object' && identity.jwt !== null ? identity.jwt : { role };
  const operation = variables.storage?.operation;
  await sql`select
    set_config('role', ${role}, true),
    set_config('request.jwt.claim.sub', ${subject}, true),
    set_config('request.jwt.claim.role', ${role}, true),
    set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
    set_config('request.headers', ${requestHeaders.getStore() ?? ''}, true),
    set_config('storage.operation', ${typeof operation === 'string' ? operation : ''}, true)`.execute(db);
}

type RpcRequest = { method: string; path: string; requestHeaders?: Record<string, string> };

/** What a function called over HTTP may read about its request, and the answer's settings emptied, in one statement. */
export async function applyRequestContext(db: Kysely<unknown>, request: RpcRequest): Promise<void> {
  await sql`select
    set_config('response.status', '', true),
    set_config('response.headers', '', true),
    set_config('request.method', ${request.method}, true),
    set_config('request.path', ${request.path}, true),
    set_config('request.headers', ${JSON.stringify(request.requestHeaders ?? {})}, true)`.execute(db);
}
