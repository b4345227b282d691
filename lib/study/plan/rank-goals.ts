import type { RankedGoal } from '../../domain/plan.ts';
import { say, sayShare } from '../../language/said.ts';
import { isSameSubject } from './goal.ts';
import {
  type GoalMaterial,
  materialFor,
  type PlanMaterial,
  type Reading,
  type TopicMastery,
} from './material.ts';

/** Below this average a topic is worth extra time. */
const SECURE_AVERAGE = 0.8;
/** A spot the student names as weak counts nearly as much as one that was measured to be empty. */
const NAMED_WEAKNESS = 0.9;
const WORTH_SAYING = 0.1;

export type GoalWithMaterial = { ranked: RankedGoal; material: GoalMaterial };
type Weakness = { amount: number; evidence: string | null };

/** The weakest of the measured topics, as far as the measurement can be trusted. */
function weakestOf(topics: readonly TopicMastery[], goal: string): Weakness {
  let weakest: Weakness = { amount: 0, evidence: null };
  for (const { topic, average, answers, certainty } of topics) {
    const amount = Math.max(0, (SECURE_AVERAGE - average) / SECURE_AVERAGE) * certainty;
    const score = say('{average} over {answers, plural, one {# answer} other {# answers}}', {
      average: sayShare(average),
      answers,
    });
    const evidence =
      isSameSubject(goal, topic) && topics.length === 1 ? score : say('{topic} {score}', { topic, score });
    if (amount > weakest.amount || weakest.evidence === null) weakest = { amount, evidence };
  }
  return weakest;
}

/** Pages on a weak topic come before the other pages of their goal, and say why. */
function weakFirst(readings: readonly Reading[], mastery: readonly TopicMastery[]): Reading[] {
  const told = readings.map((reading): Reading => {
    const { amount, evidence } = weakestOf(
      mastery.filter(({ topic }) => isSameSubject(topic, reading.subject)),
      reading.subject,
    );
    return amount > WORTH_SAYING ? { ...reading, weakness: evidence } : reading;
  });
  return [
    ...told.filter(({ weakness }) => weakness !== null),
    ...told.filter(({ weakness }) => weakness === null),
  ];
}

function withoutRepeats(goals: readonly string[]): string[] {
  const seen = new Set<string>();
  return goals.filter((goal) => {
    const key = goal.trim().toLowerCase();
    const isNew = key !== '' && !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/**
 * The goals from the most to the least urgent, each with what there is to study it with. A weak spot the student named
 * counts fully, a measured one as far as it is sure, and the rest keep the student's own order. A weak spot that no goal
 * names becomes a goal; pages belong to the first goal that needs them.
 */
export function rankGoals(
  goals: readonly string[],
  weakSpots: readonly string[],
  facts: { material: PlanMaterial; mastery: readonly TopicMastery[] },
): GoalWithMaterial[] {
  const mastery = facts.mastery.filter(({ contestedAt }) => contestedAt === null);
  const unheld = weakSpots.filter((spot) => !goals.some((goal) => isSameSubject(goal, spot)));
  const ranked = withoutRepeats([...goals, ...unheld]).map((goal, order) => {
    const material = materialFor(goal, facts.material);
    const topics = mastery.filter(
      ({ topic }) =>
        isSameSubject(goal, topic) || material.readings.some(({ subject }) => isSameSubject(subject, topic)),
    );
    const measured = weakestOf(topics, goal);
    const isNamed = weakSpots.some((spot) => isSameSubject(goal, spot));
    const named = isNamed ? say('you named it as weak') : null;
    return {
      material,
      order,
      goal,
      weight: 1 + Math.round(Math.max(isNamed ? NAMED_WEAKNESS : 0, measured.amount) * 100) / 100,
      evidence: measured.amount > WORTH_SAYING ? measured.evidence : (named ?? measured.evidence),
    };
  });
  const taken = new Set<string>();
  const placeOf = ({ docId, subject, page }: Reading) => JSON.stringify([docId, subject, page]);
  return ranked
    .sort((a, b) => b.weight - a.weight || a.order - b.order)
    .map(({ goal, weight, evidence, material }) => {
      const readings = material.readings.filter((reading) => !taken.has(placeOf(reading)));
      for (const reading of readings) taken.add(placeOf(reading));
      return {
        ranked: { goal, weight, evidence },
        material: { ...material, readings: weakFirst(readings, mastery) },
      };
    });
}
