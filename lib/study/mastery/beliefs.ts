import { isStrong, isWeak, scoreOf } from './focus.ts';
import type { Analytics } from './profile.ts';
import { topicKey } from './topic.ts';
import type { TopicMastery } from './topics.ts';

export type Belief = {
  topic: string;
  kind: 'confident-wrong' | 'weak' | 'strong' | 'contested';
  /** What is believed, one sentence without a full stop. */
  claim: string;
  /** The figures it stands on. */
  ground: string;
  /** When the student last called a belief about this topic wrong; that can be taken back. */
  contestedAt: string | null;
};

/** Twice certain and wrong on one topic is a misconception, once may be a slip. */
const MISCONCEPTION = 2;
const MAX_BELIEFS = 8;

const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

function beliefOf(topic: TopicMastery, standing: number): Belief | null {
  const { topic: name, contestedAt, answers } = topic;
  const said = (kind: Belief['kind'], claim: string, ground: string): Belief => ({
    topic: name,
    kind,
    claim,
    ground,
    contestedAt,
  });
  const score = scoreOf(topic);
  if (contestedAt !== null && !isWeak(topic) && !isStrong(topic)) {
    const since = answers === 0 ? 'Nothing answered since.' : `${score} since.`;
    return said(
      'contested',
      `You told me I was wrong about ${name}`,
      `I left out what came before. ${since}`,
    );
  }
  if (standing >= MISCONCEPTION) {
    const ground = `Certain and wrong ${times(standing)}. It clears when you answer those questions right.`;
    return said('confident-wrong', `You are certain about ${name}, and it is not right yet`, ground);
  }
  if (isWeak(topic)) {
    const claim = topic.average < HALF ? 'does not stick yet' : 'is not safe yet';
    return said('weak', `${name} ${claim}`, `${score}.`);
  }
  return isStrong(topic) ? said('strong', `You know ${name} well`, `${score}.`) : null;
}

const HALF = 0.5;

const ORDER: Record<Belief['kind'], number> = { 'confident-wrong': 0, weak: 1, contested: 2, strong: 3 };

/** What the profile says about a student in sentences, what needs work first. One belief a topic. */
export function beliefsOf({
  topicBreakdown,
  calibration,
}: Pick<Analytics, 'topicBreakdown' | 'calibration'>): Belief[] {
  const standing = new Map<string, number>();
  for (const { topic } of calibration.items) {
    const key = topicKey(topic);
    standing.set(key, (standing.get(key) ?? 0) + 1);
  }
  return topicBreakdown
    .flatMap((topic) => beliefOf(topic, standing.get(topicKey(topic.topic)) ?? 0) ?? [])
    .sort((left, right) => ORDER[left.kind] - ORDER[right.kind])
    .slice(0, MAX_BELIEFS);
}
