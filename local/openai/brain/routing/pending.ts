import { readCards } from '../slots/cards.ts';
import { languageOf } from './glossary.ts';
import { chooseTool } from './meaning.ts';
import { fill } from './route.ts';
import { planOrQuestion } from './study-tools.ts';
import { LEAD } from './subjects.ts';
import type { Clause, Filled, Pending, State, ToolName } from './types.ts';

const LONGEST_ANSWER = 200;
const SHORT_NAME = 80;
const ANYTHING =
  /\b(?:any(?:thing)?|everything|all(?: of (?:it|them)| my notes)?|whatever|surprise me|you (?:choose|pick|decide)|random|doesn't matter|don't (?:care|mind))\b/i;
const QUESTION =
  /^(?:what|who|why|how|when|where|which|explain|define|describe|compare|is|are|does|do|did|can)\b|\?\s*$/i;

/** The order that an answer is read behind. */
const ORDER: Record<ToolName, string> = {
  searchNotes: 'search my notes for',
  summarizeSession: 'summarize',
  generateQuiz: 'quiz me on',
  addFlashcards: 'make flashcards on',
  buildLearningProfile: 'show my profile',
  createStudyPlan: 'make a study plan for',
  matchCandidates: 'find partners for',
  matchInsight: 'compare me with',
  getOnlineUsers: 'who is online',
  getAvailability: 'when is somebody free, I mean',
  sendNudge: 'nudge',
};
/** What is filled in where nothing is said: it takes the place of nothing that was. */
const USUAL: Record<string, unknown> = { n: 10, difficulty: 'mixed', daysPerWeek: 5, goals: [] };

/** The answer to our own question, read as if the order had been said with it; nothing when the student moved on. */
export function resumePending(pending: Pending, text: string, say: string, state: State): Filled | undefined {
  const { call, missing, question } = pending;
  if (hasMovedOn(pending, say, state)) return undefined;
  const isName = text.length < SHORT_NAME && !text.includes('\n') && !/[.!?:]\s/.test(text);
  if (missing === 'transcript' && !isName)
    return { calls: [{ ...call, args: { ...call.args, transcript: text.trim() } }] };
  const cards = missing === 'topic' && call.tool === 'addFlashcards' ? readCards(text) : [];
  if (cards.length > 0) return { calls: [{ tool: call.tool, args: { cards } }] };
  const value = plainAnswer(say);
  if (say.length >= LONGEST_ANSWER || !value) return undefined;
  const { pending: _answered, ...rest } = state;
  const isAnew = say.split(/\s+/).length > 3 && chooseTool(say, rest) === call.tool;
  const order = isAnew ? say : orderWith(pending, ANYTHING.test(value) ? 'everything' : value);
  const filled = fill(call.tool, order, { ...rest, subject: '' });
  if (call.tool === 'createStudyPlan')
    return planWith(pending, filled, isAnew, { state: rest, language: languageOf(say) });
  if ('calls' in filled) return { ...filled, calls: filled.calls.map((made) => merged(pending, made)) };
  // Somebody unknown again: ask on rather than search the notes for a name.
  const isUnknown = /Id$/.test(missing) && value.split(/\s+/).length <= 3 && /^[@\p{Lu}]/u.test(value);
  return isUnknown || isAnew
    ? {
        pending: {
          call: merged(pending, filled.pending.call),
          missing,
          question: filled.pending.question || question,
        },
      }
    : undefined;
}

/** "45" is so many minutes a day, where those were asked for; one's own amount does not begin with "for". */
function orderWith({ call, missing }: Pending, value: string): string {
  if (missing === 'timePerDayMin' || missing === 'deadline')
    return `make a study plan, ${/^\d{1,3}$/.test(value) ? `${value} minutes a day` : `${missing === 'deadline' ? 'until ' : ''}${value}`}`;
  return `${ORDER[call.tool]} ${value}`;
}

/** A call with what was said before where it says nothing of its own. */
function merged({ call, missing }: Pending, made: Pending['call']): Pending['call'] {
  if (made.tool !== call.tool) return made;
  if (/Id$/.test(missing))
    return {
      ...call,
      args: { ...call.args, ...(made.args[missing] ? { [missing]: made.args[missing] } : {}) },
    };
  const said = Object.entries(made.args).filter(
    ([name, value]) => !(name in call.args && JSON.stringify(value) === JSON.stringify(USUAL[name])),
  );
  return { ...call, ...made, args: { ...call.args, ...Object.fromEntries(said) } };
}

function planWith(
  pending: Pending,
  filled: Filled,
  isAnew: boolean,
  { state, language }: Pick<Clause, 'state' | 'language'>,
): Filled {
  const told = 'calls' in filled ? filled.calls.at(-1) : filled.pending.call;
  if (!told) return filled;
  const { goals, ...args } = told.args;
  const isNamed = isAnew || pending.missing === 'goals';
  const call = merged(pending, { ...told, args: isNamed ? { goals, ...args } : args });
  return planOrQuestion(call, { state, language }, []);
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
