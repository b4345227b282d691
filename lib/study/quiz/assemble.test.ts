import { describe, expect, test } from 'vitest';
import { quizItemSchema } from '../../domain/quiz.ts';
import { seeded } from '../../test-random.ts';
import { answerPlaces, chooseItems, isAnswerLongest, siftDrafts, toItems } from './assemble.ts';
import { chiSquare, draftOf, forest, passageOf, QUOTE } from './test-drafts.ts';

function sift(count: number, recentConcepts: string[] = []) {
  const { drafts, passages } = forest(count);
  const byNumber = new Map(passages.map((passage) => [passage.n, passage]));
  return siftDrafts(drafts, { passages: byNumber, placed: [], recentConcepts });
}

describe('positions', () => {
  test('of answers are uniform over 400 quizzes', () => {
    const { sound } = sift(30);
    const counts = [0, 0, 0, 0];
    for (let quiz = 1; quiz <= 400; quiz++) {
      const random = seeded(quiz);
      const n = 1 + (quiz % 13);
      const { chosen } = chooseItems(sound, { n, difficulty: 'mixed' });
      for (const { choices, answer } of toItems(chosen, { topic: 'Trees', random })) {
        const place = choices.findIndex(({ id }) => id === answer);
        counts[place] = (counts[place] ?? 0) + 1;
      }
    }
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(2_500);
    // 7.81 is the 5 % point at three degrees of freedom.
    expect(chiSquare(counts)).toBeLessThan(7.81);
  });

  test('of the first answer alone are uniform too, and so are those of each wrong choice', () => {
    const first = [0, 0, 0, 0];
    const wrong = [0, 0, 0, 0];
    const { sound } = sift(2);
    for (let quiz = 1; quiz <= 400; quiz++) {
      const [item] = toItems(sound, { topic: 'Trees', random: seeded(quiz) });
      const answerPlace = item?.choices.findIndex(({ why }) => why === null) ?? -1;
      const wrongText = sound[0]?.draft.distractors[0]?.text ?? '';
      const wrongPlace = item?.choices.findIndex(({ text }) => text.toLowerCase() === wrongText) ?? -1;
      first[answerPlace] = (first[answerPlace] ?? 0) + 1;
      wrong[wrongPlace] = (wrong[wrongPlace] ?? 0) + 1;
    }
    expect(chiSquare(first)).toBeLessThan(7.81);
    expect(chiSquare(wrong)).toBeLessThan(7.81);
  });

  test('are dealt so that every four in a row use every place once', () => {
    const places = answerPlaces(50, seeded(7));
    expect(places).toHaveLength(50);
    for (let start = 0; start < 48; start += 4) {
      expect([...places.slice(start, start + 4)].sort()).toEqual([0, 1, 2, 3]);
    }
  });
});

describe('items', () => {
  test('hold what the student is told and the proof, in the shape that is stored', () => {
    const { sound } = siftDrafts([draftOf()], {
      passages: new Map([[1, passageOf(`Before. ${QUOTE} After.`)]]),
      placed: [],
      recentConcepts: [],
    });
    const [item] = toItems(sound, { topic: 'memory', random: seeded(1) });
    expect(quizItemSchema.parse(item)).toEqual(item);
    expect(item?.choices.find(({ id }) => id === item.answer)).toMatchObject({
      text: 'Proactive interference',
      why: null,
    });
    expect(item?.choices.filter(({ why }) => why !== null)).toHaveLength(3);
    expect(item).toMatchObject({
      id: 'q1',
      topic: 'Forgetting',
      concept: 'proactive interference',
      source: {
        quote: QUOTE,
        quoteStart: 5_008,
        quoteEnd: 5_008 + QUOTE.length,
        page: 12,
        title: 'Psychology',
      },
    });
  });

  test('of fifty questions have different ids', () => {
    const items = toItems(sift(50).sound, { topic: 'Trees', random: seeded(3) });
    expect(new Set(items.map(({ id }) => id)).size).toBe(50);
    for (const { choices, answer } of items) {
      expect(new Set(choices.map(({ id }) => id)).size).toBe(4);
      expect(choices.some(({ id }) => id === answer)).toBe(true);
    }
  });

  test('keep letters that have a meaning of their own small', () => {
    const draft = draftOf({
      answer: 'mRNA',
      distractors: ['tRNA', 'rRNA', 'siRNA'].map((text) => ({ text, why: 'x' })),
    });
    const { sound } = sift(1);
    const items = toItems(
      sound.map((one) => ({ ...one, draft })),
      { topic: 'x', random: seeded(1) },
    );
    expect(items[0]?.choices.map(({ text }) => text).sort()).toEqual(['mRNA', 'rRNA', 'siRNA', 'tRNA']);
  });

  test('take their topic from the innermost heading that has a subject', () => {
    const [one] = sift(1).sound;
    if (!one) throw new Error('Nothing was sound.');
    const topicUnder = (headingPath: string[]) =>
      toItems([{ ...one, source: { ...one.source, headingPath } }], { topic: 'asked', random: seeded(1) })[0]
        ?.topic;
    expect(topicUnder(['8 Memory', 'Summary'])).toBe('Memory');
    expect(topicUnder([])).toBe('asked');
  });
});

describe('choosing', () => {
  test('rejects a draft whose passage was never given', () => {
    const sifted = siftDrafts([draftOf({ passage: 99 })], {
      passages: new Map(),
      placed: [],
      recentConcepts: [],
    });
    expect(sifted).toMatchObject({ sound: [], rejected: [{ rule: 'R3' }] });
  });

  test('takes concepts that were not asked lately first', () => {
    const { drafts } = forest(6);
    const recent = drafts.slice(0, 3).map(({ concept }) => concept.toUpperCase());
    const { chosen } = chooseItems(sift(6, recent).sound, { n: 3, difficulty: 'mixed' });
    expect(chosen.every(({ isFresh }) => isFresh)).toBe(true);
    expect(chooseItems(sift(6, recent).sound, { n: 6, difficulty: 'mixed' }).chosen).toHaveLength(6);
  });

  test('takes the asked difficulty first', () => {
    const sound = sift(8).sound.map((one, index) => ({
      ...one,
      draft: { ...one.draft, difficulty: index % 2 === 0 ? ('hard' as const) : ('easy' as const) },
    }));
    const { chosen } = chooseItems(sound, { n: 4, difficulty: 'hard' });
    expect(chosen.map(({ draft }) => draft.difficulty)).toEqual(['hard', 'hard', 'hard', 'hard']);
  });

  test('never lets the longest choice be right in more than three of ten', () => {
    const sound = sift(20).sound.map((one) => ({
      ...one,
      draft: { ...one.draft, answer: `${one.draft.answer} xxxx` },
    }));
    expect(sound.filter(({ draft }) => isAnswerLongest(draft)).length).toBeGreaterThan(15);
    const { chosen, surplus } = chooseItems(sound, { n: 10, difficulty: 'mixed' });
    expect(chosen.filter(({ draft }) => isAnswerLongest(draft))).toHaveLength(3);
    expect(chosen.length + surplus.length).toBe(sound.length);
  });
});
