import type { Evidence } from './evidence.ts';
import { topicKey } from './topic.ts';

/** Leaves out what was answered and reviewed on a topic before the student said that the belief about it is wrong. */
export function withoutContested<All extends Evidence>(evidence: All): All {
  const since = new Map<string, number>();
  for (const { topic, atMs } of evidence.contests) {
    const key = topicKey(topic);
    since.set(key, Math.max(atMs, since.get(key) ?? atMs));
  }
  const stands = (topic: string | null, atMs: number) => {
    const contestedMs = topic === null ? undefined : since.get(topicKey(topic));
    return contestedMs === undefined || atMs > contestedMs;
  };
  return {
    ...evidence,
    answers: evidence.answers.filter(({ topic, atMs }) => stands(topic, atMs)),
    reviews: evidence.reviews.filter(({ topic, atMs }) => stands(topic, atMs)),
    cards: evidence.cards.filter(({ topic, lastReviewMs }) => stands(topic, lastReviewMs)),
  };
}
