import { mkdtempSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SIDECAR } from './storage-adapter.ts';
import { clientOf, noteProject, signedUpClient } from './test-project.ts';

type User = Awaited<ReturnType<typeof signedUpClient>>;

const storageDir = mkdtempSync(path.join(tmpdir(), 'clerva-files-'));
const gateway = noteProject({ storageDir });
afterAll(() => rm(storageDir, { recursive: true }));
let owner: User;
let stranger: User;

const CONTENT = 'A page about mitochondria.';
const pdf = (text = CONTENT) => new Blob([text], { type: 'application/pdf' });
const filesOf = (user: Pick<User, 'client'>) => user.client.storage.from('documents');

beforeAll(async () => {
  owner = await signedUpClient(gateway);
  stranger = await signedUpClient(gateway);
});

async function upload(name: string) {
  const path = `${owner.id}/${name}/original.pdf`;
  const { error } = await filesOf(owner).upload(path, pdf());
  expect(error).toBeNull();
  return path;
}

test('a signed upload with the client library comes back byte for byte with its type', async () => {
  const path = `${owner.id}/signed/original.pdf`;
  const { data } = await filesOf(owner).createSignedUploadUrl(path);
  const sent = await filesOf(owner).uploadToSignedUrl(path, data?.token ?? '', pdf());
  expect(sent.error).toBeNull();
  const { data: file } = await filesOf(owner).download(path);
  expect(file?.type).toBe('application/pdf');
  expect(await file?.text()).toBe(CONTENT);
});

test('a bare PUT of bytes to the signed address stores them as they are', async () => {
  const path = `${owner.id}/put/original.pdf`;
  const { data } = await filesOf(owner).createSignedUploadUrl(path);
  const bytes = crypto.getRandomValues(new Uint8Array(65_000));
  const response = await fetch(data?.signedUrl ?? '', {
    method: 'PUT',
    body: bytes,
    headers: { 'content-type': 'application/pdf', origin: 'http://localhost:3000' },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
  const { data: file } = await filesOf(owner).download(path);
  expect(new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(bytes);
});

test('a name with a NUL is a fault of whoever asks', async () => {
  for (const method of ['GET', 'POST', 'DELETE']) {
    const response = await fetch(`${gateway.url}/storage/v1/object/documents/${owner.id}/a%00b.pdf`, {
      method,
      headers: { apikey: gateway.publishableKey, authorization: `Bearer ${owner.token}` },
    });
    expect([response.status, (await response.json()).error]).toEqual([400, 'InvalidKey']);
  }
});

test('a signed address gives the file or a part of it, and nothing once it is changed', async () => {
  const path = await upload('range');
  const { data } = await filesOf(owner).createSignedUrl(path, 60);
  const url = data?.signedUrl ?? '';
  expect(await (await fetch(url)).text()).toBe(CONTENT);
  const part = await fetch(url, { headers: { range: 'bytes=2-5' } });
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
    206,
    CONTENT.slice(2, 6),
    `bytes 2-5/${CONTENT.length}`,
  ]);
  const tail = await fetch(url, { headers: { range: 'bytes=-3' } });
  expect(await tail.text()).toBe(CONTENT.slice(-3));
  expect((await fetch(`${url}x`)).status).toBe(400);
  expect((await fetch(url.replace('/range/', '/signed/'))).status).toBe(403);
});

test('several addresses are signed at once and a missing file is named without failing the rest', async () => {
  const path = await upload('several');
  const missing = `${owner.id}/missing/original.pdf`;
  const { data } = await filesOf(owner).createSignedUrls([path, missing], 60);
  expect(data?.map(({ path, error }) => ({ path, error }))).toEqual([
    { path, error: null },
    { path: missing, error: 'Object not found' },
  ]);
  expect(await (await fetch(data?.[0]?.signedUrl ?? '')).text()).toBe(CONTENT);
});

test('size, type and duplicates are checked by the bucket', async () => {
  const files = filesOf(owner);
  const path = (name: string) => `${owner.id}/${name}/original.pdf`;
  const large = await files.upload(path('large'), pdf('x'.repeat(1_048_577)));
  const wrong = await files.upload(path('wrong'), new Blob(['MZ'], { type: 'application/x-msdownload' }));
  await upload('twice');
  const twice = await files.upload(path('twice'), pdf());
  expect([large.error, wrong.error, twice.error]).toMatchObject([
    { statusCode: '413' },
    { statusCode: '415' },
    { statusCode: '409' },
  ]);
});

test('a stranger and an anonymous visitor get nothing on any path', async () => {
  const path = await upload('secret');
  const anonymous = { client: clientOf(gateway) };
  for (const visitor of [stranger, anonymous]) {
    const files = filesOf(visitor);
    const results = {
      download: await files.download(path),
      sign: await files.createSignedUrl(path, 60),
      info: await files.info(path),
      move: await files.move(path, `${stranger.id}/stolen/original.pdf`),
      copy: await files.copy(path, `${stranger.id}/stolen/original.pdf`),
      upload: await files.upload(`${owner.id}/planted/original.pdf`, pdf('planted')),
      overwrite: await files.upload(path, pdf('planted'), { upsert: true }),
      update: await files.update(path, pdf('planted')),
      signUpload: await files.createSignedUploadUrl(`${owner.id}/planted/original.pdf`),
      createBucket: await visitor.client.storage.createBucket('mine'),
      emptyBucket: await visitor.client.storage.emptyBucket('documents'),
      deleteBucket: await visitor.client.storage.deleteBucket('documents'),
    };
    for (const [action, { data, error }] of Object.entries(results)) {
      expect(error, action).not.toBeNull();
      expect(data, action).toBeNull();
    }
    expect((await files.createSignedUrls([path], 60)).data?.map((entry) => entry.signedUrl)).toEqual([null]);
    expect((await files.list(owner.id)).data ?? []).toEqual([]);
    expect((await files.list()).data ?? []).toEqual([]);
    expect((await files.remove([path])).data ?? []).toEqual([]);
    expect((await fetch(files.getPublicUrl(path).data.publicUrl)).ok).toBe(false);
  }
  expect((await filesOf(stranger).exists(path)).data).toBe(false);
  expect((await filesOf(owner).exists(path)).data).toBe(true);
  const { data } = await filesOf(owner).download(path);
  expect(await data?.text()).toBe(CONTENT);
  expect((await filesOf(owner).list(owner.id)).data?.length).toBeGreaterThan(0);
});

test('the owner cannot move a file into the folder of another', async () => {
  const path = await upload('gift');
  const target = `${stranger.id}/gift/original.pdf`;
  expect((await filesOf(owner).move(path, target)).error).not.toBeNull();
  expect((await filesOf(owner).copy(path, target)).error).not.toBeNull();
  expect((await filesOf(stranger).download(target)).error).not.toBeNull();
  expect((await filesOf(owner).download(path)).error).toBeNull();
});

test('a path that climbs out of the folder names nothing', async () => {
  const climbing = `${owner.id}/../${stranger.id}/original.pdf`;
  expect((await filesOf(owner).upload(climbing, pdf())).error).not.toBeNull();
  const raw = await fetch(
    `${gateway.url}/storage/v1/object/documents/${owner.id}/%2e%2e%2f%2e%2e%2fescape.pdf`,
    {
      method: 'POST',
      body: 'x',
      headers: {
        apikey: gateway.publishableKey,
        authorization: `Bearer ${owner.token}`,
        'content-type': 'application/pdf',
      },
    },
  );
  expect(raw.ok).toBe(false);
});

test('a form that cannot be read is a bad request, and an upload that breaks off stores nothing', async () => {
  const path = `${owner.id}/broken/original.pdf`;
  const bad = await fetch(`${gateway.url}/storage/v1/object/documents/${path}`, {
    method: 'POST',
    body: 'garbage',
    headers: {
      apikey: gateway.publishableKey,
      authorization: `Bearer ${owner.token}`,
      'content-type': 'multipart/form-data; boundary=x',
    },
  });
  expect(bad.status).toBe(400);

  const { data } = await filesOf(owner).createSignedUploadUrl(path);
  const stop = new AbortController();
  const endless = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1_000)) });
  const broken = fetch(data?.signedUrl ?? '', {
    method: 'PUT',
    body: endless,
    duplex: 'half',
    signal: stop.signal,
    headers: { 'content-type': 'application/pdf' },
  } as RequestInit).catch((error: Error) => error.name);
  // Others are served while it waits for its bytes.
  expect((await owner.client.from('note').select('*')).error).toBeNull();
  stop.abort();
  expect(await broken).toBe('AbortError');
  expect((await filesOf(owner).exists(path)).data).toBe(false);
});

