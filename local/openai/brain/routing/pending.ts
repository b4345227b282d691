import { rewritten, says, wordsOf } from '../words.ts';
import { languageOf } from './glossary.ts';
import { chooseTool } from './meaning.ts';
import { fill } from './route.ts';
import { planOrQuestion, readCards } from './study-tools.ts';
import type { Call, Filled, Pending, State } from './types.ts';

const LONGEST_ANSWER = 200;
const SHORT_NAME = 80;
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
  const value = rewritten('plain-answer', rewritten('lead', say)).trim();
  if (say.length >= LONGEST_ANSWER || !value) return undefined;
  const { pending: _answered, ...rest } = state;
  const isAnew = say.split(/\s+/).length > 3 && chooseTool(say, rest) === call.tool;
  const order = isAnew ? say : orderWith(pending, says('anything', value) ? 'everything' : value);
  const filled = fill(call.tool, order, { ...rest, subject: '' });
  const made = 'calls' in filled ? filled.calls : [filled.pending.call];
  if (call.tool === 'createStudyPlan') {
    const [told = call] = made.slice(-1);
    const { goals: _unnamed, ...args } = told.args;
    const isNamed = isAnew || missing === 'goals';
    const plan = merged(pending, isNamed ? told : { ...told, args });
    return planOrQuestion(plan, { state: rest, language: languageOf(say) }, []);
  }
  if ('calls' in filled) return { ...filled, calls: made.map((one) => merged(pending, one)) };
  // Somebody unknown again: ask on rather than search the notes for a name.
  const isUnknown = /Id$/.test(missing) && value.split(/\s+/).length <= 3 && /^[@\p{Lu}]/u.test(value);
  if (!isUnknown && !isAnew) return undefined;
  const asked = filled.pending.question || question;
  return { pending: { call: merged(pending, filled.pending.call), missing, question: asked } };
}

/** The order that an answer is read behind. "45" is so many minutes a day, where those were asked for. */
function orderWith({ call, missing }: Pending, value: string): string {
  if (missing === 'deadline') return `make a study plan, until ${value}`;
  if (missing === 'timePerDayMin')
    return `make a study plan, ${/^\d{1,3}$/.test(value) ? `${value} minutes a day` : value}`;
  return [...wordsOf(`order-${call.tool}`), value].join(' ');
}

/** A call with what was said before where it says nothing of its own. */
function merged({ call, missing }: Pending, made: Call): Call {
  if (made.tool !== call.tool) return made;
  const isPerson = /Id$/.test(missing);
  const own = Object.entries(made.args).filter(([name, value]) =>
    isPerson
      ? name === missing
      : !(name in call.args && JSON.stringify(value) === JSON.stringify(USUAL[name])),
  );
  const args = { ...call.args, ...Object.fromEntries(own) };
  return isPerson ? { ...call, args } : { ...call, ...made, args };
}

function hasMovedOn({ call, missing }: Pending, say: string, state: State): boolean {
  // One word is an answer: "statistics" is a subject here, and not one's own figures.
  if (say.length >= LONGEST_ANSWER || /^[\p{L}'-]+[.!]?$/u.test(say)) return false;
  const tool = chooseTool(say, state);
  if (tool && tool !== 'searchNotes' && tool !== call.tool) return true;
  // "what is osmosis?" is no subject for a quiz but a question of its own.
  return missing !== 'query' && says('a-question', say) && tool === 'searchNotes';
}
