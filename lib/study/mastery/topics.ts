import { z } from 'zod';
import { DAY_MS } from '../../calendar/dates.ts';
import { PHASE } from '../../domain/card.ts';
import { count, share } from '../../domain/fields.ts';
import { betaQuantile } from './beta.ts';
import type { AnswerEvidence, CardEvidence, Evidence, ReviewEvidence } from './evidence.ts';
import { meanRecallAt } from './recall.ts';
import { cleanTopic, laterSpelling, type Spelling, topicKey } from './topic.ts';

/**
 * After a month a result counts half. Exams lie weeks away, so the last fortnight still counts three quarters or more and
 * a whole term ago about a twentieth: an old mistake stops being held against a student, an old success stops vouching.
 */
const HALF_LIFE_DAYS = 30;
/** Nothing known: every average is as likely as any other. */
const PRIOR = 1;
/** A right guess is some sign of knowledge and never a sign of weakness. */
const GUESSED_RIGHT_WEIGHT = 0.5;
/** A card is one fact, and the student grades it: half an answer. Twice in one sitting, it says next to nothing. */
const SPACED_REVIEW_WEIGHT = 0.5;
const SAME_SITTING_WEIGHT = 0.1;
export const AGAIN = 1;
/** As many fresh answers make the certainty one half. */
const ANSWERS_FOR_HALF_CERTAINTY = 4;
const TAIL = 0.05;
const MAX_TOPICS = 200;

export const topicMasterySchema = z.object({
  topic: z.string(),
  average: share.describe('How likely the next question on it is answered right.'),
  answers: count.describe('How many answers and reviews stand behind it.'),
  certainty: share.describe('How sure the average is.'),
  low: share.describe('Lower end of the interval that holds it nine times out of ten.'),
  high: share.describe('Upper end of that interval.'),
  retention: share.nullable().describe('Share of its reviewed cards recalled now; null without any.'),
  lastSeenAt: z.string().nullable(),
  contestedAt: z.string().nullable().describe('When the student said that this belief was wrong.'),
  right: count,
  wrong: count,
  skipped: count,
  reviews: count,
  certainWrong: count,
});
export type TopicMastery = z.infer<typeof topicMasterySchema>;

type Gathered = {
  spelling: Spelling;
  contestedMs: number | null;
  answers: AnswerEvidence[];
  reviews: ReviewEvidence[];
  cards: CardEvidence[];
};

const weightAt = (atMs: number, nowMs: number) =>
  0.5 ** (Math.max(0, nowMs - atMs) / DAY_MS / HALF_LIFE_DAYS);

const reviewWeight = ({ state }: ReviewEvidence) =>
  state === PHASE.review ? SPACED_REVIEW_WEIGHT : SAME_SITTING_WEIGHT;

/** Evidence by topic, spellings merged. What stands before a contest was left out by the caller. */
function gather(evidence: Evidence): Map<string, Gathered> {
  const topics = new Map<string, Gathered>();
  const at = (topic: string | null, atMs: number): Gathered | null => {
    const key = topicKey(topic ?? '');
    if (topic === null || key === '') return null;
    const found = topics.get(key);
    const spelling = laterSpelling(found?.spelling, { topic: cleanTopic(topic), atMs });
    const gathered = found ?? { spelling, contestedMs: null, answers: [], reviews: [], cards: [] };
    gathered.spelling = spelling;
    topics.set(key, gathered);
    return gathered;
  };
  for (const { topic, atMs } of evidence.contests) {
    // At the beginning of time, so that the spelling of what was answered wins over the one in the contest.
    const gathered = at(topic, 0);
    if (gathered) gathered.contestedMs = Math.max(atMs, gathered.contestedMs ?? atMs);
  }
  for (const answer of evidence.answers) at(answer.topic, answer.atMs)?.answers.push(answer);
  for (const review of evidence.reviews) at(review.topic, review.atMs)?.reviews.push(review);
  for (const card of evidence.cards) at(card.topic, card.lastReviewMs)?.cards.push(card);
  return topics;
}

function masteryOf(
  { spelling, contestedMs, answers, reviews, cards }: Gathered,
  nowMs: number,
): TopicMastery {
  let alpha = PRIOR;
  let beta = PRIOR;
  const given = answers.filter(({ skipped }) => !skipped);
  for (const { correct, credit = correct ? 1 : 0, confidence, atMs } of given) {
    const weight = weightAt(atMs, nowMs);
    beta += weight * (1 - credit);
    alpha += weight * credit * (confidence === 'guessing' ? GUESSED_RIGHT_WEIGHT : 1);
  }
  for (const review of reviews) {
    const weight = weightAt(review.atMs, nowMs) * reviewWeight(review);
    if (review.rating <= AGAIN) beta += weight;
    else alpha += weight;
  }
  const effective = alpha + beta - 2 * PRIOR;
  const right = given.filter(({ correct }) => correct).length;
  const recalled = reviews.filter(({ rating }) => rating > AGAIN).length;
  const seen = [...answers, ...reviews].reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
  return {
    topic: spelling.topic,
    average: alpha / (alpha + beta),
    answers: given.length + reviews.length,
    certainty: effective / (effective + ANSWERS_FOR_HALF_CERTAINTY),
    low: betaQuantile(TAIL, alpha, beta),
    high: betaQuantile(1 - TAIL, alpha, beta),
    retention: meanRecallAt(cards, nowMs),
    lastSeenAt: seen === 0 ? null : new Date(seen).toISOString(),
    contestedAt: contestedMs === null ? null : new Date(contestedMs).toISOString(),
    right: right + recalled,
    wrong: given.length - right + reviews.length - recalled,
    skipped: answers.length - given.length,
    reviews: reviews.length,
    certainWrong: given.filter(({ correct, confidence }) => !correct && confidence === 'certain').length,
  };
}

/**
 * What is known of each topic, the best first. An average is the mean of a Beta distribution that starts knowing nothing;
 * a skipped question adds to neither side. A topic is listed when something was answered, or when it was contested.
 */
export function topicBreakdown(evidence: Evidence, now: Date): TopicMastery[] {
  return [...gather(evidence).values()]
    .filter(
      ({ answers, reviews, contestedMs }) => answers.length + reviews.length > 0 || contestedMs !== null,
    )
    .map((gathered) => masteryOf(gathered, now.getTime()))
    .sort((left, right) => right.certainty - left.certainty)
    .slice(0, MAX_TOPICS)
    .sort((left, right) => right.average - left.average || (left.topic < right.topic ? -1 : 1));
}

/** Topics there are questions or cards for that nobody has answered yet. */
export function unpractisedTopics(evidence: Evidence, practised: readonly TopicMastery[]): string[] {
  const known = new Set(
    practised
      .filter(({ answers, contestedAt }) => answers > 0 || contestedAt)
      .map(({ topic }) => topicKey(topic)),
  );
  const left: string[] = [];
  for (const topic of evidence.topics) {
    const key = topicKey(topic);
    if (key === '' || known.has(key)) continue;
    known.add(key);
    left.push(cleanTopic(topic));
  }
  return left.sort().slice(0, MAX_TOPICS);
}
