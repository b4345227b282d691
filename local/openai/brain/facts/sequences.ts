import { OPENS_LOOSELY, POINTS_BACK } from '../text/leaning.ts';
import type { ReasonFact, SequenceFact, Unit } from './types.ts';
import { isFitPart } from './units.ts';
import { withoutEnd } from './words.ts';

const FEWEST_STEPS = 4;
const SHORTEST_STEP = 7;
const LONGEST_STEP = 100;

/** Numbered lists are steps in an order. */
export function sequencesIn(units: readonly Unit[]): SequenceFact[] {
  const facts: SequenceFact[] = [];
  for (const run of numberedRuns(units)) {
    const steps = run.map((unit) => withoutEnd(unit.clean.replace(/[.:;]\s.*$/s, '')));
    const title = run[0]?.heading ?? '';
    if (steps.length < FEWEST_STEPS || !title || new Set(steps).size < steps.length) continue;
    if (!steps.every((step) => isStep(step))) continue;
    for (const [at, unit] of run.entries())
      if (at > 0) facts.push({ kind: 'sequence', unit, title, steps, at, weight: 1.5 });
  }
  return facts;
}

const isStep = (step: string): boolean =>
  step.length >= SHORTEST_STEP &&
  step.length <= LONGEST_STEP &&
  isFitPart(step) &&
  !/\b(?:this|these|it|them)\b/i.test(step);

function numberedRuns(units: readonly Unit[]): Unit[][] {
  const runs: Unit[][] = [];
  let last: { unit: Unit; number: number } | null = null;
  for (const unit of units) {
    const number = numberOf(unit);
    if (number === null) {
      last = null;
      continue;
    }
    const continues: boolean =
      last !== null &&
      number === last.number + 1 &&
      last.unit.passage === unit.passage &&
      last.unit.heading === unit.heading;
    if (continues) runs.at(-1)?.push(unit);
    else if (number === 1) runs.push([unit]);
    last = continues || number === 1 ? { unit, number } : null;
  }
  return runs;
}

/** The number in front of a list's item. */
function numberOf({ kind, passage, text }: Unit): number | null {
  if (kind !== 'item') return null;
  const at = passage.text.indexOf(text);
  const marker = /(?:^|\n)\s*(\d{1,2})[.)]\s*$/.exec(passage.text.slice(Math.max(0, at - 8), at));
  return marker?.[1] ? Number(marker[1]) : null;
}

const BECAUSE = /^(.{12,130}?),? because (?!of\b)(.{15,130})$/;

/** "A because B", where both halves can be understood alone. */
export function reasonsIn(unit: Unit, statement: string): ReasonFact[] {
  const match = BECAUSE.exec(statement.replace(/[.!]+$/, ''));
  const claim = match?.[1]?.replace(/,$/, '');
  const reason = match?.[2];
  if (!claim || !reason || OPENS_LOOSELY.test(claim) || POINTS_BACK.test(claim)) return [];
  if (/\b(?:and|or|but|that|not|is|are|was|were|partly|simply|mainly|largely|only|just|in part)$/.test(claim))
    return [];
  if (
    /^(?:he|she|this|that|we|you|i|these|those|such|there)\b/i.test(reason) ||
    /[“”"()—;]/.test(claim + reason)
  )
    return [];
  return [{ kind: 'reason', unit, claim, reason, weight: 1.8 }];
}
