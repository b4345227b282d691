import { randomUUID } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { createUserClient } from '@/lib/db/clients';
import type { CardView } from '@/lib/db/queries/card-view';
import { reviewQueue } from '@/lib/db/queries/review';
import { LEECH_LAPSES } from '@/lib/domain/card';
import { nextState } from '@/lib/study/cards/schedule';
import { type CallOptions, testApi } from '@/tests/setup/api';
import type { TestStudent } from '@/tests/setup/services';

vi.mock('next/server', () => ({ after: () => undefined }));

type Body = Record<string, unknown>;
describe('the flashcards API', () => {
  const { api, services, students } = testApi({
    students: ['owner', 'stranger'],
    routes: async () => ({
      all: await import('./route'),
      one: await import('./[cardId]/route'),
      keep: await import('./keep/route'),
      reviews: await import('./reviews/route'),
      undo: await import('./reviews/undo/route'),
      decks: await import('../decks/route'),
      deck: await import('../decks/[deckId]/route'),
    }),
  });
  const { owner, stranger } = students;

  const add = (cards: Body[], { proposed = false, as = owner } = {}) =>
    api.all.POST({}, { as, body: { cards, proposed } });
  async function added(fields: Body = {}): Promise<CardView> {
    const deck = `Deck ${randomUUID()}`;
    const { body } = await add([{ front: 'What is working memory?', back: 'A store', deck, ...fields }]);
    const [id] = body.flashcardIds;
    return cardOf(id);
  }
  async function cardsOf(ids: readonly string[], as = owner): Promise<CardView[]> {
    const { body } = await api.all.GET({}, { query: `?ids=${ids.join(',')}`, as });
    return body.cards;
  }
  async function cardOf(id: string): Promise<CardView> {
    const [card] = await cardsOf([id]);
    if (!card) throw new Error('The card is gone.');
    return card;
  }
  const reviewOf = (card: CardView, fields: Body = {}) => ({
    requestId: randomUUID(),
    cardId: card.id,
    rating: 3,
    reviewedAt: new Date().toISOString(),
    durationMs: 4_000,
    expectedReps: card.state.reps,
    expectedLastReview: card.state.lastReview,
    ...fields,
  });
  async function review(reviews: Body[], as: TestStudent = owner) {
    const { status, body } = await api.reviews.POST({}, { body: { reviews }, as });
    const results: { outcome: string }[] = body.results ?? [];
    return { status, outcomes: results.map(({ outcome }) => outcome) };
  }
  const change = (cardId: string, body: Body, as: CallOptions['as'] = owner) =>
    api.one.PATCH({ cardId }, { as, body });
  const remove = (cardId: string, as: CallOptions['as'] = owner) => api.one.DELETE({ cardId }, { as });
  const changeDeck = (deckId: string, body: Body, as: CallOptions['as'] = owner) =>
    api.deck.PATCH({ deckId }, { as, body });
  const undo = (requestId: string | null, as = owner) => api.undo.POST({}, { body: { requestId }, as });
  const logsOf = (cardId: string) =>
    services.query<{ rating: number; undone: boolean; duration_ms: number }>(
      'select rating, undone_at is not null as undone, duration_ms from public.review_log where card_id = $1 order by reviewed_at, id',
      [cardId],
    );

  test('adds cards to decks they name, and skips what a deck has already', async () => {
    const deck = `Biology ${randomUUID()}`;
    const cards = [
      { front: 'What is osmosis?', back: 'Water through a membrane', deck },
      { front: 'Define osmosis', back: 'Water moving through a membrane', deck },
      { front: 'The {{c1::heart}} pumps {{c2::blood}}.', back: '', deck: deck.toUpperCase() },
    ];
    const first = await add(cards);
    expect(first).toMatchObject({ status: 201, body: { duplicates: [{ front: 'Define osmosis' }] } });
    const stored = await cardsOf(first.body.flashcardIds);
    expect(stored).toHaveLength(3);
    expect(new Set(stored.map((card) => card.deckId)).size).toBe(1);
    const cloze = stored.filter(({ kind }) => kind === 'cloze');
    expect(cloze.map(({ clozeIndex }) => clozeIndex).sort()).toEqual([1, 2]);
    expect(new Set(cloze.map(({ guid }) => guid)).size).toBe(1);
    expect((await add(cards)).body).toMatchObject({ flashcardIds: [] });
  });

  test.each([
    [{ cards: [] }, 400],
    [{ cards: [{ front: '', back: 'x' }] }, 400],
    [{ cards: [{ front: 'Only a front', back: '' }] }, 400],
    [{ cards: [{ front: 'x', back: 'a\u0000b' }] }, 400],
    [{ cards: Array.from({ length: 101 }, (_, n) => ({ front: `${n}?`, back: 'x' })) }, 400],
  ])('refuses cards that are none: %#', async (body, status) => {
    expect((await api.all.POST({}, { body })).status).toBe(status);
  });

  test('keeps, changes and drops what was proposed, and is not undone by asking again', async () => {
    const deck = `Proposed ${randomUUID()}`;
    const { body } = await add(
      ['one', 'two', 'three'].map((word) => ({ front: `What is ${word}?`, back: word, deck })),
      { proposed: true },
    );
    const [first, second, third] = body.flashcardIds;
    expect((await cardsOf([first])).at(0)).toMatchObject({ proposed: true });
    const summary = async () =>
      (await api.decks.GET()).body.decks.find(({ name }: { name: string }) => name === deck);
    expect(await summary()).toMatchObject({ due: 0, cards: 0, proposed: 3 });

    const decision = { keep: [{ id: first }, { id: second, front: 'What is 2?' }], drop: [third] };
    const decide = async (body: Body, as = owner) => (await api.keep.POST({}, { body, as })).body;
    expect(await decide(decision, stranger)).toEqual({ kept: 0, dropped: 0 });
    expect(await decide(decision)).toEqual({ kept: 2, dropped: 1 });
    expect(await decide(decision)).toEqual({ kept: 0, dropped: 0 });
    expect(await decide({ drop: [first] })).toEqual({ kept: 0, dropped: 0 });
    const left = await cardsOf([first, second, third]);
    expect(left.map(({ front, proposed }) => [front, proposed]).sort()).toEqual([
      ['What is 2?', false],
      ['What is one?', false],
    ]);
    expect(await summary()).toMatchObject({ due: 2, newCards: 2, cards: 2 });
  });

  test('stores a review with its log, and the state the schedule says', async () => {
    const card = await added();
    const made = reviewOf(card);
    expect((await review([made])).outcomes).toEqual(['stored']);
    const next = await cardOf(card.id);
    const expected = nextState(card.state, 3, new Date(made.reviewedAt), {
      cardId: card.id,
      desiredRetention: 0.9,
      examDate: null,
      timezone: 'UTC',
    });
    expect({ ...next.state, due: Date.parse(next.state.due), lastReview: null }).toEqual({
      ...expected,
      due: Date.parse(expected.due),
      lastReview: null,
    });
    expect(await logsOf(card.id)).toEqual([{ rating: 3, undone: false, duration_ms: 4_000 }]);
  });

  test('counts a request once, however often and however many at a time it is sent', async () => {
    const card = await added();
    const made = reviewOf(card);
    const all = await Promise.all(Array.from({ length: 8 }, () => review([made])));
    const outcomes = all.flatMap((answer) => answer.outcomes);
    expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'repeated')).toHaveLength(7);
    expect((await review([made, made])).outcomes).toEqual(['repeated', 'repeated']);
    expect((await cardOf(card.id)).state.reps).toBe(1);
    expect(await logsOf(card.id)).toHaveLength(1);
  });

  test('lets only one of two tabs review the same state of a card', async () => {
    const card = await added();
    const answers = await Promise.all([review([reviewOf(card)]), review([reviewOf(card, { rating: 1 })])]);
    expect(answers.flatMap(({ outcomes }) => outcomes).sort()).toEqual(['conflict', 'stored']);
    expect(await logsOf(card.id)).toHaveLength(1);
  });

  test('takes what a device did offline in its order, several reviews of one card among them', async () => {
    const card = await added();
    const plan = { cardId: card.id, desiredRetention: 0.9, examDate: null, timezone: 'UTC' };
    let state = card.state;
    const hourAgo = Date.now() - 3_600_000;
    const reviews = [1, 3, 3].map((rating, index) => {
      const made = reviewOf(
        { ...card, state },
        { rating, reviewedAt: new Date(hourAgo + index * 600_000).toISOString() },
      );
      state = nextState(state, rating as 1 | 3, new Date(made.reviewedAt), plan);
      return made;
    });
    const [first, ...rest] = reviews;
    if (!first) throw new Error('There are three.');
    expect((await review([first])).outcomes).toEqual(['stored']);
    // The first answer did not arrive, so everything is sent again.
    expect((await review(reviews)).outcomes).toEqual(['repeated', 'stored', 'stored']);
    expect((await review(rest)).outcomes).toEqual(['repeated', 'repeated']);
    expect((await cardOf(card.id)).state).toMatchObject({
      reps: 3,
      stability: state.stability,
      state: state.state,
    });
  });

  test('takes reviews back in their order, and keeps them in the history', async () => {
    const card = await added();
    const states = [card.state];
    const made: ReturnType<typeof reviewOf>[] = [];
    for (const rating of [3, 3, 4]) {
      const one = reviewOf(await cardOf(card.id), { rating });
      made.push(one);
      await review([one]);
      states.push((await cardOf(card.id)).state);
    }
    expect((await undo(made[0]?.requestId ?? null)).body).toMatchObject({ outcome: 'conflict' });
    expect((await undo(made[2]?.requestId ?? null, stranger)).body).toEqual({ outcome: 'nothing' });
    for (const index of [2, 1, 0]) {
      const answers = await Promise.all([
        undo(made[index]?.requestId ?? null),
        undo(made[index]?.requestId ?? null),
      ]);
      expect(answers.map(({ body }) => body.outcome).sort()).toEqual(['repeated', 'undone']);
      expect((await cardOf(card.id)).state).toEqual(states[index]);
    }
    expect((await logsOf(card.id)).map(({ undone }) => undone)).toEqual([true, true, true]);
    // Reviewed anew it goes on from there, and the one taken back does not come back.
    expect((await review(made)).outcomes).toEqual(['repeated', 'repeated', 'repeated']);
    expect((await review([reviewOf(await cardOf(card.id))])).outcomes).toEqual(['stored']);
    expect((await undo(null)).body).toMatchObject({ outcome: 'undone', cardId: card.id });
  });

  test('shows, reviews and changes nothing of somebody else', async () => {
    const card = await added();
    expect(await cardsOf([card.id], stranger)).toEqual([]);
    expect((await review([reviewOf(card)], stranger)).outcomes).toEqual(['gone']);
    for (const as of [stranger, null]) {
      const status = as ? 404 : 401;
      expect(await change(card.id, { front: 'Mine' }, as)).toMatchObject({ status });
      expect(await remove(card.id, as)).toMatchObject({ status });
      expect(await changeDeck(card.deckId, { name: 'Mine' }, as)).toMatchObject({ status });
      expect(await api.deck.DELETE({ deckId: card.deckId }, { as })).toMatchObject({ status });
    }
    const other = await add([{ front: 'Own?', back: 'Yes', deck: 'Own' }], { as: stranger });
    const [own] = other.body.flashcardIds;
    const [theirs] = await cardsOf([own], stranger);
    expect((await change(card.id, { deckId: theirs?.deckId })).status).toBe(404);
    expect(await cardOf(card.id)).toMatchObject({ front: card.front, deckId: card.deckId });
  });

  test('refuses reviews that are none', async () => {
    const card = await added();
    for (const fields of [
      { rating: 0 },
      { rating: 5 },
      { requestId: 'x' },
      { reviewedAt: 'yesterday' },
      { durationMs: -1 },
      { expectedReps: -1 },
    ]) {
      expect((await review([reviewOf(card, fields)])).status).toBe(400);
    }
    expect((await review([])).status).toBe(400);
    expect((await review(Array.from({ length: 51 }, () => reviewOf(card)))).status).toBe(400);
    expect(await logsOf(card.id)).toEqual([]);
  });

  test('changes a card, and every card of one text together', async () => {
    const deck = `Edit ${randomUUID()}`;
    const { body } = await add([{ front: '{{c1::A}} and {{c2::B}}', back: '', deck }]);
    const [first, second] = body.flashcardIds;
    expect((await change(first, { front: '{{c1::A}} or {{c2::B}}' })).status).toBe(200);
    expect((await cardsOf([second])).at(0)?.front).toBe('{{c1::A}} or {{c2::B}}');
    expect((await change(first, { front: 'A or {{c2::B}}' })).status).toBe(400);
    expect((await change(first, { suspended: true })).body).toMatchObject({ suspended: true });
    expect((await cardsOf([second])).at(0)?.suspended).toBe(false);
    expect((await change(first, {})).status).toBe(400);
    expect((await remove(first)).status).toBe(204);
    expect((await remove(first)).status).toBe(404);
    expect((await remove('nonsense')).status).toBe(404);
  });

  test('finds cards that were forgotten often, until they are suspended', async () => {
    const [card, other] = [await added(), await added()];
    const lapse = (id: string, lapses: number) =>
      services.query('update public.flashcard set lapses = $2 where id = $1', [id, lapses]);
    const found = async (as = owner) => {
      const { body } = await api.all.GET({}, { query: '?which=leeches', as });
      return body.cards.map(({ id }: CardView) => id);
    };
    await lapse(card.id, LEECH_LAPSES);
    await lapse(other.id, LEECH_LAPSES - 1);
    expect(await found()).toEqual([card.id]);
    expect(await found(stranger)).toEqual([]);
    await change(card.id, { suspended: true });
    expect(await found()).toEqual([]);
  });

  test('finds cards by their words, whatever signs are in them', async () => {
    const deck = `Find ${randomUUID()}`;
    await add([
      { front: '100% of cells, "quoted"?', back: 'a_b', deck },
      { front: 'Other', back: 'No sign', deck },
    ]);
    const find = async (q: string) => (await api.all.GET({}, { query: `?q=${encodeURIComponent(q)}` })).body;
    expect((await find('100% OF')).total).toBe(1);
    expect((await find('a_b')).total).toBe(1);
    expect((await find('%')).total).toBe(1);
    expect((await find('"quoted')).total).toBe(1);
    expect((await find('nothing of the kind')).total).toBe(0);
  });

  test('pulls a deck’s cards in before its exam, and lets them go again', async () => {
    const card = await added();
    await services.query(
      `update public.flashcard set state = 2, stability = 300, difficulty = 5, reps = 5, scheduled_days = 300,
         last_review = now() - interval '1 day', due = now() + interval '299 days' where id = $1`,
      [card.id],
    );
    const examDate = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const patch = (body: Body) => changeDeck(card.deckId, body);
    expect((await patch({ examDate })).body).toEqual({ moved: 1 });
    const pulled = await cardOf(card.id);
    expect(pulled.state.due.slice(0, 10) < examDate).toBe(true);
    expect((await patch({ examDate: null })).body).toEqual({ moved: 1 });
    const freed = await cardOf(card.id);
    expect(Math.round((Date.parse(freed.state.due) - Date.now()) / 86_400_000)).toBe(299);
    expect((await patch({ examDate: '2026-13-40' })).status).toBe(400);
    expect((await patch({})).status).toBe(400);
  });

  test('brings as many new cards and reviews of a deck a day as its student wants, shuffled or as they were added', async () => {
    const deck = `Paced ${randomUUID()}`;
    const { body } = await add(
      Array.from({ length: 30 }, (_, n) => ({ front: `Question ${n}?`, back: 'A', deck })),
    );
    const ids: string[] = body.flashcardIds;
    const { deckId } = await cardOf(ids[0] ?? '');
    const summary = async () =>
      (await api.decks.GET()).body.decks.find(({ id }: { id: string }) => id === deckId);
    const queue = async (): Promise<string[]> => {
      const cards = await reviewQueue(createUserClient(owner.token), {
        deckId,
        now: new Date(),
        ahead: false,
      });
      return cards.cards.map(({ id }) => id);
    };
    expect((await changeDeck(deckId, { newPerDay: 7 })).status).toBe(200);
    expect(await queue()).toEqual(ids.slice(0, 7));
    await changeDeck(deckId, { newOrder: 'shuffled' });
    const shuffled = await queue();
    expect(shuffled).toHaveLength(7);
    expect(shuffled).not.toEqual(ids.slice(0, 7));
    expect(await queue()).toEqual(shuffled);
    await changeDeck(deckId, { newPerDay: 0 });
    await services.query(
      `update public.flashcard set state = 2, stability = 5, difficulty = 5, reps = 1, last_review = now() - interval '9 days',
         due = now() - make_interval(hours => array_position($1::uuid[], id)) where id = any ($1)`,
      [ids.slice(0, 10)],
    );
    await changeDeck(deckId, { reviewsPerDay: 3 });
    // Those due longest come first.
    expect(await queue()).toEqual([9, 8, 7].map((n) => ids[n]));
    expect(await summary()).toMatchObject({
      due: 3,
      newCards: 0,
      newPerDay: 0,
      reviewsPerDay: 3,
      newOrder: 'shuffled',
    });
    expect((await review([reviewOf(await cardOf(ids[9] ?? ''))])).outcomes).toEqual(['stored']);
    expect([await queue(), (await summary()).due]).toEqual([[8, 7].map((n) => ids[n]), 2]);
    await changeDeck(deckId, { reviewsPerDay: null, newPerDay: null });
    const { due, newCards: unseen, ...free } = await summary();
    expect(free).toMatchObject({ newPerDay: null, reviewsPerDay: null });
    expect([due - unseen, unseen > 0]).toEqual([9, true]);
    for (const wrong of [
      { newPerDay: -1 },
      { newPerDay: 501 },
      { reviewsPerDay: 10_000 },
      { newOrder: 'odd' },
    ])
      expect((await changeDeck(deckId, wrong)).status).toBe(400);
    expect((await changeDeck(deckId, { newPerDay: 3 }, stranger)).status).toBe(404);
  });

  test('gives many cards tags at once, each once, finds them by one, and touches nobody else’s', async () => {
    const deck = `Tagged ${randomUUID()}`;
    const { body } = await add(['a', 'b', 'c'].map((front) => ({ front: `${front}?`, back: 'A', deck })));
    const ids: string[] = body.flashcardIds;
    const { deckId } = await cardOf(ids[0] ?? '');
    const tag = async (body: Body, as = owner) => (await api.all.PATCH({}, { as, body })).body.changed;
    const found = async (query: string) =>
      (await api.all.GET({}, { query: `?deck=${deckId}&${query}` })).body;
    expect(await tag({ ids: ids.slice(0, 2), add: ['Exam', ' exam ', 'week 1'] })).toBe(2);
    expect((await cardOf(ids[0] ?? '')).tags).toEqual(['Exam', 'week 1']);
    expect(await tag({ ids: ids.slice(0, 1), add: ['late'], remove: ['EXAM'] })).toBe(1);
    expect(await found('tag=Exam')).toMatchObject({
      total: 1,
      tags: ['Exam', 'late', 'week 1'],
      cards: [{ id: ids[1] }],
    });
    expect((await found('')).total).toBe(3);
    expect(await tag({ ids, add: ['mine'] }, stranger)).toBe(0);
    await tag({ ids: ids.slice(2), add: Array.from({ length: 20 }, (_, n) => `t${n}`) });
    await tag({ ids: ids.slice(2), add: ['one more'] });
    expect((await cardOf(ids[2] ?? '')).tags).toHaveLength(20);
    for (const wrong of [
      { ids },
      { ids: [], add: ['x'] },
      { ids, add: ['x'.repeat(41)] },
      { ids, add: [' '] },
    ])
      expect((await api.all.PATCH({}, { body: wrong })).status).toBe(400);
    expect((await change(ids[0] ?? '', { tags: ['only'] })).body.tags).toEqual(['only']);
  });

  test('has one deck of a name', async () => {
    const name = `One ${randomUUID()}`;
    const make = (named: string, as = owner) => api.decks.POST({}, { as, body: { name: named } });
    expect((await make(name)).status).toBe(201);
    expect((await make(name)).status).toBe(409);
    expect((await make(name, stranger)).status).toBe(201);
    const other = await make(`${name} b`);
    expect(other.status).toBe(201);
    expect((await changeDeck(other.body.id, { name })).status).toBe(409);
    expect((await api.deck.DELETE({ deckId: other.body.id })).status).toBe(204);
  });

  test('forgets the quote of a card with its document, and keeps the card', async () => {
    const [doc] = await services.query<{ id: string }>(
      `insert into public.doc_source (user_id, title, status) values ($1, 'Notes', 'ready') returning id`,
      [owner.id],
    );
    const source = {
      docId: doc?.id,
      ord: 0,
      title: 'Notes',
      page: 1,
      locator: { kind: 'page', index: 1, total: 1, label: null },
      headingPath: [],
      quote: 'a store',
      quoteStart: 0,
      quoteEnd: 7,
    };
    const card = await added({ source });
    expect(card).toMatchObject({ source: { quote: 'a store' }, sourceDocId: doc?.id });
    await services.query('delete from public.doc_source where id = $1', [doc?.id]);
    expect(await cardOf(card.id)).toMatchObject({ source: null, sourceDocId: null, front: card.front });
    const foreign = await added({ source: { ...source, docId: randomUUID() } });
    expect(foreign.source).toBeNull();
  });
});
