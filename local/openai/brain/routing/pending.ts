import { readCards } from '../slots/cards.ts';
import { readDaysPerWeek } from '../slots/days.ts';
import { splitList } from '../slots/goals.ts';
import { clamp, readCount, readDifficulty, readMinutesPerDay } from '../slots/minutes.ts';
import { inOurWords } from './glossary.ts';
import { chooseTool } from './meaning.ts';
import { findPerson } from './people.ts';
import { fill } from './route.ts';
import { cardsFromNotes, planOrQuestion, summaryFromNotes } from './study-tools.ts';
import { LEAD, subjectIn, subjectsIn } from './subjects.ts';
import { ask, type Call, type Filled, type Pending, type State } from './types.ts';

const LONGEST_ANSWER = 200;
const SHORT_NAME = 80;
const ANYTHING =
  /\b(?:any(?:thing)?|everything|all(?: of (?:it|them)| my notes)?|whatever|surprise me|you (?:choose|pick|decide)|random|doesn't matter|don't (?:care|mind))\b/i;
const QUESTION =
  /^(?:what|who|why|how|when|where|which|explain|define|describe|compare|is|are|does|do|did|can)\b|\?\s*$/i;

/** The answer to our own question, put into the call that waited for it; nothing when the student moved on. */
export function resumePending(pending: Pending, text: string, say: string, state: State): Filled | undefined {
  const { call, missing, question } = pending;
  if (hasMovedOn(pending, say, state)) return undefined;
  if (missing === 'transcript') return fromTranscript(call, text.trim(), say);
  if (say.length >= LONGEST_ANSWER) return undefined;
  const { pending: _answered, ...rest } = state;
  const isAnew = say.split(/\s+/).length > 3 && chooseTool(say, rest) === call.tool;
  if (call.tool === 'createStudyPlan') return planOrQuestion(planWith(pending, say, isAnew, rest), rest, []);
  if (isAnew) {
    // The whole order over again, with what was said before where it says nothing new.
    const filled = fill(call.tool, say, rest);
    if ('calls' in filled) return filled;
    return ask({ ...call, args: { ...call.args, ...filled.pending.call.args } }, missing, question);
  }
  const value = plainAnswer(say);
  if (missing === 'topic') return fromTopic(call, text, say, value);
  if (/^(?:candidateId|toUserId|targetUserId)$/.test(missing)) return fromPerson(pending, say, value, state);
  return value ? { calls: [{ ...call, args: { ...call.args, [missing]: value } }] } : undefined;
}

function hasMovedOn({ call, missing }: Pending, say: string, state: State): boolean {
  // One word is an answer: "statistics" is a subject here, and not one's own figures.
  if (say.length >= LONGEST_ANSWER || /^[\p{L}'-]+[.!]?$/u.test(say)) return false;
  const tool = chooseTool(say, state);
  if (tool && tool !== 'searchNotes' && tool !== call.tool) return true;
  // "what is osmosis?" is no subject for a quiz but a question of its own.
  return missing !== 'query' && QUESTION.test(say) && tool === 'searchNotes';
}

const plainAnswer = (say: string): string =>
  say
    .replace(LEAD, '')
    .replace(
      /^(?:(?:maybe|let's say|make it|i think|i want|i'd like|how about|what about|it's|it is|that's|on|about|for|to|with|in|from|the one (?:on|about)|my|please)\s+)+/i,
      '',
    )
    .replace(/\s+(?:please|thanks|then|i think|maybe)$/i, '')
    .replace(/[.!?]+$/, '')
    .trim();

function fromTranscript(call: Call, text: string, say: string): Filled {
  const isName = text.length < SHORT_NAME && !text.includes('\n') && !/[.!?:]\s/.test(text);
  const value = plainAnswer(say);
  if (!isName || !value) return { calls: [{ ...call, args: { ...call.args, transcript: text } }] };
  return { calls: summaryFromNotes(value) };
}

const BARE_NUMBER = /\b(\d{1,3})\b(?!\s*(?:days?|weeks?|\/|\.))/;

/** What was said of the plan before, with what is said now; a default says nothing. */
function planWith({ call, missing }: Pending, say: string, isAnew: boolean, state: State): Call {
  const filled = fill('createStudyPlan', say, state);
  const told = 'calls' in filled ? filled.calls.at(-1) : filled.pending.call;
  const { goals, daysPerWeek: _usual, ...now } = told?.args ?? {};
  const named = isAnew && Array.isArray(goals) ? goals : missing === 'goals' ? goalsFrom(say) : [];
  const bare = missing === 'timePerDayMin' ? BARE_NUMBER.exec(say)?.[1] : undefined;
  const args = {
    ...call.args,
    ...(bare ? { timePerDayMin: clamp(Number(bare), 5, 720) } : {}),
    ...now,
    ...(named.length > 0 ? { goals: named } : {}),
    daysPerWeek: readDaysPerWeek(inOurWords(say)) ?? call.args.daysPerWeek,
  };
  return isAnew ? { ...call, ...told, args } : { ...call, args };
}

function goalsFrom(say: string): string[] {
  if (!/\d/.test(say) && readMinutesPerDay(say) === undefined) return splitList(plainAnswer(say));
  return subjectsIn(say, 'createStudyPlan').flatMap(splitList);
}

function fromPerson(
  { call, missing, question }: Pending,
  say: string,
  value: string,
  state: State,
): Filled | undefined {
  const known = findPerson(say, state).id ?? findPerson(`nudge ${value}`, state).id;
  if (known) return { calls: [{ ...call, args: { ...call.args, [missing]: known } }] };
  // Somebody unknown again: ask on rather than search the notes for a name.
  const isName = value.split(/\s+/).length <= 3 && /^[@\p{Lu}]/u.test(value);
  return isName
    ? ask(call, missing, `I know no ${value} among your partners. ${question.split('. ').at(-1) ?? question}`)
    : undefined;
}

/** What the answer names, read as if the order had been said with it. */
const subjectOfOrder = (order: string, value: string, { tool }: Call): string =>
  subjectIn(`${order} ${value}`, tool) || value;

function fromTopic(call: Call, text: string, say: string, value: string): Filled | undefined {
  if (call.tool === 'addFlashcards') {
    const cards = readCards(text);
    if (cards.length > 0) return { calls: [{ tool: 'addFlashcards', args: { cards } }] };
    const most = readCount(say, 'cards?|flash ?-?cards?|of them');
    const topic = most === undefined ? value : subjectOfOrder('make flashcards on', value, call);
    return topic ? { calls: cardsFromNotes(topic, most) } : undefined;
  }
  const count = readCount(say, 'questions?|items?|ones|mcqs?|of them') ?? numberAfterComma(say);
  const level = readDifficulty(say);
  const isPlain = count === undefined && level === undefined;
  const named = isPlain ? value : subjectOfOrder('quiz me on', value, call);
  const topic = ANYTHING.test(named) ? 'all my notes' : named;
  if (!topic) return undefined;
  return {
    calls: [
      {
        ...call,
        args: {
          ...call.args,
          topic,
          ...(level && !topic.includes(level) ? { difficulty: level } : {}),
          ...(count !== undefined ? { n: clamp(count, 1, 50) } : {}),
        },
      },
    ],
  };
}

const numberAfterComma = (say: string): number | undefined => {
  const digits = /,\s*(\d{1,2})\s*(?:hard|easy|medium)?\s*$/i.exec(say)?.[1];
  return digits ? Number(digits) : undefined;
};
