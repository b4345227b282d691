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
  callerOf,
  callTools,
  databaseOf,
  fail,
  loadVariables,
  printOutcomes,
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
  const { data } = await databaseOf().auth.signUp(made);
  return (
    data.session?.access_token ??
    fail('Accounts here are confirmed by mail, so give a second one: --other-email … --other-password …')
  );
}

const [token, otherToken] = [await signIn(values), await signInOther()];
const call = callerOf(url, token);
const db = databaseOf(token);
const other = databaseOf(otherToken);
const created = z.object({
  documentId: z.string(),
  upload: z.object({ bucket: z.string(), path: z.string(), token: z.string() }),
});
const state = z.object({ status: z.string(), chunkCount: z.number(), error: z.unknown() });
let documentId = '';

async function status() {
  const health = z.object({ status: z.string(), version: z.string() }).parse(await call(api.statusHealth));
  const { toolsAvailable } = z.object({ toolsAvailable: z.number() }).parse(await call(api.chat));
  const ready = await fetch(`${url}/api/ready`);
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
  const page = await fetch(`${url}/sign-in`);
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /script-src[^;]*'nonce-/);
  assert.doesNotMatch(policy, /script-src[^;]*'unsafe-inline'/);
  for (const [header, expected] of [
    ['strict-transport-security', /max-age=\d{7,}/],
    ['x-content-type-options', /nosniff/],
    ['referrer-policy', /./],
    ['permissions-policy', /./],
  ] as const)
    assert.match(page.headers.get(header) ?? '', expected, header);
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
  const answer = await fetch(`${url}${api.chat}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ message: QUESTION }),
  });
  assert.match(answer.headers.get('content-type') ?? '', /^text\/event-stream/);
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
  const ask = (method: string, path: string, as?: string) =>
    fetch(url + path, { method, headers: as ? { authorization: `Bearer ${as}` } : {} });
  for (const [method, path] of [
    ['GET', api.document(documentId)],
    ['DELETE', api.document(documentId)],
    ['GET', api.file(documentId)],
  ] as const) {
    assert.equal((await ask(method, path, otherToken)).status, 404, `${method} ${path}`);
    assert.equal((await ask(method, path)).status, 401, `${method} ${path} without an account`);
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
  const answer = await fetch(`${url}/api/openapi.json`);
  if (answer.status === 404) return 'not served here';
  const described = z.object({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) });
  const { openapi, paths } = described.parse(await answer.json());
  assert.match(openapi, /^3\.1/);
  assert(api.chat in paths && api.documents in paths);
  return `OpenAPI ${openapi}, ${Object.keys(paths).length} addresses`;
}

async function removed() {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(url + api.document(documentId), { method: 'DELETE', headers });
  assert(answer.ok, `answered ${answer.status}`);
  assert.equal((await fetch(url + api.document(documentId), { headers })).status, 404);
  return 'the document is gone';
}

const outcomes: Parameters<typeof printOutcomes>[0][number][] = [];
for (const check of [
  status,
  headers,
  uploadToReady,
  citedAnswer,
  streamedAnswer,
  othersAreRefused,
  apiDocument,
  removed,
]) {
  const begun = performance.now();
  const verdict = await check().then(
    (said) => ({ passed: true, text: said }),
    (error: Error) => ({ passed: false, text: error.message.split('\n')[0] ?? '' }),
  );
  const label = check.name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  outcomes.push({ name: label, ms: Math.round(performance.now() - begun), ...verdict });
}
for (const { tool, ...outcome } of await callTools(call).catch((error: Error) => fail(error.message)))
  outcomes.push({ name: tool, ...outcome });
printOutcomes(outcomes);