test('the token of a signed address is not a session', async () => {
  const path = `${owner.id}/token/original.pdf`;
  const { data } = await filesOf(owner).createSignedUploadUrl(path);
  const response = await fetch(`${gateway.url}/rest/v1/note`, {
    headers: { apikey: gateway.publishableKey, authorization: `Bearer ${data?.token}` },
  });
  expect([response.status, await response.json()]).toMatchObject([401, { code: 'PGRST301' }]);
});

test('move, copy and remove work for the owner', async () => {
  const path = await upload('first');
  const moved = `${owner.id}/second/original.pdf`;
  const copied = `${owner.id}/third/original.pdf`;
  expect((await filesOf(owner).move(path, moved)).error).toBeNull();
  expect((await filesOf(owner).copy(moved, copied)).error).toBeNull();
  expect((await filesOf(owner).download(copied)).data?.type).toBe('application/pdf');
  expect((await filesOf(owner).remove([moved, copied])).data).toHaveLength(2);
  expect((await filesOf(owner).download(moved)).error).not.toBeNull();
});

test('a full disk is told as what it is, and keeps nothing of the file', async () => {
  const name = `${owner.id}/full/original.pdf`;
  const { data } = await filesOf(owner).createSignedUploadUrl(name);
  // Nothing can be written to this one.
  const file = path.join(storageDir, 'documents', name);
  await mkdir(path.dirname(file), { recursive: true });
  await symlink('/dev/full', file + SIDECAR);
  const full = { status: 507, message: 'No space left on device.' };
  expect((await filesOf(owner).upload(name, pdf())).error).toMatchObject(full);
  const signed = () => filesOf(owner).uploadToSignedUrl(name, data?.token ?? '', pdf());
  expect((await signed()).error).toMatchObject(full);
  expect((await filesOf(owner).list(`${owner.id}/full`)).data).toEqual([]);
  await rm(file + SIDECAR);
  expect((await signed()).error).toBeNull();
});
