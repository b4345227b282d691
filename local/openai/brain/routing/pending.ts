import { readCards } from '../slots/cards.ts';
import { readDaysPerWeek, readWeekdays } from '../slots/days.ts';
import { readDeadline } from '../slots/deadline.ts';
import { readGoals, readWeakSpots, splitList } from '../slots/goals.ts';
import { clamp, readCount, readDifficulty, readMinutesPerDay } from '../slots/minutes.ts';
import { chooseTool, RULES, scoreTools } from './choose.ts';
import { leftover } from './leftover.ts';
import { findPerson } from './people.ts';
import { cardsFromNotes } from './tools/add-flashcards.ts';
import { planOrQuestion } from './tools/create-study-plan.ts';
import { ask, type Call, type Filled, type Pending, type State } from './types.ts';
import { LEAD } from './vocabulary.ts';

const LONGEST_ANSWER = 200;
/** A sentence this clear about another tool is a new request, not an answer. */
const NEW_REQUEST = 2.2;
const SHORT_NAME = 80;
const ANYTHING =
  /\b(?:any(?:thing)?|everything|all(?: of (?:it|them)| my notes)?|whatever|surprise me|you (?:choose|pick|decide)|random|doesn't matter|don't (?:care|mind))\b/i;
const QUESTION =
  /^(?:what|who|why|how|when|where|which|explain|define|describe|compare|is|are|does|do|did|can)\b|\?\s*$/i;

/** The answer to our own question, put into the call that waited for it; nothing when the student moved on. */
export function resumePending(pending: Pending, text: string, say: string, state: State): Filled | undefined {
  const { call, missing } = pending;
  if (hasMovedOn(pending, say, state)) return undefined;
  if (missing === 'transcript') return fromTranscript(call, text.trim(), say);
  if (say.length >= LONGEST_ANSWER) return undefined;
  const { pending: _answered, ...rest } = state;
  if (say.split(/\s+/).length > 3 && chooseTool(say, rest) === call.tool) return saidAnew(pending, say, rest);
  const value = plainAnswer(say);
  switch (missing) {
    case 'goals':
    case 'timePerDayMin':
    case 'deadline':
      return planOrQuestion(
        { ...call, args: { ...call.args, ...planSlots(missing, say, value, call, state) } },
        state,
        [],
      );
    case 'candidateId':
    case 'toUserId':
    case 'targetUserId':
      return fromPerson(pending, say, value, state);
    case 'topic':
      return fromTopic(call, text, say, value);
    default:
      return value ? { calls: [{ ...call, args: { ...call.args, [missing]: value } }] } : undefined;
  }
}

function hasMovedOn({ call, missing }: Pending, say: string, state: State): boolean {
  // One word is an answer: "statistics" is a subject here, and not one's own figures.
  if (say.length >= LONGEST_ANSWER || /^[\p{L}'-]+[.!]?$/u.test(say)) return false;
  const clear = [...scoreTools(say, state)].some(
    ([tool, weight]) => tool !== call.tool && weight >= NEW_REQUEST,
  );
  if (clear) return true;
  // "what is osmosis?" is no subject for a quiz but a question of its own.
  return missing !== 'query' && QUESTION.test(say) && chooseTool(say, state) === 'searchNotes';
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

/** The whole order over again, with what was said before where it says nothing new. */
function saidAnew({ call, missing, question }: Pending, say: string, state: State): Filled {
  const filled = RULES[call.tool].fill({
    say,
    whole: say,
    typed: say,
    paste: '',
    inherited: '',
    state,
    calls: [],
  });
  if ('calls' in filled) {
    const last = filled.calls.at(-1);
    return last?.tool === 'createStudyPlan' ? planOrQuestion(merged(call, last), state, []) : filled;
  }
  const both = merged(call, filled.pending.call);
  if (call.tool === 'createStudyPlan') return planOrQuestion(both, state, []);
  return ask(both, missing, question);
}

/** Later words win; an empty list or a default says nothing. */
function merged(before: Call, now: Call): Call {
  const said = Object.entries(now.args).filter(
    ([key, value]) =>
      !(Array.isArray(value) && value.length === 0) &&
      !(key === 'daysPerWeek' && 'daysPerWeek' in before.args),
  );
  return { ...before, ...now, args: { ...before.args, ...Object.fromEntries(said) } };
}

function fromTranscript(call: Call, text: string, say: string): Filled {
  const isName = text.length < SHORT_NAME && !text.includes('\n') && !/[.!?:]\s/.test(text);
  const value = plainAnswer(say);
  if (!isName || !value) return { calls: [{ ...call, args: { ...call.args, transcript: text } }] };
  return {
    calls: [
      { tool: 'searchNotes', args: { query: value, limit: 10 } },
      { tool: 'summarizeSession', args: { topic: value }, needs: 'passages' },
    ],
  };
}

function planSlots(
  missing: string,
  say: string,
  value: string,
  call: Call,
  state: State,
): Record<string, unknown> {
  const days = readDaysPerWeek(say);
  const weekdays = readWeekdays(say);
  const bare =
    missing === 'timePerDayMin' ? /\b(\d{1,3})\b(?!\s*(?:days?|weeks?|\/|\.))/.exec(say)?.[1] : undefined;
  const minutes = readMinutesPerDay(say, days) ?? (bare ? Number(bare) : undefined);
  const deadline = readDeadline(say, state.now);
  const weak = readWeakSpots(say);
  const goals = missing === 'goals' ? goalsFrom(say, value) : [];
  return {
    ...(goals.length > 0 ? { goals } : {}),
    ...(minutes !== undefined ? { timePerDayMin: clamp(minutes, 5, 720) } : {}),
    ...(days !== undefined ? { daysPerWeek: days } : {}),
    ...(weekdays ? { weekdays } : {}),
    // A passed date must give way even when nothing better is named.
    ...(deadline ? { deadline } : missing === 'deadline' ? { deadline: call.args.deadline } : {}),
    ...(weak.length > 0 ? { knownWeakSpots: weak } : {}),
  };
}

function goalsFrom(say: string, value: string): string[] {
  const hasTimes = readMinutesPerDay(say) !== undefined || /\d/.test(say);
  if (!hasTimes) return splitList(value);
  const named = readGoals(say, '');
  return named.length > 0 ? named : splitList(leftover(say));
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

function fromTopic(call: Call, text: string, say: string, value: string): Filled | undefined {
  if (call.tool === 'addFlashcards') {
    const cards = readCards(text);
    if (cards.length > 0) return { calls: [{ tool: 'addFlashcards', args: { cards } }] };
    const most = readCount(say, 'cards?|flash ?-?cards?|of them');
    const topic = most === undefined ? value : leftover(say) || value;
    return topic ? { calls: cardsFromNotes(topic, most) } : undefined;
  }
  const count = readCount(say, 'questions?|items?|ones|mcqs?|of them') ?? numberAfterComma(say);
  const level = readDifficulty(say);
  const isPlain = count === undefined && level === undefined;
  const subject = isPlain ? value : leftover(say) || value;
  const topic = ANYTHING.test(value) && (leftover(say) === '' || isPlain) ? 'all my notes' : subject;
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
