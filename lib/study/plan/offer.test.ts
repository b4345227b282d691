import { describe, expect, test } from 'vitest';
import { buildPlan } from './build.ts';
import { leftAsItIs, offerOf } from './offer.ts';
import { facts, request } from './test-plans.ts';

const TODAY = '2026-11-20';
const wish = request({ goals: ['encoding', 'interference'] });
const mastery = (average: number, topic = 'Interference') => [
  { topic, average, answers: 12, certainty: 0.75, contestedAt: null },
];
const planned = buildPlan(wish, facts());
const anew = (known: ReturnType<typeof mastery>, previous = planned) =>
  buildPlan(wish, facts({ mastery: known }), { previous });

describe('another plan is offered', () => {
  test('after a bad quiz, with why and what would change', () => {
    const offer = offerOf(planned, anew(mastery(0.2)), TODAY);
    expect(offer?.reasons).toEqual(['interference: 20% over 12 answers, weaker than when this was planned.']);
    const changed = offer?.goals.find(({ goal }) => goal === 'interference');
    const isOtherWeek = (offer?.comes.length ?? 0) + (offer?.goes.length ?? 0) > 0;
    expect((changed !== undefined && changed.after !== changed.before) || isOtherWeek).toBe(true);
  });

  test.each([
    ['nothing new is known', []],
    ['what is new changes little', mastery(0.75)],
    ['what is new is about something else', mastery(0.1, 'Geology')],
  ])('not while %s', (_, known) => {
    expect(offerOf(planned, anew(known), TODAY)).toBeNull();
  });

  test('not again for what it was planned with, or left in spite of', () => {
    const weak = mastery(0.2);
    const after = anew(weak);
    expect(offerOf(after, anew(weak, after), TODAY)).toBeNull();
    const left = leftAsItIs(planned, after);
    expect(left.weekBlocks).toBe(planned.weekBlocks);
    expect(offerOf(left, anew(weak, left), TODAY)).toBeNull();
  });
});
