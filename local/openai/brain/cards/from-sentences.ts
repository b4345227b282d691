import type { Knowledge } from '../facts/types.ts';
import { OPENS_LOOSELY } from '../text/leaning.ts';
import { plainWithMath, withoutMath } from '../text/plain.ts';
import { type Draft, type Inside, isNamed, question, type Sides, wordsIn } from './draft.ts';
import { clauseSides, nameSubject } from './from-clause.ts';
import { topicFor } from './from-facts.ts';

/** Needs the reader, a picture or the sentence before it. */
const LEANS =
  /\?$|\b(?:I|we|our|us|you|your|let[’']s|my|figure|table|above|below|this|these|such(?! as)|here|former|latter|respectively|chapter|section|lesson|course|following|example|for instance)\b|https?:|[“”"{}|]|\bet al\b|\(\d{4}|…|\.\.\.|\[/i;
const MOST_WORDS = 25;

/** Cards that a sentence makes of its own form: what does it do, when does it happen, what is it called. */
export function sentenceDrafts({ units, terms }: Knowledge, asked: string, inside: Inside): Draft[] {
  return units.flatMap((unit, i): Draft[] => {
    if (unit.kind !== 'prose' && unit.kind !== 'item') return [];
    const previous = units[i - 1];
    const isNext = previous?.passage === unit.passage && previous.heading === unit.heading;
    const raw = plainWithMath(unit.text);
    if (LEANS.test(withoutMath(raw)) || OPENS_LOOSELY.test(raw) || !/[.!]$/.test(raw)) return [];
    if (!/^\p{Lu}/u.test(raw) || !unit.passage.text.includes(unit.text)) return [];
    const before = isNext && previous ? plainWithMath(previous.text) : null;
    const named = nameSubject(raw, before, unit.heading, inside);
    if (!named) return [];
    const said = named.said.replace(/[.!]$/, '');
    const sides = whenSides(said, inside) ?? clauseSides(said, unit, { terms, inside });
    if (!sides || wordsIn(sides.front) > MOST_WORDS || wordsIn(sides.back) > MOST_WORDS) return [];
    const weight = sides.weight - (named.isResolved ? 0.3 : 0);
    return [{ ...sides, weight, quote: unit.text, n: unit.passage.n, topic: topicFor(unit, asked) }];
  });
}

/** "A sort is stable when …", "Interference happens when …", "DNA is copied during …". */
function whenSides(said: string, inside: Inside): Sides | null {
  const state =
    /^((?:(?:The|An?) )?[\p{L}\d][\p{L}\d' -]{2,45}?) (is|are) ([\p{Ll}-]+) (when|while|during|before|after) ((?:[^,;:]| ?, ?)+)$/u.exec(
      said,
    );
  if (
    state?.[1] &&
    state[3] &&
    isNamed(state[1]) &&
    !/^(?:used|found|seen|called|known|not|also|often|it|useful|important)$/.test(state[3])
  )
    return question(`When ${state[2]} ${inside(state[1])} ${state[3]}?`, `${state[4]} ${state[5]}`, 2.6);
  const event =
    /^((?:(?:The|An?) )?[\p{L}\d][\p{L}\d' -]{2,45}?) (happens?|occurs?|arises?|matters?|begins?|ends?|starts?|forms?) (when|if|during|after|before|while) ([^;:]+)$/u.exec(
      said,
    );
  if (!event?.[1] || !event[2] || !isNamed(event[1])) return null;
  // "The worst case occurs when …" does not say of what.
  if (/^The /.test(event[1]) && !/\bof\b/.test(event[1])) return null;
  const isOne = event[2].endsWith('s');
  return question(
    `When ${isOne ? 'does' : 'do'} ${inside(event[1])} ${isOne ? event[2].replace(/s$/, '') : event[2]}?`,
    `${event[3]} ${event[4]}`,
    2.6,
  );
}
