import type { LocalDatabase } from './database.ts';

type Account = Record<string, unknown>;
type Body = Record<string, unknown>;

const USER = `select jsonb_build_object(
    'id', u.id, 'aud', u.aud, 'role', u.role, 'email', u.email, 'phone', coalesce(u.phone, ''),
    'email_confirmed_at', u.email_confirmed_at, 'confirmed_at', u.confirmed_at, 'last_sign_in_at', u.last_sign_in_at,
    'banned_until', u.banned_until, 'app_metadata', u.raw_app_meta_data, 'user_metadata', u.raw_user_meta_data,
    'identities', '[]'::jsonb, 'is_anonymous', u.is_anonymous, 'created_at', u.created_at, 'updated_at', u.updated_at
  ) as account from auth.users u`;
const BAD_REQUEST = 400;
const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 1000;

/**
 * `supabase.auth.admin` for the holder of the secret key, which Lite does not serve: create, list, read, change and
 * delete accounts. The caller has checked the key.
 */
export async function handleAdmin(database: LocalDatabase, request: Request, url: URL): Promise<Response> {
  const [, id] = /^\/auth\/v1\/admin\/users(?:\/([0-9a-f-]{36}))?\/?$/i.exec(url.pathname) ?? [null, null];
  if (!/^\/auth\/v1\/admin\/users(\/|$)/.test(url.pathname))
    return failure(404, 'not_found', 'There is no such route.');

  if (id === undefined) {
    if (request.method === 'GET') return listAccounts(database, url);
    if (request.method === 'POST') return createAccount(database, await readBody(request));
    return failure(405, 'method_not_allowed', 'This route takes GET and POST.');
  }
  if (id === null) return failure(404, 'validation_failed', 'The id of a user is a UUID.');
  const account = await readAccount(database, id);
  if (account === null) return failure(404, 'user_not_found', 'User not found');
  if (request.method === 'GET') return Response.json(account);
  if (request.method === 'DELETE') {
    await database.query('delete from auth.users where id = $1', [id]);
    return Response.json({});
  }
  if (request.method === 'PUT') return changeAccount(database, id, await readBody(request));
  return failure(405, 'method_not_allowed', 'This route takes GET, PUT and DELETE.');
}

async function readAccount(database: LocalDatabase, id: string): Promise<Account | null> {
  const [row] = await database.query<{ account: Account }>(`${USER} where u.id = $1`, [id]);
  return row?.account ?? null;
}

async function listAccounts(database: LocalDatabase, url: URL) {
  const perPage = Math.min(positive(url.searchParams.get('per_page'), DEFAULT_PAGE), LARGEST_PAGE);
  const page = positive(url.searchParams.get('page'), 1);
  const rows = await database.query<{ account: Account }>(
    `${USER} order by u.created_at desc, u.id limit $1 offset $2`,
    [perPage, (page - 1) * perPage],
  );
  const [count] = await database.query<{ total: number }>('select count(*)::int as total from auth.users');
  const headers = { 'x-total-count': String(count?.total ?? 0) };
  return Response.json({ users: rows.map((row) => row.account), aud: 'authenticated' }, { headers });
}

async function createAccount(database: LocalDatabase, body: Body) {
  const { email, password } = body;
  if (typeof email !== 'string' || !/^[^\s@]+@[^\s@]+$/.test(email)) {
    return failure(BAD_REQUEST, 'validation_failed', 'Unable to validate email address: invalid format');
  }
  const taken = await database.query('select 1 from auth.users where email = lower($1)', [email]);
  if (taken.length > 0) {
    return failure(422, 'email_exists', 'A user with this email address has already been registered');
  }
  const { id } = await database.createUser({
    email,
    password: typeof password === 'string' ? password : crypto.randomUUID(),
    metadata: objectOf(body.user_metadata),
    confirmed: body.email_confirm === true,
  });
  if (body.app_metadata !== undefined)
    return changeAccount(database, id, { app_metadata: body.app_metadata });
  return Response.json(await readAccount(database, id));
}

async function changeAccount(database: LocalDatabase, id: string, body: Body) {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(objectOf(value)));
  await database.query(
    `update auth.users set
       encrypted_password = coalesce(extensions.crypt($2, extensions.gen_salt('bf')), encrypted_password),
       email = coalesce(lower($3), email),
       email_confirmed_at = case when $4 then coalesce(email_confirmed_at, now()) else email_confirmed_at end,
       raw_user_meta_data = coalesce(raw_user_meta_data, '{}') || coalesce($5::jsonb, '{}'),
       raw_app_meta_data = coalesce(raw_app_meta_data, '{}') || coalesce($6::jsonb, '{}'),
       updated_at = now()
     where id = $1`,
    [
      id,
      text(body.password),
      text(body.email),
      body.email_confirm === true,
      json(body.user_metadata),
      json(body.app_metadata),
    ],
  );
  return Response.json(await readAccount(database, id));
}

const positive = (text: string | null, fallback: number) => {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : fallback;
};

const objectOf = (value: unknown): Body => (typeof value === 'object' && value !== null ? { ...value } : {});

async function readBody(request: Request): Promise<Body> {
  return objectOf(await request.json().catch(() => ({})));
}

const failure = (status: number, code: string, message: string) =>
  Response.json({ code: status, error_code: code, msg: message }, { status });
