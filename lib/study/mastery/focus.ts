import { daysBetween } from '../../calendar/dates.ts';
import { say, sayInDays } from '../../language/said.ts';
import type { Upcoming } from './evidence.ts';
import { isAbout, topicKey } from './topic.ts';
import type { TopicMastery } from './topics.ts';

/** What is worth reaching: below it there is something to win, above it time is better spent elsewhere. */
export const AIM = 0.8;

/** A strength has to be likely even in the worst of twenty cases, and rest on more than a few answers. */
const STRONG_AVERAGE = 0.75;
const STRONG_LOW = 0.6;
const STRONG_CERTAINTY = 0.5;
/** Being wrong about a weakness costs a short quiz, so less evidence is asked for. */
const WEAK_AVERAGE = 0.6;
const WEAK_HIGH = 0.85;
const WEAK_CERTAINTY = 1 / 3;
/** With no date in sight, and as far ahead as a date halves its pull. */
const NO_DATE = 0.25;
const DAYS_TO_HALF = 14;
const MAX_FOCUS = 5;
const MAX_NAMED = 20;

export type Focus = { topic: string; reason: string; score: number };

export const isStrong = ({ average, low, certainty }: TopicMastery): boolean =>
  average >= STRONG_AVERAGE && low >= STRONG_LOW && certainty >= STRONG_CERTAINTY;

export const isWeak = ({ average, high, certainty }: TopicMastery): boolean =>
  average < WEAK_AVERAGE && high <= WEAK_HIGH && certainty >= WEAK_CERTAINTY;

const named = (topics: readonly TopicMastery[]) => topics.slice(0, MAX_NAMED).map(({ topic }) => topic);

export const strengthsOf = (topics: readonly TopicMastery[]): string[] =>
  named(topics.filter(isStrong).sort((left, right) => right.low - left.low));

export const weaknessesOf = (topics: readonly TopicMastery[]): string[] =>
  named(topics.filter(isWeak).sort((left, right) => left.high - right.high));

/** Whether what lies ahead is about a topic: it names it outright, or its text mentions it. */
export const concerns = ({ topics, text }: Upcoming, key: string) =>
  topics.some((name) => topicKey(name) === key) || isAbout(text, key);

/** How much what lies ahead asks for a topic: 1 on the day it is needed, less the further away. */
function pullOf(
  topic: string,
  upcoming: readonly Upcoming[],
  today: string,
): { pull: number; next: Upcoming | null } {
  let pull = NO_DATE;
  let next: Upcoming | null = null;
  for (const entry of upcoming) {
    const days = daysBetween(today, entry.date);
    if (days < 0 || !concerns(entry, topicKey(topic))) continue;
    const found = Math.max(NO_DATE, 1 / (1 + days / DAYS_TO_HALF));
    if (next === null || found > pull) {
      pull = found;
      next = entry;
    }
  }
  return { pull, next };
}

/** "3 of 8 right", in what was answered, not in what was worked out of it. */
export const scoreOf = (
  { right, wrong }: Pick<TopicMastery, 'right' | 'wrong'>,
  t: typeof say = say,
): string => t('{right} of {total} right', { right, total: right + wrong });

function reasonOf(topic: TopicMastery, next: Upcoming | null, today: string): string {
  const scored = scoreOf(topic);
  if (!next) return say('{scored}.', { scored });
  const when = sayInDays(daysBetween(today, next.date));
  return next.kind === 'exam'
    ? say('{scored}, and “{title}” is {when}.', { scored, title: next.title, when })
    : say('{scored}, and your plan has it {when}.', { scored, when });
}

/** What to work on first: far from the aim, known with some certainty, and needed soon. The best first. */
export function recommendedFocus(
  topics: readonly TopicMastery[],
  upcoming: readonly Upcoming[],
  today: string,
): Focus[] {
  return topics
    .filter(({ average, answers, certainty }) => answers > 0 && average < AIM && certainty >= WEAK_CERTAINTY)
    .map((topic) => {
      const { pull, next } = pullOf(topic.topic, upcoming, today);
      return {
        topic: topic.topic,
        reason: reasonOf(topic, next, today),
        score: (1 - topic.average) * topic.certainty * pull,
      };
    })
    .sort((left, right) => right.score - left.score || (left.topic < right.topic ? -1 : 1))
    .slice(0, MAX_FOCUS);
}
