/**
 * What has to hold of a deployment before students come: asked of it from outside, as they would.
 *
 *   npm run verify:deploy                                   the stack that is running here, with its demo account
 *   npm run verify:deploy -- https://app.example.org --email ada@example.org --password … \
 *     --other-email bob@example.org --other-password …
 *
 * The second account is only refused things; where signing up needs no mail, one is made. Both sign in at
 * NEXT_PUBLIC_SUPABASE_URL. A document is added and removed again; what the tools make stays. Ends with 1 when a check failed.
 */
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { api } from '../lib/links.ts';
import {
  addressOf,
  askerOf,
  callerOf,
  databaseOf,
  deployedTools,
  loadVariables,
  once,
  runChecks,
  signIn,
} from './deployment.ts';

loadVariables();
const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    email: text,
    password: text,
    token: text,
    'other-email': text,
    'other-password': text,
    'other-token': text,
  },
});
const url = addressOf(
  positionals[0],
  'npm run verify:deploy -- <URL> [--email … --password … | --token …] [--other-email … --other-password … | --other-token …]',
);
const READ_WITHIN_MS = 120_000;
/** Words that stand in no other notes, so that an answer can only come from these. */
const name = `Verification ${Date.now()}`;
const FACT = 'The harbour of Brellmouth was dredged to eleven metres in 1934.';
const QUESTION = 'To how many metres was the harbour of Brellmouth dredged?';

/** Somebody else: given, or made here and now. */
async function signInOther(): Promise<string> {
  const [email, password, token] = [values['other-email'], values['other-password'], values['other-token']];
  if (token || email) return signIn({ token, email, password });
  const made = { email: `verify-${Date.now()}@example.com`, password: crypto.randomUUID() };
  const { data, error } = await databaseOf().auth.signUp(made);
  if (error) throw new Error(`A second account cannot be made: ${error.message}`);
  assert(
    data.session,
    'Accounts here are confirmed by mail, so give a second one: --other-email … --other-password …',
  );
  return data.session.access_token;
}

const [token, otherToken] = [once(() => signIn(values)), once(signInOther)];
const ask = askerOf(url);
const [open, call] = [callerOf(ask), callerOf(ask, token)];
const created = z.object({
  documentId: z.string(),
  upload: z.object({ bucket: z.string(), path: z.string(), token: z.string() }),
});
const state = z.object({ status: z.string(), chunkCount: z.number(), error: z.unknown() });
let documentId = '';

async function theAccount() {
  await token();
  return values.token ? 'its token was given' : 'signed in';
}

async function theOtherAccount() {
  await otherToken();
  return values['other-token'] ? 'its token was given' : 'signed in';
}

async function status() {
  const health = z.object({ status: z.string(), version: z.string() }).parse(await open(api.statusHealth));
  const { toolsAvailable } = z.object({ toolsAvailable: z.number() }).parse(await open(api.chat));
  const ready = await ask('/api/ready');
  const { checks } = z
    .object({ checks: z.record(z.string(), z.object({ ok: z.boolean() })) })
    .parse(await ready.json());
  const away = Object.keys(checks).filter((check) => !checks[check]?.ok);
  assert(ready.ok && away.length === 0, `does not answer: ${away.join(', ')}`);
  assert.equal(health.status, 'ok');
  assert.equal(toolsAvailable, 11);
  return `version ${health.version}, ${toolsAvailable} tools, ${Object.keys(checks).join(', ')}`;
}

