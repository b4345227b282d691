// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { MadeReview } from '@/lib/domain/card';
import { outboxOf } from './outbox';
import { createReviewOutbox } from './review-outbox';

beforeEach(() => localStorage.clear());

const idOf = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

const review = (n: number): MadeReview => ({
  requestId: idOf(n),
  cardId: idOf(n),
  rating: 3,
  reviewedAt: new Date(Date.UTC(2026, 10, 20, 12, n)).toISOString(),
  durationMs: 1_000,
  expectedReps: n,
  expectedLastReview: null,
});

class Refused extends Error {}
type SetUp = { store?: () => Storage; answer?: (batch: readonly MadeReview[]) => void };

function setUp({ store = () => localStorage, answer = () => undefined }: SetUp = {}) {
  const sent: string[][] = [];
  const make = (userId = 'u') =>
    createReviewOutbox({
      userId,
      store,
      send: async (batch) => {
        answer(batch);
        sent.push(batch.map(({ requestId }) => requestId));
        return batch.map(({ requestId }) => ({ requestId, outcome: 'stored' as const }));
      },
      isRefusal: (error) => error instanceof Refused,
    });
  return { make, sent };
}

describe('the outbox of reviews', () => {
  test('of one student waits for them while another is signed in, whose page sends nothing of it', async () => {
    let signedIn = 'ben';
    const sent: string[] = [];
    // As the route answers: the student a request is for has to be the one who is signed in.
    vi.stubGlobal('fetch', async (_url: string, { headers, body }: { headers: object; body: string }) => {
      if (Reflect.get(headers, 'x-clerva-student') !== signedIn)
        return Response.json({ code: 'session_changed' }, { status: 409 });
      const { reviews } = JSON.parse(body) as { reviews: MadeReview[] };
      sent.push(...reviews.map(({ requestId }) => requestId));
      return Response.json({
        results: reviews.map(({ requestId }) => ({ requestId, outcome: 'stored' })),
      });
    });
    const [ada, ben] = [outboxOf('ada'), outboxOf('ben')];
    ada.add(review(1));
    ben.add(review(2));
    await expect(ada.flush()).rejects.toThrow();
    await ben.flush();
    expect(sent).toEqual([idOf(2)]);
    expect(ada.waiting()).toHaveLength(1);
    signedIn = 'ada';
    await ada.flush();
    vi.unstubAllGlobals();
    expect(sent).toEqual([idOf(2), idOf(1)]);
  });

  test('keeps reviews over a closed tab, and sends them in their order, once', async () => {
    const { make, sent } = setUp();
    const first = make();
    for (const n of [2, 0, 1]) first.add(review(n));
    const second = make();
    expect(second.waiting().map(({ requestId }) => requestId)).toEqual([idOf(0), idOf(1), idOf(2)]);
    expect(await second.flush()).toHaveLength(3);
    expect(sent).toEqual([[idOf(0), idOf(1), idOf(2)]]);
    expect(make().waiting()).toEqual([]);
    expect(await second.flush()).toEqual([]);
  });

  test('keeps everything while there is no connection', async () => {
    let isOnline = false;
    const { make, sent } = setUp({
      answer: () => {
        if (!isOnline) throw new TypeError('Failed to fetch');
      },
    });
    const outbox = make();
    outbox.add(review(1));
    await expect(outbox.flush()).rejects.toThrow('Failed to fetch');
    outbox.add(review(2));
    expect(outbox.waiting()).toHaveLength(2);
    isOnline = true;
    await outbox.flush();
    expect(sent).toEqual([[idOf(1), idOf(2)]]);
  });

  test('sends what is added while it sends, and never the same flush twice', async () => {
    const { make, sent } = setUp({
      answer: ([first]) => {
        if (first?.requestId === idOf(1)) outbox.add(review(2));
      },
    });
    const outbox = make();
    outbox.add(review(1));
    await Promise.all([outbox.flush(), outbox.flush()]);
    expect(sent).toEqual([[idOf(1)], [idOf(2)]]);
  });

  test('is not held up by a review that can never be taken', async () => {
    const { make, sent } = setUp({
      answer: (batch) => {
        if (batch.some(({ requestId }) => requestId === idOf(2))) throw new Refused();
      },
    });
    const outbox = make();
    for (const n of [1, 2, 3]) outbox.add(review(n));
    const results = await outbox.flush();
    expect(results.map(({ outcome }) => outcome)).toEqual(['stored', 'gone', 'stored']);
    expect(sent).toEqual([[idOf(1)], [idOf(3)]]);
    expect(outbox.waiting()).toEqual([]);
  });

  test('gives back what has not been sent', async () => {
    const { make, sent } = setUp();
    const outbox = make();
    outbox.add(review(1));
    expect(outbox.withdraw(idOf(1))).toBe(true);
    expect(outbox.withdraw(idOf(1))).toBe(false);
    await outbox.flush();
    expect(sent).toEqual([]);
  });

  test('sends a long absence in parts of fifty', async () => {
    const { make, sent } = setUp();
    const outbox = make();
    for (let n = 0; n < 120; n++)
      outbox.add({ ...review(n), reviewedAt: new Date(Date.UTC(2026, 0, 1) + n).toISOString() });
    await outbox.flush();
    expect(sent.map((batch) => batch.length)).toEqual([50, 50, 20]);
  });

  test('sends nothing of another student of the same device, and minds no foreign or broken entries', async () => {
    const { make, sent } = setUp();
    make('somebody').add(review(1));
    localStorage.setItem('other', '{}');
    localStorage.setItem('clerva-review:u:x', '{"rating":9}');
    await make().flush();
    expect(sent).toEqual([]);
    expect(make('somebody').waiting()).toHaveLength(1);
  });

  test('sends what waits beside an entry that was cut off', async () => {
    localStorage.setItem('clerva-review:u:cut', '{"requestId":"');
    const { make, sent } = setUp();
    make().add(review(1));
    expect(await make().flush()).toHaveLength(1);
    expect(sent).toEqual([[idOf(1)]]);
  });

  test('works where storage is switched off', async () => {
    const store = () => {
      throw new Error('denied');
    };
    const { make, sent } = setUp({ store });
    const outbox = make();
    outbox.add(review(1));
    await outbox.flush();
    expect(sent).toEqual([[idOf(1)]]);
    expect(outbox.waiting()).toEqual([]);
  });
});
