import { describe, expect, it } from 'vitest';
import { askFor, assistant, offer, searchResult, user } from '../test-client.ts';
import type { Turn } from '../wire/types.ts';
import { createStudyBrain } from './index.ts';
import { TOOL_NAMES } from './routing/types.ts';

const brain = createStudyBrain();
const TOOLS = offer(...TOOL_NAMES);
const FAILED = '{"ok":false,"code":"timeout","message":"This took too long. Try again."}';

/** Runs a turn to its end: each call the brain makes is answered with what its tool would give. */
function runTurn(said: string, results: Record<string, string>) {
  const turns: Turn[] = [user(said)];
  const calls: { name: string; args: Record<string, unknown> }[] = [];
  for (let i = 0; i < 8; i++) {
    const say = brain.decide(askFor(turns, { tools: TOOLS }));
    const call = say.calls?.[0];
    if (!call) return { calls, text: say.text ?? '' };
    calls.push(call);
    const callId = `call_${i}`;
    turns.push(
      { role: 'call', callId, name: call.name, args: JSON.stringify(call.args) },
      { role: 'tool', callId, name: call.name, text: results[call.name] ?? '{}' },
    );
  }
  throw new Error('The turn did not end.');
}

const names = (calls: { name: string }[]): string[] => calls.map(({ name }) => name);

const PROFILE = JSON.stringify({
  summary: 'You are strong in enzymes. Osmosis needs work.',
  strengths: ['enzymes'],
  weaknesses: ['osmosis', 'diffusion'],
  recommendedFocus: [{ topic: 'osmosis', reason: '2 of 8' }],
});
const NO_PROFILE = JSON.stringify({ strengths: [], weaknesses: [], recommendedFocus: [] });
const QUIZ = JSON.stringify({ quizId: 'q', topic: 'osmosis', asked: 10, made: 7, minutes: 5, items: [] });
const PASSAGES = searchResult([
  'Osmosis is the movement of water through a membrane that lets only small molecules pass.\n\nDiffusion is the spreading of particles from where there are many to where there are few.',
]);