async function headers() {
  const page = await ask('/sign-in');
  const policy = page.headers.get('content-security-policy') ?? '';
  assert(/script-src[^;]*'nonce-/.test(policy), `no policy with a nonce: ${policy || 'none at all'}`);
  assert(!policy.includes("'unsafe-inline'"), `what is written into a page runs: ${policy}`);
  for (const [header, expected] of [
    ['strict-transport-security', /max-age=\d{7,}/],
    ['x-content-type-options', /nosniff/],
    ['referrer-policy', /./],
    ['permissions-policy', /./],
  ] as const)
    assert(expected.test(page.headers.get(header) ?? ''), `${header}: ${page.headers.get(header)}`);
  assert.equal(page.headers.get('x-powered-by'), null);
  return 'policy with a nonce, HSTS, nosniff, referrer, permissions';
}

async function uploadToReady() {
  const bytes = new TextEncoder().encode(`# ${name}\n\n${FACT} The work took two years.\n`);
  const file = {
    title: name,
    fileName: 'verification.md',
    mimeType: 'text/markdown',
    sizeBytes: bytes.length,
  };
  const made = created.parse(await call(api.documents, file));
  documentId = made.documentId;
  const { bucket, path, token: uploadToken } = made.upload;
  const body = new Blob([bytes], { type: file.mimeType });
  const db = databaseOf(await token());
  const sent = await db.storage.from(bucket).uploadToSignedUrl(path, uploadToken, body);
  if (sent.error) throw sent.error;
  await call(api.ingest(documentId), {});
  for (const until = Date.now() + READ_WITHIN_MS; ; await setTimeout(500)) {
    const now = state.parse(await call(api.document(documentId)));
    if (now.status === 'ready') return `ready, ${now.chunkCount} passages`;
    assert(now.status !== 'error', JSON.stringify(now.error));
    assert(Date.now() < until, `still ${now.status}: are jobs synced with ${url}/api/inngest?`);
  }
}

async function citedAnswer() {
  const answer = z
    .object({ text: z.string(), citations: z.array(z.looseObject({ docId: z.string() })) })
    .parse(await call(api.chat, { message: QUESTION }));
  assert(
    answer.citations.some(({ docId }) => docId === documentId),
    `it cites something else: ${answer.text}`,
  );
  assert.match(answer.text, /\[\d+\]/);
  return answer.text.replace(/\s+/g, ' ').slice(0, 80);
}

async function streamedAnswer() {
  const answer = await ask(api.chat, {
    method: 'POST',
    headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ message: QUESTION }),
  });
  const type = answer.headers.get('content-type') ?? '';
  assert(type.startsWith('text/event-stream'), `answered ${answer.status} ${type}`);
  const begun = performance.now();
  const pieces: string[] = [];
  for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) pieces.push(piece);
  assert.match(pieces.join(''), /"type":"finish"/);
  assert(pieces.length > 1, 'it came in one piece: something in between holds the stream back');
  return `${pieces.length} pieces in ${(performance.now() - begun).toFixed(0)} ms`;
}

/** Where the other account asks for what is not theirs, by the app and past it. */
async function othersAreRefused() {
  assert(documentId, 'there is no document to ask for');
  const [db, other] = [databaseOf(await token()), databaseOf(await otherToken())];
  const statusFor = async (method: string, path: string, as?: string) =>
    (await ask(path, { method, headers: as ? { authorization: `Bearer ${as}` } : {} })).status;
  for (const [method, path] of [
    ['GET', api.document(documentId)],
    ['DELETE', api.document(documentId)],
    ['GET', api.file(documentId)],
  ] as const) {
    assert.equal(await statusFor(method, path, await otherToken()), 404, `${method} ${path}`);
    assert.equal(await statusFor(method, path), 401, `${method} ${path} without an account`);
  }
  const own = await db.from('doc_source').select('user_id').eq('id', documentId);
  assert.equal(own.data?.length, 1, 'its owner does not see it');
  for (const table of ['doc_source', 'doc_chunk'] as const) {
    const column = table === 'doc_source' ? 'id' : 'doc_id';
    for (const whoever of [other, databaseOf()]) {
      const { data } = await whoever.from(table).select('*').eq(column, documentId);
      assert.equal(data?.length ?? 0, 0, `${table} is seen by somebody else`);
    }
  }
  const taken = await other.from('doc_source').update({ title: 'Taken' }).eq('id', documentId).select('id');
  assert.equal(taken.data?.length ?? 0, 0, 'somebody else renamed it');
  const planted = await other
    .from('doc_source')
    .insert({ user_id: own.data?.[0]?.user_id, title: 'Planted', source_type: 'note' });
  assert(planted.error, 'somebody else added a document');
  return 'by address, by the Data API, to read, change, add and delete';
}

async function apiDocument() {
  const described = z.object({
    openapi: z.string().startsWith('3.1'),
    paths: z.record(z.string(), z.unknown()),
  });
  const { openapi, paths } = described.parse(await open('/api/openapi.json'));
  assert(api.chat in paths && api.documents in paths, 'it lacks the chat or the documents');
  return `OpenAPI ${openapi}, ${Object.keys(paths).length} addresses`;
}

async function removed() {
  assert(documentId, 'there is no document to remove');
  const headers = { authorization: `Bearer ${await token()}` };
  const answer = await ask(api.document(documentId), { method: 'DELETE', headers });
  assert(answer.ok, `answered ${answer.status}`);
  assert.equal((await ask(api.document(documentId), { headers })).status, 404, 'it is still there');
  return 'the document is gone';
}

const CHECKS = [
  theAccount,
  theOtherAccount,
  status,
  headers,
  uploadToReady,
  citedAnswer,
  streamedAnswer,
  othersAreRefused,
  apiDocument,
  removed,
];
await runChecks([
  ...CHECKS.map((run) => ({ name: run.name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`), run })),
  ...deployedTools(call),
]);
