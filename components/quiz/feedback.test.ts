import { describe, expect, test } from 'vitest';
import type { AttemptAnswer, Confidence } from '@/lib/domain/quiz';
import { toItems } from '@/lib/study/quiz/assemble';
import { askedQuiz, solutionOf } from '@/lib/study/quiz/disclose';
import { draftOf, passageOf, QUOTE } from '@/lib/study/quiz/test-drafts';
import { sourceOf } from '@/lib/study/source';
import { seeded } from '@/lib/test-random';
import { feedbackOf, firstSentence } from './feedback';

function setUp(kind: string | null = null, explanation?: string) {
  const source = sourceOf(passageOf(QUOTE), QUOTE);
  if (!source) throw new Error('The quote was not found.');
  const draft = draftOf({ kind, ...(explanation === undefined ? {} : { explanation }) });
  const [item] = toItems([{ draft, source, isFresh: true }], { topic: 'x', random: seeded(1) });
  if (!item) throw new Error('No item.');
  const quiz = {
    id: 'q',
    topic: 'x',
    difficulty: 'mixed' as const,
    createdAt: '',
    threadId: null,
    finishedAttempts: 0,
  };
  const [asked] = askedQuiz({ ...quiz, items: [item], attempt: null, reported: [] }).items;
  if (!asked) throw new Error('No item.');
  const wrong = item.choices.find(({ id }) => id !== item.answer);
  const tell = (optionId: string | null, confidence: Confidence | null = 'fairly') => {
    const correct = optionId === item.answer;
    const answer: AttemptAnswer = {
      itemId: item.id,
      optionId,
      confidence,
      correct,
      answeredAt: '',
      durationMs: null,
    };
    return feedbackOf(asked, solutionOf(item), answer);
  };
  return { item, wrong, tell };
}

describe('feedback', () => {
  test('says the idea as its headline and the reason of the chosen mistake first', () => {
    const { item, wrong, tell } = setUp();
    const feedback = tell(wrong?.id ?? '');
    expect(feedback).toMatchObject({
      headline: item.explanation.replace(/\.$/, ''),
      why: wrong?.why,
      explanation: '',
    });
    expect(feedback.others).toHaveLength(2);
    expect(feedback.announcement).toBe('Not this one. The right answer is Proactive interference.');
  });

  test('of a swapped pair is that it is the other way round', () => {
    const { item, wrong, tell } = setUp('contrast');
    expect(tell(wrong?.id ?? '')).toMatchObject({
      headline: 'It is the other way round',
      explanation: item.explanation,
    });
    expect(tell(item.answer).headline).not.toContain('other way');
  });

  test('tells a right guess, a right answer and a skip apart without colour', () => {
    const { item, tell } = setUp(null, `${'A very long explanation that goes on '.repeat(4)}.`);
    expect(tell(item.answer).headline).toBe('Right');
    expect(tell(item.answer, 'guessing').announcement).toBe('Right, by a guess.');
    expect(tell(null, null)).toMatchObject({ headline: 'The answer is Proactive interference', why: null });
    expect(tell(null, null).announcement).toBe('Skipped. The right answer is Proactive interference.');
    expect(tell(null, null).others).toHaveLength(3);
  });
});

test.each([
  ['It is 3.5 cm. Then more.', 'It is 3.5 cm.', 'Then more.'],
  ['One sentence only', 'One sentence only', ''],
  ['光合作用释放氧气。然后更多。', '光合作用释放氧气。', '然后更多。'],
  ['Then $a. B$ holds. More.', 'Then $a. B$ holds. More.', ''],
])('cuts “%s” after its first sentence', (text, first, rest) => {
  expect(firstSentence(text)).toEqual({ first, rest });
});

test('does not repeat the quote that stands marked below', () => {
  const { item, wrong, tell } = setUp(null, `This is proactive interference. The notes say: “${QUOTE}”`);
  expect(tell(wrong?.id ?? '')).toMatchObject({
    headline: 'This is proactive interference',
    explanation: '',
  });
  const bare = setUp(null, `The notes say: “${QUOTE}”`);
  expect(bare.tell(bare.wrong?.id ?? '')).toMatchObject({
    headline: 'The answer is Proactive interference',
    explanation: '',
  });
  expect(bare.tell(item.answer).headline).toBe('Right');
});
