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
  const named = { topic: topic.topic, contestedAt: topic.contestedAt };
  if (topic.contestedAt !== null && !isWeak(topic) && !isStrong(topic)) {
    const since = topic.answers === 0 ? 'Nothing answered since.' : `${scoreOf(topic)} since.`;
    return {
      ...named,
      kind: 'contested',
      claim: `You told me I was wrong about ${topic.topic}`,
      ground: `I left out what came before. ${since}`,
    };
  }
  if (standing >= MISCONCEPTION) {
    return {
      ...named,
      kind: 'confident-wrong',
      claim: `You are certain about ${topic.topic}, and it is not right yet`,
      ground: `Certain and wrong ${times(standing)}. It clears when you answer those questions right.`,
    };
  }
  if (isWeak(topic)) {
    return {
      ...named,
      kind: 'weak',
      claim: `${topic.topic} does not stick yet`,
      ground: `${scoreOf(topic)}.`,
    };
  }
  if (isStrong(topic)) {
    return { ...named, kind: 'strong', claim: `You know ${topic.topic} well`, ground: `${scoreOf(topic)}.` };
  }
  return null;
}

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
