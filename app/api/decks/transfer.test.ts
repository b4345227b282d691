import { zipSync } from 'fflate';
import { describe, expect, test, vi } from 'vitest';
import { DAY_MS } from '@/lib/calendar/dates';
import { MAX_IMPORT_BODY_BYTES, MAX_IMPORT_BYTES } from '@/lib/domain/bounds';
import { readAnkiPackage } from '@/lib/study/anki/read';
import type { ExportedCard } from '@/lib/study/anki/types';
import { writeAnkiPackage } from '@/lib/study/anki/write';
import { newCardState } from '@/lib/study/cards/card-state';
import { type CallOptions, testApi } from '@/tests/setup/api';

vi.mock('next/server', () => ({ after: () => undefined }));

describe('taking cards in and out', () => {
  const { api, services, students } = testApi({
    students: ['owner', 'stranger'],
    routes: async () => ({
      in: await import('./import/route'),
      room: await import('./import/upload/route'),
      out: await import('./export/route'),
    }),
  });
  const { owner, stranger } = students;

  const take = (body: string | Uint8Array<ArrayBuffer>, query: string, as: CallOptions['as'] = owner) =>
    api.in.POST(
      {},
      { as, query: `?${query}`, body, headers: { 'content-type': 'application/octet-stream' } },
    );
  const give = (query: string, as = owner) => api.out.GET({}, { as, query: `?${query}` });

  const now = new Date();
  const cards = (count: number, deck: string): ExportedCard[] =>
    Array.from({ length: count }, (_, index) => {
      const first = new Date(now.getTime() - 40 * DAY_MS + index);
      const state = newCardState(first);
      const reviews = [0, 1, 2].map((step) => ({
        rating: 3,
        state: step === 0 ? 0 : step === 1 ? 1 : 2,
        due: first.toISOString(),
        stability: 0,
        difficulty: 0,
        scheduledDays: step === 2 ? 2 : 0,
        durationMs: 4_000 + index,
        reviewedAt: new Date(first.getTime() + ([0, 600_000, 2 * DAY_MS][step] ?? 0)).toISOString(),
      }));
      return {
        guid: `${deck}-${index}`,
        clozeIndex: 1,
        kind: index % 3 === 0 ? ('cloze' as const) : ('basic' as const),
        front: index % 3 === 0 ? `Number {{c1::\\(x_{${index}}\\)}}` : `Question ${index}: \\(a < b\\)?`,
        back: index % 3 === 0 ? '' : `Answer ${index}`,
        topic: 'Maths',
        deck,
        suspended: index % 5 === 0,
        state: {
          ...state,
          due: new Date(first.getTime() + 13 * DAY_MS).toISOString(),
          stability: 11.25 + index / 1000,
          difficulty: 5.5,
          scheduledDays: 11,
          reps: 3,
          state: 2 as const,
          lastReview: new Date(first.getTime() + 2 * DAY_MS).toISOString(),
        },
        reviews,
        sourceLine: null,
        desiredRetention: 0.9,
      };
    });

  test('histories, clozes, formulas and suspended cards survive import and export', async () => {
    const made = cards(60, 'Round trip');
    const taken = await take(writeAnkiPackage(made, now), 'kind=apkg');
    expect(taken).toMatchObject({
      status: 200,
      body: { added: 60, already: 0, skipped: 0, media: 0, decks: ['Round trip'] },
    });
    const { bytes, headers } = await give('format=apkg');
    expect(headers.get('content-disposition')).toContain('Clerva cards.apkg');
    const back = readAnkiPackage(bytes, now).cards;
    const of = (list: typeof back) =>
      list
        .map(({ guid, front, back: backText, kind, suspended, state, reviews, topic }) => ({
          guid,
          front,
          back: backText,
          kind,
          suspended,
          topic,
          state,
          reviews: reviews.map(({ rating, state: phase, reviewedAt, durationMs }) => ({
            rating,
            phase,
            reviewedAt,
            durationMs,
          })),
        }))
        .sort((a, b) => a.guid.localeCompare(b.guid));
    expect(of(back)).toEqual(of(made.map(({ sourceLine, desiredRetention, ...card }) => card)));

    expect((await take(bytes, 'kind=apkg')).body).toMatchObject({ added: 0, already: 60 });
    expect((await take(bytes, 'kind=apkg', stranger)).body).toMatchObject({ added: 60, already: 0 });
    expect(readAnkiPackage((await give('format=apkg', stranger)).bytes, now).cards).toHaveLength(60);
  });

  test('2,000 cards with 6,000 reviews go in, and come out again', async () => {
    const big = await services.signUp('big');
    const packed = writeAnkiPackage(cards(2_000, 'Big'), now);
    expect((await take(packed, 'kind=apkg', big)).body).toMatchObject({ added: 2_000 });
    const [logs] = await services.query<{ n: number }>(
      'select count(*)::int as n from public.review_log where user_id = $1',
      [big.id],
    );
    expect(logs?.n).toBe(6_000);
    expect(readAnkiPackage((await give('', big)).bytes, now).cards).toHaveLength(2_000);
  }, 60_000);

  test('a collection that no request carries goes in through Storage, once, and only its student’s', async () => {
    expect((await take('a'.repeat(MAX_IMPORT_BODY_BYTES + 1), 'kind=lines')).status).toBe(413);
    expect((await api.room.POST({}, { body: { sizeBytes: MAX_IMPORT_BYTES + 1 } })).status).toBe(413);
    const { status, body } = await api.room.POST({}, { body: { sizeBytes: 5_000_000 } });
    expect(status).toBe(201);
    const lines = Array.from({ length: 40 }, (_, index) => `Stored ${index}\t${'long '.repeat(400)}${index}`);
    const put = await fetch(body.upload.signedUrl, { method: 'PUT', body: new Blob([lines.join('\n')]) });
    expect(put.status).toBe(200);
    const query = `kind=lines&deck=Stored&upload=${body.uploadId}`;
    expect((await take('', query, stranger)).body).toMatchObject({ code: 'file_missing' });
    expect((await take('', query)).body).toMatchObject({ added: 40, decks: ['Stored'] });
    expect((await take('', query)).body).toMatchObject({ code: 'file_missing' });
    expect(await services.query(`select name from storage.objects where bucket_id = 'imports'`)).toEqual([]);
  });

  test('CSV and pasted lines become cards of a deck, once', async () => {
    const csv =
      'front,back,deck\n"What, exactly?","This\nand that",Law\n"The {{c1::heart}} pumps",,Law\nonly,,Law\n';
    expect((await take(csv, 'kind=csv')).body).toMatchObject({
      added: 2,
      skipped: 1,
      skippedLines: [4],
      decks: ['Law'],
    });
    expect((await take(csv, 'kind=csv')).body).toMatchObject({ added: 0, already: 2 });
    expect((await take('a\tb\nc\td\nx', 'kind=lines&deck=Words')).body).toMatchObject({
      added: 2,
      skipped: 1,
      decks: ['Words'],
    });
    const [deck] = await services.query<{ id: string }>(
      `select id from public.deck where name = 'Words' and user_id = $1`,
      [owner.id],
    );
    const text = new TextDecoder().decode((await give(`format=tsv&deck=${deck?.id}`)).bytes);
    expect(text.split('\n').sort()).toEqual(['a\tb', 'c\td']);
    expect((await give(`format=csv&deck=${deck?.id}`)).headers.get('content-type')).toContain('text/csv');
    expect((await give(`format=csv&deck=${deck?.id}`, stranger)).status).toBe(404);
    expect((await give('format=exe')).status).toBe(404);
  });

  test('what is no file of cards is refused with its reason', async () => {
    expect(await take('', 'kind=apkg')).toMatchObject({ status: 422, body: { code: 'file_empty' } });
    expect(await take('hello', 'kind=apkg')).toMatchObject({
      status: 415,
      body: { code: 'file_unsupported' },
    });
    expect(await take('hello', 'kind=lines')).toMatchObject({ status: 422, body: { code: 'file_empty' } });
    expect(await take(zipSync({ 'collection.anki2': new Uint8Array(500) }), 'kind=apkg')).toMatchObject({
      status: 422,
      body: { code: 'file_damaged' },
    });
    expect((await take('a\tb', 'kind=other')).status).toBe(400);
    expect((await take('a\tb', 'kind=lines', null)).status).toBe(401);
    expect(await take(`a\u0000\tb`, 'kind=lines')).toMatchObject({
      status: 422,
      body: { code: 'file_mislabelled' },
    });
  });
});
