import { readDayOfWeek } from '../slots/days.ts';
import { readMinutesPerDay } from '../slots/minutes.ts';
import { terms } from '../text/terms.ts';
import { ABOUT_US } from './acts.ts';
import { findPerson, nameless } from './people.ts';
import { addFlashcards } from './tools/add-flashcards.ts';
import { buildLearningProfile } from './tools/build-learning-profile.ts';
import { createStudyPlan } from './tools/create-study-plan.ts';
import { generateQuiz } from './tools/generate-quiz.ts';
import { getAvailability } from './tools/get-availability.ts';
import { getOnlineUsers } from './tools/get-online-users.ts';
import { matchCandidates } from './tools/match-candidates.ts';
import { matchInsight } from './tools/match-insight.ts';
import { searchNotes } from './tools/search-notes.ts';
import { sendNudge } from './tools/send-nudge.ts';
import { summarizeSession } from './tools/summarize-session.ts';
import type { Person, State, ToolName, ToolRules } from './types.ts';
import { ELSEWHERE, isPersonal, NO_PLAN, NOT_A_REQUEST, OWN_PLAN, REVIEW, STUDY, WRITING } from './vetoes.ts';
import { LEAD, matches, NOTES } from './vocabulary.ts';
import { isReport, isWish } from './wishes.ts';

export const RULES: Record<ToolName, ToolRules> = {
  searchNotes,
  summarizeSession,
  generateQuiz,
  addFlashcards,
  buildLearningProfile,
  createStudyPlan,
  matchCandidates,
  matchInsight,
  getOnlineUsers,
  getAvailability,
  sendNudge,
};

type Scores = Map<ToolName, number>;

/** Several ways of asking for one tool in one sentence make it a little surer. */
const SECOND_FRAME = 0.2;
/** With a frame this clear, hints are not asked. */
const CLEAR = 2;

/** How sure each tool is that the sentence, with its names taken out, asks for it. */
export function scoreTools(say: string, state: State): Scores {
  // What is quoted is looked for or passed on, and orders nothing.
  const plain = nameless(say, state).replace(/"[^"\n]{12,}"/g, '"…"');
  const scores: Scores = new Map();
  const rules = Object.values(RULES);
  for (const { tool, frames, weigh } of rules) {
    for (const found of frames) {
      if (!matches(found, plain)) continue;
      const before = scores.get(tool);
      scores.set(tool, before === undefined ? found.weight : Math.max(before, found.weight) + SECOND_FRAME);
    }
    const bySlots = weigh?.(plain, state) ?? 0;
    if (bySlots > 0) scores.set(tool, Math.max(scores.get(tool) ?? 0, bySlots));
  }
  const isClear = [...scores.values()].some((weight) => weight >= CLEAR);
  if (!isClear && isWish(plain))
    for (const { tool, hints = [] } of rules)
      for (const hint of hints)
        if (matches(hint, plain)) scores.set(tool, Math.max(scores.get(tool) ?? 0, hint.weight));
  return scores;
}

/** The tool that a clause asks for, or none. */
export function chooseTool(clause: string, state: State): ToolName | undefined {
  const say = clause.replace(LEAD, '');
  if (/^what if\b/i.test(say)) return undefined;
  const person = findPerson(say, state);
  const scores = scoreTools(say, state);
  dropWhatIsNotAsked(scores, say, nameless(say, state));
  if (ELSEWHERE.test(say) && !isLongQuestion(say) && !concernsUs(say, scores, person)) return undefined;
  if (WRITING.test(say) && !asksForStudyMaterial(scores)) return undefined;
  settleRivals(scores, say, person, readDayOfWeek(say, state.now));
  const [top] = [...scores].sort((a, b) => b[1] - a[1]);
  if (!top) return undefined;
  const [tool, weight] = top;
  const isGuess = tool === 'searchNotes' && weight < 2;
  if (
    isGuess &&
    (ABOUT_US.test(say) ||
      isPersonal(say) ||
      /^(?:the|a|what an?|how (?:nice|cool|sad|funny|weird))\b(?!.*\?$)/i.test(say))
  )
    return undefined;
  return tool;
}

