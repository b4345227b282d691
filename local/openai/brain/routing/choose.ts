import { readDayOfWeek } from '../slots/days.ts';
import { readMinutesPerDay } from '../slots/minutes.ts';
import { terms } from '../text/terms.ts';
import { ABOUT_US } from './acts.ts';
import { findPerson, startsByAddressing } from './people.ts';
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
import { ELSEWHERE, isPersonal, NO_PLAN, NOT_A_REQUEST, STUDY, WRITING } from './vetoes.ts';
import { LEAD, NOTES } from './vocabulary.ts';

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

export function scoreTools(say: string): Scores {
  const scores: Scores = new Map();
  for (const { tool, frames } of Object.values(RULES))
    for (const { weight, pattern } of frames) {
      if (!pattern.test(say)) continue;
      const before = scores.get(tool);
      scores.set(tool, before === undefined ? weight : Math.max(before, weight) + SECOND_FRAME);
    }
  return scores;
}

/** The tool that a clause asks for, or none. */
export function chooseTool(clause: string, state: State): ToolName | undefined {
  const say = clause.replace(LEAD, '');
  if (/^what if\b/i.test(say)) return undefined;
  const person = findPerson(say, state);
  const scores = scoreTools(say);
  addMessages(scores, say, person);
  dropWhatIsNotAsked(scores, say);
  if (ELSEWHERE.test(say) && !isLongQuestion(say) && !concernsUs(say, scores, person)) return undefined;
  if (WRITING.test(say) && !asksForStudyMaterial(scores)) return undefined;
  settleRivals(scores, say, person, readDayOfWeek(say, state.now));
  const [top] = [...scores].sort((a, b) => b[1] - a[1]);
  if (!top) return undefined;
  const [tool, weight] = top;
  if (tool === 'addFlashcards' && isReview(say)) return undefined;
  const isGuess = tool === 'searchNotes' && weight < 2;
  if (isGuess && (ABOUT_US.test(say) || isPersonal(say) || /^(?:the|a)\b(?!.*\?$)/i.test(say)))
    return undefined;
  return tool;
}

/** "tell Ben …" is a nudge only when Ben is somebody known, or the sentence begins by addressing him. */
function addMessages(scores: Scores, say: string, person: Partial<Person>): void {
  if (scores.has('sendNudge')) return;
  if (!/\b(?:remind|message|tell|ask|dm|text|send|let\b.*\bknow)\b(?! me\b)/i.test(say)) return;
  if (person.id || (person.name && startsByAddressing(say, person.name))) scores.set('sendNudge', 3.3);
}

function dropWhatIsNotAsked(scores: Scores, say: string): void {
  if (!NOT_A_REQUEST.test(say)) return;
  const plan = scores.get('createStudyPlan') ?? 0;
  const wantsPlan =
    (plan >= 3 && !NO_PLAN.test(say)) || (plan >= 2.4 && readMinutesPerDay(say) !== undefined);
  for (const tool of ['generateQuiz', 'addFlashcards', 'sendNudge'] as const) scores.delete(tool);
  if (!wantsPlan) scores.delete('createStudyPlan');
  if (/^(?:can|could|do|are) (?:you|i|we) /i.test(say) && (scores.get('searchNotes') ?? 9) < 2)
    scores.delete('searchNotes');
}

/** Orders to other assistants are short; a long question only mentions such a thing in passing. */
const isLongQuestion = (say: string): boolean => /[?？]\s*$/.test(say) && terms(say).length >= 7;

function concernsUs(say: string, scores: Scores, person: Partial<Person>): boolean {
  if (person.id || (person.name && (scores.has('sendNudge') || scores.has('getAvailability')))) return true;
  return STUDY.test(say) || new RegExp(String.raw`\bmy (?:\w+ )?${NOTES}\b`, 'iu').test(say);
}

const asksForStudyMaterial = (scores: Scores): boolean =>
  (scores.get('generateQuiz') ?? 0) >= 3 || scores.has('addFlashcards') || scores.has('createStudyPlan');

/** Where two tools share words, something in the sentence says which is meant. */
function settleRivals(scores: Scores, say: string, person: Partial<Person>, day: number | undefined): void {
  const has = (tool: ToolName): boolean => scores.has(tool);
  const somebody = Boolean(person.id ?? person.name);
  const speaksOfMatch =
    /\bcompatib\w+(?! ?(?:partner|people|student|budd|class))\b|\bmatch insight|\bmatch score/i.test(say);
  if (has('matchInsight') && !somebody && !speaksOfMatch) scores.delete('matchInsight');
  if (has('getAvailability') && !somebody && day === undefined && !OWN_OR_ANYONES_TIME.test(say))
    scores.delete('getAvailability');
  if (has('getAvailability') && has('getOnlineUsers') && day === undefined && !somebody)
    scores.delete('getAvailability');
  if (has('matchCandidates') && somebody && (has('matchInsight') || has('sendNudge')))
    scores.delete('matchCandidates');
  if (
    has('matchCandidates') &&
    has('getOnlineUsers') &&
    /\b(?:online|now|around|active|currently)\b/i.test(say)
  )
    scores.delete('matchCandidates');
  if (has('createStudyPlan') && has('buildLearningProfile') && readMinutesPerDay(say) !== undefined)
    scores.delete('buildLearningProfile');
  const plan = scores.get('createStudyPlan') ?? 0;
  if (has('generateQuiz') && plan > 0 && plan < 3 && /\bquiz\b|\bquestions\b/i.test(say))
    scores.delete('createStudyPlan');
  if (
    has('generateQuiz') &&
    /\bhow (?:did|am) i (?:do|doing)|\bmy (?:quiz|test) (?:results?|scores?)/i.test(say)
  )
    scores.delete('generateQuiz');
  if ((scores.get('addFlashcards') ?? 0) >= 3) {
    for (const rival of ['summarizeSession', 'generateQuiz', 'searchNotes'] as const) scores.delete(rival);
  }
}

const OWN_OR_ANYONES_TIME =
  /\b(?:am i|i am|i'm (?:free|available)|can i|my|do i|we|our|availabilit\w+|free (?:times?|slots?))\b|\bwho\b|\b(?:he|she|they|him|her|them)\b/i;

/** Looking at cards one has is not making cards. */
const isReview = (say: string): boolean =>
  /\b(?:review|study|practice|due|show|go (?:through|over)|see|delete|remove|edit)\b[^.]{0,25}\b(?:my |the )?(?:due |old |existing )?(?:flash ?)?cards\b/i.test(
    say,
  ) && !/\bmake|\bcreate|\badd\b|\bgenerate/i.test(say);
