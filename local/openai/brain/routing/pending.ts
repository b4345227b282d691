import { readCards } from '../slots/cards.ts';
import { readDaysPerWeek } from '../slots/days.ts';
import { readDeadline } from '../slots/deadline.ts';
import { splitList } from '../slots/lists.ts';
import { readMinutesPerDay } from '../slots/minutes.ts';
import { scoreTools } from './choose.ts';
import { findPerson } from './people.ts';
import { cardsFromNotes } from './tools/add-flashcards.ts';
import { planOrQuestion } from './tools/create-study-plan.ts';
import type { Filled, Pending, State } from './types.ts';
import { LEAD } from './vocabulary.ts';

const LONGEST_ANSWER = 200;
/** A sentence this clear about another tool is a new request, not an answer. */
const NEW_REQUEST = 2.2;

/** The answer to our own question, put into the call that waited for it; nothing when the student moved on. */
export function resumePending(pending: Pending, text: string, say: string, state: State): Filled | undefined {
  const { call, missing } = pending;
  if (missing === 'transcript') return { calls: [{ ...call, args: { ...call.args, transcript: text } }] };
  if (say.length >= LONGEST_ANSWER) return undefined;
  const movedOn = [...scoreTools(say)].some(([tool, weight]) => tool !== call.tool && weight >= NEW_REQUEST);
  if (movedOn) return undefined;
  const value = say
    .replace(LEAD, '')
    .replace(/^(?:on|about|for|to|it'?s|with|in)\s+/i, '')
    .replace(/[.!?]+$/, '')
    .trim();
  const slots = readSlots(missing, say, value, state);
  if (Object.values(slots).some((slot) => slot === undefined || slot === '')) return undefined;
  const filled = { ...call, args: { ...call.args, ...slots } };
  if (call.tool === 'createStudyPlan') return planOrQuestion(filled, state, []);
  if (call.tool === 'addFlashcards') {
    const cards = readCards(text);
    return { calls: cards.length > 0 ? [{ tool: 'addFlashcards', args: { cards } }] : cardsFromNotes(value) };
  }
  return { calls: [filled] };
}

function readSlots(missing: string, say: string, value: string, state: State): Record<string, unknown> {
  switch (missing) {
    case 'timePerDayMin': {
      const bare = /\b(\d{2,3})\b/.exec(say)?.[1];
      const days = readDaysPerWeek(say);
      const minutes = readMinutesPerDay(say, days) ?? (bare ? Number(bare) : undefined);
      return { timePerDayMin: minutes, ...(days !== undefined ? { daysPerWeek: days } : {}) };
    }
    case 'goals': {
      const goals = splitList(value);
      return { goals: goals.length > 0 ? goals : undefined };
    }
    case 'deadline':
      return { deadline: readDeadline(say, state.now) };
    case 'candidateId':
    case 'toUserId':
    case 'targetUserId':
      return { [missing]: findPerson(say, state).id ?? findPerson(`nudge ${value}`, state).id };
    default:
      return { [missing]: value };
  }
}
