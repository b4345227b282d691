import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApi } from './setup/api.ts';
import { addNotes } from './setup/services.ts';

const { api, services, students } = testApi({
  students: ['maya', 'ines'],
  routes: async () => ({
    make: await import('../app/api/make/route.ts'),
    sections: await import('../app/api/documents/[documentId]/sections/route.ts'),
    find: await import('../app/api/documents/[documentId]/find/route.ts'),
  }),
});
const { maya, ines } = students;
const LINES = { accept: 'application/x-ndjson' };

let docId: string;
let foreign: string;
beforeAll(async () => {
  const text = await readFile(join(import.meta.dirname, '..', 'supabase', 'seed', 'memory.md'), 'utf8');
  const pages = text.split(/^(?=## )/m).map((page) => page.trim());
  const headings = (page: string) => [...page.matchAll(/^## (.+)/gm)].flatMap(([, heading = '']) => heading);
  docId = await addNotes(services, { userId: maya.id, title: 'Memory', pages, headings });
  foreign = await addNotes(services, { userId: ines.id, title: 'Volcanoes', pages: ['Magma rises slowly.'] });
});

const cardsOf = (ids: readonly string[]) =>
  services.query<{ front: string; state: boolean; source: { quote: string } | null }>(
    `select front, proposed as state, source from public.flashcard where id = any($1::uuid[])`,
    [ids],
  );

/** Every line of an answer that is told while it is made. */
async function linesOf(body: unknown): Promise<Record<string, unknown>[]> {
  const response = await api.make.POST.response({}, { body, headers: LINES });
  expect(response.status).toBe(200);
  const text = await response.text();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('what is made of chosen notes', () => {
  test('is a quiz of the document alone, told line by line', async () => {
    const body = { kind: 'quiz', n: 5, sources: [{ docId }] };
    const lines = await linesOf(body);
    const stages = lines.flatMap(({ progress }) => (progress ? [Object(progress).stage] : []));
    expect([stages[0], stages.includes('writing')]).toEqual(['searching', true]);
    const made = Object(lines.at(-1)?.made);
    expect(made).toMatchObject({ kind: 'quiz', topic: 'Memory', asked: 5, made: 5 });
    const [quiz] = await services.query(`select topic, items from public.quiz where id = $1`, [made.quizId]);
    const items = quiz?.items as { source: { docId: string } }[];
    expect([quiz?.topic, new Set(items.map(({ source }) => source.docId))]).toEqual([
      'Memory',
      new Set([docId]),
    ]);
  });

  test('are cards that wait to be kept, each proven by words of its section, and others the next time', async () => {
    const { body: found } = await api.sections.GET({ documentId: docId });
    expect(found.sections.length).toBeGreaterThan(2);
    const [{ from, to, heading }] = found.sections;
    const body = { kind: 'cards', n: 3, topic: heading, sources: [{ docId, ordRange: { from, to } }] };
    const first = await api.make.POST({}, { body });
    expect([first.status, first.body.made > 0]).toEqual([200, true]);
    const cards = await cardsOf(first.body.flashcardIds);
    for (const { state, source } of cards) expect([state, source?.quote]).toEqual([true, expect.any(String)]);
    const again = await api.make.POST({}, { body: { ...body, sources: [{ docId }] } });
    const fronts = new Set(cards.map(({ front }) => front));
    const others = await cardsOf(again.body.flashcardIds);
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter(({ front }) => fronts.has(front))).toEqual([]);
  });

  test('is of all notes when none are named', async () => {
    const { status, body } = await api.make.POST({}, { body: { kind: 'quiz', n: 1 } });
    expect([status, body.topic]).toEqual([200, 'All my notes']);
  });

  test.each([
    ['de', 'Alle meine Notizen'],
    ['es', 'Todos mis apuntes'],
    ['fr', 'Toutes mes notes'],
  ])('is named in the language of its student: %s', async (language, topic) => {
    const headers = { 'accept-language': language };
    const response = await api.make.POST.response({}, { body: { kind: 'quiz', n: 1 }, headers });
    expect([response.status, await response.json()]).toMatchObject([200, { topic, made: 1 }]);
  });

  test.each(['quiz', 'cards'] as const)('is no %s of another student’s document', async (kind) => {
    const order = { kind, n: 5, sources: [{ docId: foreign }] };
    const { status, body } = await api.make.POST({}, { body: order });
    expect([status, body.code]).toEqual([404, 'not_found']);
    expect((await linesOf(order)).at(-1)).toMatchObject({ problem: { code: 'not_found' } });
    expect((await api.sections.GET({ documentId: foreign })).status).toBe(404);
  });

  test('says why nothing can be made', async () => {
    const { status, body } = await api.make.POST(
      {},
      { as: ines, body: { kind: 'cards', n: 5, sources: [{ docId: foreign }] } },
    );
    expect([status, body.code]).toEqual([422, 'no_material']);
    const none = await api.make.POST({}, { body: { kind: 'quiz', n: 0 } });
    expect([none.status, none.body.code]).toEqual([400, 'invalid_request']);
  });

  test('is nothing once whoever asked has gone', async () => {
    const count = async () => (await services.query(`select 1 from public.quiz`)).length;
    const before = await count();
    const leaving = new AbortController();
    const body = { kind: 'quiz', n: 5, sources: [{ docId }] };
    const response = await api.make.POST.response({}, { body, headers: LINES, signal: leaving.signal });
    leaving.abort();
    await response.body?.cancel().catch(() => undefined);
    const next = await api.make.POST({}, { body: { ...body, n: 1 } });
    expect([next.status, await count()]).toEqual([200, before + 1]);
  });
});

test('words are found in a document as ranges of its text, over lines, whatever they hold', async () => {
  const pages = ['First a 100% sure\nthing.', 'A Sure  thing (again).'];
  const id = await addNotes(services, { userId: maya.id, title: 'Sure', pages });
  let start = 0;
  for (const [index, content] of pages.entries()) {
    const place = [id, maya.id, index + 1, content, start, start + content.length];
    await services.query(
      `insert into public.doc_page (doc_id, user_id, page, content, char_start, char_end) values ($1, $2, $3, $4, $5, $6)`,
      place,
    );
    start += content.length + 2;
  }
  const text = pages.join('\n\n');
  const found = async (q: string, as: typeof maya = maya) => {
    const query = `?${new URLSearchParams({ q })}`;
    const { status, body } = await api.find.GET({ documentId: id }, { query, as });
    if (status !== 200) return status;
    const matches = body.matches as { page: number; from: number; to: number }[];
    return matches.map(({ page, from, to }) => [page, text.slice(from, to)]);
  };
  expect(await found('sure thing')).toEqual([
    [1, 'sure\nthing'],
    [2, 'Sure  thing'],
  ]);
  expect(await found('100%')).toEqual([[1, '100%']]);
  expect(await found('(again)')).toEqual([[2, '(again)']]);
  expect(await found('__')).toEqual([]);
  expect([await found(' '), await found('sure', ines)]).toEqual([400, 404]);
});
