import type { Exchange } from '../domain/person.ts';
import { subjectKey } from './subjects.ts';
import type { Skill } from './types.ts';

/** From here a student can explain a topic, and up to there somebody gains from hearing it. */
const EXPLAINS_FROM = 0.7;
const LEARNS_UP_TO = 0.6;
/** A lead of this much counts in full. */
const FULL_LEAD = 0.5;
/** Less sure than this is a guess after an answer or two. */
const LEAST_CERTAINTY = 0.2;

/** What students say of themselves counts, but never as much as what was measured. */
const DECLARED_CERTAINTY = 0.35;
const DECLARED_STRENGTH = 0.85;
const DECLARED_WEAKNESS = 0.4;

export const declaredSkills = (lists: {
  strengths: readonly string[];
  weaknesses: readonly string[];
}): Skill[] => [
  ...lists.strengths.map((topic) => declared(topic, DECLARED_STRENGTH)),
  ...lists.weaknesses.map((topic) => declared(topic, DECLARED_WEAKNESS)),
];
const declared = (topic: string, level: number): Skill => ({
  topic,
  level,
  certainty: DECLARED_CERTAINTY,
  measured: false,
});

/**
 * Skills by topic, in the order of their keys. What was measured comes before what was said, and the surer measurement
 * before the other. The order is part of it: sums of fractions depend on it, and the score of a pair must not depend on
 * who asks.
 */
export function skillsByTopic(skills: readonly Skill[]): Map<string, Skill> {
  const byTopic = new Map<string, Skill>();
  for (const skill of skills) {
    const key = subjectKey(skill.topic);
    if (key === '' || skill.certainty < LEAST_CERTAINTY) continue;
    const known = byTopic.get(key);
    if (!known || isBetterEvidence(skill, known)) byTopic.set(key, skill);
  }
  return new Map([...byTopic].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const isBetterEvidence = (one: Skill, other: Skill) =>
  one.measured === other.measured ? one.certainty > other.certainty : one.measured;

/** How much one student gains from the other's explanation of a topic, 0–1. */
function gain(teacher: Skill, learner: Skill): number {
  if (teacher.level < EXPLAINS_FROM || learner.level > LEARNS_UP_TO) return 0;
  const lead = Math.min(1, (teacher.level - learner.level) / FULL_LEAD);
  return lead * Math.min(teacher.certainty, learner.certainty);
}

/**
 * Mutual help, 0–1: the mean of what each can give the other, or null when no topic is known of both. Several topics add
 * up, each to what the others left open. Help in one direction alone reaches 0.5 at most, help in both directions 1.
 */
export function mutualHelp(
  mine: ReadonlyMap<string, Skill>,
  theirs: ReadonlyMap<string, Skill>,
): number | null {
  let shared = 0;
  let [giveLeft, receiveLeft] = [1, 1];
  for (const [key, my] of mine) {
    const their = theirs.get(key);
    if (!their) continue;
    shared += 1;
    giveLeft *= 1 - gain(my, their);
    receiveLeft *= 1 - gain(their, my);
  }
  return shared === 0 ? null : (1 - giveLeft + (1 - receiveLeft)) / 2;
}

type Help = { topic: string; gain: number };

const byGain = (helps: readonly Help[]) =>
  helps.toSorted((a, b) => b.gain - a.gain).map(({ topic }) => topic);

/** Who can explain what to whom, what helps most first, and whether any of it was measured on both sides. */
export function exchangeOf(
  mine: ReadonlyMap<string, Skill>,
  theirs: ReadonlyMap<string, Skill>,
): Exchange & { measured: boolean } {
  const given: Help[] = [];
  const received: Help[] = [];
  const bothWeak: string[] = [];
  let measured = false;
  for (const [key, my] of mine) {
    const their = theirs.get(key);
    if (!their) continue;
    measured ||= my.measured && their.measured;
    const [give, receive] = [gain(my, their), gain(their, my)];
    if (give > 0) given.push({ topic: my.topic, gain: give });
    if (receive > 0) received.push({ topic: my.topic, gain: receive });
    if (my.level <= LEARNS_UP_TO && their.level <= LEARNS_UP_TO) bothWeak.push(my.topic);
  }
  return { youExplain: byGain(given), theyExplain: byGain(received), bothWeak, measured };
}
