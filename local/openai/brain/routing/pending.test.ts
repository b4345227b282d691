import { describe, expect, it } from 'vitest';
import { route } from './route.ts';
import { STATE as SENTENCES_STATE } from './test-state.ts';
import type { Route, State } from './types.ts';

const STATE: State = { ...SENTENCES_STATE, conversation: '' };

/** Says one thing after another, each an answer to the question before it. */
function talk(...said: string[]): Route {
  let state = STATE;
  let last: Route = { kind: 'talk', about: 'empty' };
  for (const sentence of said) {
    last = route(sentence, state);
    state = last.kind === 'ask' ? { ...STATE, pending: last.pending } : STATE;
  }
  return last;
}

describe('the answer to our own question', () => {
  it.each([
    [['quiz me', 'photosynthesis, 8 hard ones'], { topic: 'photosynthesis', n: 8, difficulty: 'hard' }],
    [['quiz me', 'on the French Revolution please'], { topic: 'French Revolution', n: 10 }],
    [['quiz me', 'surprise me'], { topic: 'all my notes' }],
    [['quiz me', 'no wait, 5 questions on osmosis'], { topic: 'osmosis', n: 5 }],
    [
      ['make a study plan', 'biology and chemistry, 30 min a day until 12 december'],
      { goals: ['biology', 'chemistry'], timePerDayMin: 30, deadline: '2026-12-12' },
    ],
    [
      ['make a plan', 'statistics', 'an hour, only on saturdays'],
      { goals: ['statistics'], timePerDayMin: 60, daysPerWeek: 1, weekdays: [6] },
    ],
    [
      ['exam on 12 December, 40 minutes on weekdays', 'genetics and evolution'],
      { goals: ['genetics', 'evolution'], timePerDayMin: 40, daysPerWeek: 5, weekdays: [1, 2, 3, 4, 5] },
    ],
    [
      ['study plan for algebra, 30 minutes a day until 1 November 2025', '10 december'],
      { deadline: '2026-12-10' },
    ],
    [['send a nudge', 'to ben please'], { toUserId: 'u-ben' }],
    [['how compatible am I with Zoltan', 'sorry, I meant Ben'], { candidateId: 'u-ben' }],
  ])('%j fills %j', (said, args) => {
    const last = talk(...said);
    if (last.kind !== 'call') throw new Error(JSON.stringify(last));
    expect(last.calls.at(-1)?.args).toMatchObject(args);
  });

  it.each([
    [['quiz me', 'what is osmosis?'], 'searchNotes'],
    [['quiz me', 'actually make flashcards about osmosis'], 'searchNotes'],
    [['make a study plan', 'quiz me on torts'], 'generateQuiz'],
    [['send a nudge', 'who is online?'], 'getOnlineUsers'],
  ])('%j is a change of mind', (said, tool) => {
    const last = talk(...said);
    expect(last.kind === 'call' ? last.calls[0]?.tool : last.kind).toBe(tool);
  });

  it('is asked for again when nobody bears the name', () => {
    expect(talk('send a nudge', 'Zoltan')).toMatchObject({ kind: 'ask', pending: { missing: 'toUserId' } });
  });

  it('may be no', () => {
    expect(talk('quiz me', 'never mind')).toMatchObject({ kind: 'talk' });
  });
});
