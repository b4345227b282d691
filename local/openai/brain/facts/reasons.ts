import { OPENS_LOOSELY, POINTS_BACK } from '../text/leaning.ts';
import type { ReasonFact, Unit } from './types.ts';

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
