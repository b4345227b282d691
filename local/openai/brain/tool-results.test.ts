import { describe, expect, it } from 'vitest';
import { describeResult, failureOf } from './tool-results.ts';

const step = (name: string, result: unknown, args: Record<string, unknown> = {}) => ({
  name,
  args,
  result: typeof result === 'string' ? result : JSON.stringify(result),
});
const say = (name: string, result: unknown, args: Record<string, unknown> = {}) =>
  describeResult(step(name, result, args));

describe('what is said of a result', () => {
  it('names the shortfall of a quiz', () => {
    const quiz = { topic: 'mitosis', asked: 10, made: 7, minutes: 5, items: [{}, {}] };
    expect(say('generateQuiz', quiz)).toBe(
      'Your quiz on mitosis is ready with 7 of 10 questions, about 5 minutes: your notes hold no more sound ones. Ask about a wider part of them for more.',
    );
    expect(say('generateQuiz', { ...quiz, made: 10 })).toBe(
      'Your quiz on mitosis is ready: 10 questions, about 5 minutes.',
    );
    expect(say('generateQuiz', { topic: 'x', made: 0, asked: 5 })).toContain('nothing on x');
  });

  it('counts cards and those that were there already', () => {
    expect(say('addFlashcards', { count: 8, decks: ['Cells'], alreadyThereCount: 2 })).toBe(
      'I made 8 cards for the deck “Cells”. Keep, change or drop each of them. 2 cards were in your deck already.',
    );
    expect(say('addFlashcards', { count: 0, alreadyThereCount: 3 })).toContain(
      '3 cards are in your deck already',
    );
  });

  it('tells the plan with its first warning', () => {
    const plan = {
      title: 'Biology until 12 December',
      deadline: '2026-12-12',
      weekCount: 3,
      timePerDayMin: 30,
      daysPerWeek: 5,
      fits: { ok: false },
      warnings: ['It does not all fit: I left out genetics.'],
      dropFirst: 'Drop evolution first',
    };
    expect(say('createStudyPlan', plan)).toBe(
      'Your plan is ready: Biology until 12 December, 3 weeks until 2026-12-12, 30 minutes on 5 days a week. It does not all fit: I left out genetics. Drop evolution first.',
    );
  });

  it('takes the profile’s own sentence, and says what would help where there is none', () => {
    expect(say('buildLearningProfile', { summary: 'Strong in cells.' })).toBe('Strong in cells.');
    expect(say('buildLearningProfile', { strengths: [], weaknesses: [] })).toContain('too little to judge');
  });

  it('names people, and what would help when there are none', () => {
    const candidates = [
      { userId: 'a', displayName: 'Maya', score: 0.82, reason: 'You share biology' },
      { userId: 'b', displayName: 'Ben', score: 0.7 },
    ];
    expect(say('matchCandidates', { candidates })).toBe(
      'Maya fits you best (82%). You share biology. After that: Ben.',
    );
    expect(say('matchCandidates', { candidates: [], hint: 'Add your subjects under You.' })).toBe(
      'Add your subjects under You.',
    );
    expect(
      say('getOnlineUsers', {
        total: 2,
        users: [
          { displayName: 'Maya', currentActivity: 'available' },
          { displayName: 'Ben', currentActivity: 'idle' },
        ],
      }),
    ).toBe('2 students are here now: Maya (free to study) and Ben.');
    expect(say('getOnlineUsers', { total: 0, users: [] })).toContain('Nobody you can see is here');
  });

  it('tells how two fit and when they could meet', () => {
    const insight = {
      displayName: 'Maya',
      compatibilityScore: 0.824,
      verdict: 'A good fit for biology.',
      risks: ['Different time zones'],
      canStudyNow: false,
      nextBestTimes: [{ whenMine: 'Monday 18:00' }],
    };
    expect(say('matchInsight', insight)).toBe(
      'You and Maya fit 82%. A good fit for biology. Worth knowing: Different time zones. The next good time is Monday 18:00.',
    );
  });

  it('gives times on the clock, one’s own and others’', () => {
    expect(
      say('getAvailability', { displayName: 'Ben', inWords: ['Monday 18:00–20:00'] }, { targetUserId: 'b' }),
    ).toBe('Ben is free: Monday 18:00–20:00.');
    expect(say('getAvailability', { displayName: 'the student', windows: [] }, { dow: 5 })).toContain(
      'You have set no free times on Friday',
    );
  });

  it('names whom a nudge went to, and when nothing went', () => {
    expect(say('sendNudge', { success: true, displayName: 'Maya Lind' })).toBe('Sent to Maya Lind.');
    expect(say('sendNudge', { success: true, duplicate: true })).toContain('nothing again');
  });

  it('shows a summary and what stands beside it', () => {
    expect(
      say('summarizeSession', { summary: 'Water moves.', keyPoints: ['a', 'b'], tasks: [], flashcards: 3 }),
    ).toBe('Water moves. Beside it: 2 key points and 3 flashcards. Nothing is saved until you save it.');
  });

  it('has a sentence for results of no known shape', () => {
    for (const name of ['generateQuiz', 'matchInsight', 'getAvailability', 'sendNudge', 'newTool'])
      expect(say(name, 'not json').length).toBeGreaterThan(4);
  });
});

describe('a failure', () => {
  it('is told in the tool’s own sentence', () => {
    const failure = { ok: false, code: 'no_material', message: 'Your notes say nothing about “x”' };
    expect(failureOf(step('generateQuiz', failure))).toBe('Your notes say nothing about “x”.');
    expect(
      failureOf(step('generateQuiz', { ok: false, code: 'invalid_request', message: '✖ Too big\n  → at n' })),
    ).toBe('Too big (n).');
  });

  it('is not found in the words of a note', () => {
    expect(
      failureOf(step('searchNotes', 'evidence: strong\n<passage n="1">The claim x.</passage>')),
    ).toBeNull();
    expect(failureOf(step('generateQuiz', { topic: 'why it was denied', made: 3 }))).toBeNull();
  });
});