function dropWhatIsNotAsked(scores: Scores, say: string, plain: string): void {
  if (WORLD.test(say) && !STUDENT.test(plain))
    for (const tool of ['generateQuiz', 'matchCandidates', 'getAvailability'] as const) scores.delete(tool);
  if (REVIEW.test(say)) scores.delete('addFlashcards');
  if (OWN_PLAN.test(say)) scores.delete('createStudyPlan');
  if (!isWish(plain)) for (const tool of CHANGING) scores.delete(tool);
  if (isReport(plain)) {
    const plan = scores.get('createStudyPlan');
    scores.clear();
    // "exam on Friday, I have an hour a day" tells what a plan needs, and means one.
    if (plan && (readMinutesPerDay(say) !== undefined || /\bno plan\b/i.test(say)))
      scores.set('createStudyPlan', plan);
  }
  if (!NOT_A_REQUEST.test(say)) return;
  const plan = scores.get('createStudyPlan') ?? 0;
  const wantsPlan =
    (plan >= 3 && !NO_PLAN.test(say)) || (plan >= 2.4 && readMinutesPerDay(say) !== undefined);
  for (const tool of ['generateQuiz', 'addFlashcards', 'sendNudge', 'summarizeSession'] as const)
    scores.delete(tool);
  if (!wantsPlan) scores.delete('createStudyPlan');
  if (
    /^(?:(?:can|could|do|are|how) (?:you|i|we|do|does|not|flash|quiz)|what(?:'s| is| are)|please don't|don't|does|is)\b/i.test(
      say,
    ) &&
    (scores.get('searchNotes') ?? 9) < 2
  )
    scores.delete('searchNotes');
}

/** A question about the world, and who has to stand in one before it asks for more than the notes. */
const WORLD =
  /^(?:(?:(?:in|on|at|of|for|to|from|by|with|under) )?(?:who|whom|whose|what|which|where|when|why|how)\b|(?:an?|the) .*\b(?:is|are|was|were|has|have|does|did)\b.*\?$)/iu;
const STUDENT =
  /\b(?:i|i'm|i've|me|my|mine|we|us|our|you|your|else|free|someone|anyone|somebody|anybody|class ?mates?|study|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|tonight)\b|[§¤]/iu;

/** What makes or changes something is done only for somebody who wants it. */
const CHANGING = ['generateQuiz', 'addFlashcards', 'summarizeSession', 'buildLearningProfile'] as const;

/** Orders to other assistants are short; a long question only mentions such a thing in passing. */
const isLongQuestion = (say: string): boolean => /[?？]\s*$/.test(say) && terms(say).length >= 7;

const OWN_NOTES = new RegExp(String.raw`\bmy (?:\w+ )?${NOTES}\b`, 'iu');

function concernsUs(say: string, scores: Scores, person: Partial<Person>): boolean {
  const somebody = scores.has('sendNudge') || scores.has('getAvailability') || scores.has('matchInsight');
  if (person.id || (person.name && somebody)) return true;
  return STUDY.test(say) || OWN_NOTES.test(say);
}

const asksForStudyMaterial = (scores: Scores): boolean =>
  (scores.get('generateQuiz') ?? 0) >= 2.5 ||
  scores.has('addFlashcards') ||
  scores.has('createStudyPlan') ||
  scores.has('sendNudge');

const LEVELS_OF_MATCH =
  /\bcompatib\w+(?! ?(?:partner|people|student|budd|class|with (?:some|any)))\b|\bmatch (?:insight|score)/i;
const BEST_OF_THEM = /\b(?:best|first|top) (?:one|match|candidate|partner|of them)\b/i;

/** Where two tools share words, something in the sentence says which is meant. */
function settleRivals(scores: Scores, say: string, person: Partial<Person>, day: number | undefined): void {
  const has = (tool: ToolName): boolean => scores.has(tool);
  const weight = (tool: ToolName): number => scores.get(tool) ?? 0;
  const somebody = Boolean(person.id ?? person.name);
  if (has('matchInsight') && !somebody && !LEVELS_OF_MATCH.test(say) && !BEST_OF_THEM.test(say))
    scores.delete('matchInsight');
  if (has('getAvailability') && !somebody && day === undefined && !OWN_OR_ANYONES_TIME.test(say))
    scores.delete('getAvailability');
  if (has('getAvailability') && has('getOnlineUsers') && day === undefined && !somebody)
    scores.delete('getAvailability');
  if (somebody && (has('getAvailability') || has('sendNudge')) && readMinutesPerDay(say) === undefined)
    scores.delete('createStudyPlan');
  if (has('matchCandidates') && has('getOnlineUsers')) {
    const speaksOfNow =
      /\b(?:online|now|around|active|currently|awake|tonight|here|at the moment|available)\b/i.test(say);
    scores.delete(speaksOfNow ? 'matchCandidates' : 'getOnlineUsers');
  }
  if (
    has('createStudyPlan') &&
    has('buildLearningProfile') &&
    (readMinutesPerDay(say) !== undefined || weight('createStudyPlan') >= 3)
  )
    scores.delete('buildLearningProfile');
  // "finish my notes on X by Friday, 50 min daily": so many minutes until then is a plan, and no question.
  if (has('createStudyPlan') && readMinutesPerDay(say) !== undefined && weight('createStudyPlan') >= CLEAR)
    scores.delete('searchNotes');
  if (RESULTS.test(say)) scores.delete('generateQuiz');
  else if (weight('generateQuiz') >= 2.5) scores.delete('buildLearningProfile');
  if (weight('generateQuiz') >= 2.5 || weight('summarizeSession') >= 3) scores.delete('searchNotes');
  if (weight('addFlashcards') >= 3) {
    for (const rival of ['summarizeSession', 'generateQuiz', 'searchNotes', 'buildLearningProfile'] as const)
      scores.delete(rival);
  }
}

const RESULTS =
  /\bhow (?:did|am|have) i (?:do|doing|done|been)|\bmy (?:\w+ )?(?:quiz|test) (?:results?|scores?|average|history)|\b(?:which|what) (?:quiz(?:zes)?|questions?) (?:did|have) i\b/i;

const OWN_OR_ANYONES_TIME =
  /\b(?:am i|i am|i'm (?:free|available)|can i|my|do i|did i|have i|i have|i set|we|our|availabilit\w+|free (?:times?|slots?))\b|\bwho\b|\b(?:he|she|they|him|her|them)\b/i;
