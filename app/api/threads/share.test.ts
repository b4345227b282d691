import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createVisitorClient } from '@/lib/db/clients';
import { openShareLink } from '@/lib/db/queries/share-link';
import { testApi } from '@/tests/setup/api';
import { addNotes } from '@/tests/setup/services';

// Keeping the platform awake after a response has no meaning outside a request of Next.
vi.mock('next/server', () => ({ after: () => undefined }));

const { api, services, students } = testApi({
  students: ['ada', 'bob'],
  routes: async () => ({
    ask: await import('../chat/route'),
    share: await import('./[threadId]/share/route'),
    export: await import('./[threadId]/export/route'),
    goOn: await import('./[threadId]/continue/route'),
    links: await import('../share-links/route'),
    link: await import('../share-links/[linkId]/route'),
    thread: await import('../ai-agent/chat/[threadId]/route'),
    messages: await import('../chat/messages/route'),
    save: await import('../thread/save/route'),
  }),
});
const { ada, bob } = students;
let threadId: string;

beforeAll(async () => {
  const pages = ['Working memory holds about four items at a time. It decays within twenty seconds.'];
  await addNotes(services, { userId: ada.id, title: 'Psychology', pages });
  threadId = (await api.ask.POST({}, { body: { message: 'How many items does working memory hold?' } })).body
    .threadId;
});

const open = (url: string) => openShareLink(createVisitorClient(), { token: url.split('/').at(-1) ?? '' });
const share = async (body: object = {}) => (await api.share.POST({ threadId }, { body })).body;

describe('a shared link', () => {
  test('shows what was said at that moment to anybody, until it is revoked', async () => {
    const { id, url, expiresAt } = await share({ withSources: true, name: 'A.' });
    expect(url).toMatch(/\/shared\/[\w-]{43}$/);
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
    const shown = await open(url);
    expect(shown?.snapshot).toMatchObject({ name: 'A.', withSources: true });
    expect(shown?.snapshot.messages[1]?.sources[0]).toMatchObject({ title: 'Psychology', page: 1 });
    await api.ask.POST({}, { body: { threadId, message: 'And how fast does it decay?' } });
    expect((await open(url))?.snapshot.messages).toHaveLength(2);
    expect(JSON.stringify(shown)).not.toContain(ada.id);

    expect((await api.link.DELETE({ linkId: id }, { as: bob })).status).toBe(404);
    expect((await api.link.DELETE({ linkId: id }, { as: null })).status).toBe(401);
    expect(await open(url)).not.toBeNull();
    expect((await api.link.DELETE({ linkId: id })).status).toBe(204);
    expect(await open(url)).toBeNull();
    expect((await api.link.DELETE({ linkId: id })).status).toBe(404);
  });

  test('is listed for its student alone, without its secret', async () => {
    await services.query('delete from public.share_link');
    const { url } = await share({ expires: 'never' });
    const { links } = (await api.links.GET()).body;
    expect(links).toEqual([expect.objectContaining({ threadId, withSources: false, expiresAt: null })]);
    expect(JSON.stringify(links)).not.toContain(url.split('/').at(-1));
    expect((await api.links.GET({}, { as: bob })).body.links).toEqual([]);
    expect((await open(url))?.snapshot.messages.flatMap(({ sources }) => sources)).toEqual([]);
    await services.query("update public.share_link set expires_at = now() - interval '1 second'");
    expect((await api.links.GET()).body.links).toEqual([]);
    expect(await open(url)).toBeNull();
  });

  test('is made by the owner of the conversation alone, of what it knows', async () => {
    expect((await api.share.POST({ threadId }, { body: {}, as: bob })).status).toBe(404);
    expect((await api.share.POST({ threadId }, { body: {}, as: null })).status).toBe(401);
    for (const body of [{ expires: '2d' }, { name: ' ' }, { withSources: 'yes' }, { user: bob.id }]) {
      expect((await api.share.POST({ threadId }, { body })).status).toBe(400);
    }
  });
});

describe('an export', () => {
  test('has the citations of the answer resolved, in Markdown and JSON', async () => {
    const markdown = await api.export.GET({ threadId });
    expect(markdown.headers.get('content-type')).toContain('text/markdown');
    expect(markdown.headers.get('content-disposition')).toContain('.md"');
    expect(markdown.text).toMatch(
      /\[\^1\]: Psychology, page 1 of \d+: “Working memory holds about four items/,
    );
    const json = (await api.export.GET({ threadId }, { query: '?format=json' })).body;
    expect(json).toMatchObject({ format: 'clerva.thread', thread: { id: threadId } });
    expect(json.messages[1].sources[0]).toMatchObject({ n: 1, verdict: 'verified' });
    expect((await api.export.GET({ threadId }, { query: '?format=pdf' })).status).toBe(400);
    expect((await api.export.GET({ threadId }, { as: bob })).status).toBe(404);
    expect((await api.export.GET({ threadId }, { as: null })).status).toBe(401);
  });
});

describe('a full conversation', () => {
  test('says so by a code of its own, and goes on in another that knows what was said', async () => {
    const messages = Array.from({ length: 500 }, (_, n) => ({
      id: String(n),
      role: n % 2 ? 'assistant' : 'user',
      content: n % 2 ? `It is number ${n}.` : `What is ${n}?`,
    }));
    const full = (await api.save.POST({}, { body: { threadId: 'long', title: 'Numbers', messages } })).body
      .threadId;
    const refused = await api.ask.POST({}, { body: { threadId: full, message: 'One more?' } });
    expect([refused.status, refused.body.code]).toEqual([422, 'thread_full']);
    expect((await api.goOn.POST({ threadId: full }, { as: bob })).status).toBe(404);
    const next = await api.goOn.POST({ threadId: full });
    expect([next.status, next.body.continuedFrom]).toEqual([201, full]);
    expect((await api.goOn.POST({ threadId: full })).body.threadId).toBe(next.body.threadId);
    const { thread, messages: begun } = (await api.thread.GET({ threadId: next.body.threadId })).body;
    expect(thread).toMatchObject({ title: 'Numbers (2)', continuedFrom: full });
    expect(begun[0].parts[0].text).toContain('**What is 498?** It is number 499.');
    const answer = await api.ask.POST({}, { body: { threadId: next.body.threadId, message: 'Hello' } });
    expect(answer.status).toBe(200);
  });
});