describe('a turn of several steps', () => {
  it('quizzes on the weakest topic that the profile names', () => {
    const { calls, text } = runTurn('quiz me on my weakest topic', {
      buildLearningProfile: PROFILE,
      generateQuiz: QUIZ,
    });
    expect(names(calls)).toEqual(['buildLearningProfile', 'generateQuiz']);
    expect(calls[1]?.args).toMatchObject({ topic: 'osmosis', difficulty: 'mixed', n: 10 });
    expect(text).toContain('7 of 10 questions');
  });

  it('hands the weak spots of the profile to the plan', () => {
    const { calls } = runTurn('check my weak spots, then make a plan for biology, 30 min a day on weekdays', {
      buildLearningProfile: PROFILE,
      createStudyPlan: '{"planId":"p","title":"Biology","weekCount":4}',
    });
    expect(names(calls)).toEqual(['buildLearningProfile', 'createStudyPlan']);
    expect(calls[1]?.args).toMatchObject({
      goals: ['biology'],
      timePerDayMin: 30,
      daysPerWeek: 5,
      knownWeakSpots: ['osmosis', 'diffusion'],
    });
  });

  it('makes cards from what went wrong, each with its passage and verbatim quote', () => {
    const { calls, text } = runTurn('make cards from what I got wrong', {
      buildLearningProfile: PROFILE,
      searchNotes: PASSAGES,
      addFlashcards: '{"count":2,"decks":["Notes"],"alreadyThereCount":1}',
    });
    expect(names(calls)).toEqual(['buildLearningProfile', 'searchNotes', 'addFlashcards']);
    expect(calls[1]?.args.query).toBe('osmosis, diffusion');
    expect(text).toContain('I made 2 cards');
    expect(text).toContain('1 card was in your deck already');
  });

  it('explains the best of the partners it found', () => {
    const { calls } = runTurn('find me a study partner and tell me how well the best one fits', {
      matchCandidates: '{"candidates":[{"userId":"u-9","displayName":"Ines","score":0.8}]}',
      matchInsight: '{"displayName":"Ines","compatibilityScore":0.8}',
    });
    expect(names(calls)).toEqual(['matchCandidates', 'matchInsight']);
  });

  it('keeps the order and makes no more than four calls', () => {
    const { calls } = runTurn('summarize chapter 4 and then quiz me on it', {
      searchNotes: PASSAGES,
      summarizeSession: '{"summary":"Water moves.","keyPoints":["a"],"tasks":[],"flashcards":2}',
      generateQuiz: QUIZ,
    });
    expect(names(calls)).toEqual(['searchNotes', 'summarizeSession', 'generateQuiz']);
    expect(calls[2]?.args.topic).toBe('chapter 4');
  });

  it('goes on with what does not depend on the step that failed, and says what failed', () => {
    const { calls, text } = runTurn('summarize chapter 4 and then quiz me on it', {
      searchNotes: FAILED,
      generateQuiz: QUIZ,
    });
    expect(names(calls)).toEqual(['searchNotes', 'generateQuiz']);
    expect(text).toContain('This took too long.');
    expect(text).toContain('7 of 10');
  });

  it('stops where the next step would stand on nothing', () => {
    const { calls, text } = runTurn('quiz me on my weakest topic', { buildLearningProfile: NO_PROFILE });
    expect(names(calls)).toEqual(['buildLearningProfile']);
    expect(text).toContain('too little to judge');
    expect(text).toContain('Name a topic');
  });

  it('says what is missing when the notes hold nothing to make cards of', () => {
    const { calls, text } = runTurn('make flashcards about osmosis', {
      searchNotes: 'evidence: none\nmissing: osmosis',
    });
    expect(names(calls)).toEqual(['searchNotes']);
    expect(text).toMatch(/osmosis/);
  });

  it('takes a refused approval as a no', () => {
    const { text } = runTurn('nudge Maya', { sendNudge: 'Tool execution denied.' });
    expect(text).toBe('All right, nothing was sent.');
  });
});

describe('people', () => {
  it('are known by the names that a result brought', () => {
    const turns: Turn[] = [
      user('who is online?'),
      { role: 'call', callId: 'c', name: 'getOnlineUsers', args: '{}' },
      {
        role: 'tool',
        callId: 'c',
        name: 'getOnlineUsers',
        text: '{"total":1,"users":[{"userId":"u-77","displayName":"Lena Roth","currentActivity":"available"}]}',
      },
      assistant('1 student is here now: Lena Roth (free to study).'),
      user('ask lena if she wants to study tonight'),
    ];
    const say = brain.decide(askFor(turns, { tools: TOOLS }));
    expect(say.calls?.[0]).toMatchObject({
      name: 'sendNudge',
      args: { toUserId: 'u-77', message: 'Do you want to study tonight?', nudgeType: 'study_invite' },
    });
  });

  it('are asked for when nobody bears the name', () => {
    expect(brain.decide(askFor([user('nudge Zoltan')], { tools: TOOLS })).text).toContain('I know no Zoltan');
  });
});

describe('without a call', () => {
  it.each(['make a quiz', 'tell me a joke', 'how are you?', 'thanks', 'what can you do?'])(
    '“%s” is never answered as if something had been done',
    (said) => {
      const { calls, text } = brain.decide(askFor([user(said)], { tools: TOOLS }));
      expect(calls).toBeUndefined();
      expect(text).not.toMatch(/\b(?:I have (?:opened|made|sent|added)|is ready|I made|Sent to)\b/);
    },
  );

  it('lists in one line what it can do', () => {
    const { text } = brain.decide(askFor([user('what can you do?')], { tools: TOOLS }));
    expect(text).toMatch(/quizzes.*flashcards.*plan.*partners/);
    expect(text).not.toContain('\n');
  });
});
