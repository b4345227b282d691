import { clockIn } from '../calendar/clock.ts';
import { DAY_MS } from '../calendar/dates.ts';
import { momentInWords, percent } from '../calendar/words.ts';
import type { FadingCard } from '../db/queries/today.ts';
import { inEnglish } from '../language/text.ts';
import { meanRecallAt } from '../study/mastery/recall.ts';
import { cleanTopic, topicKey } from '../study/mastery/topic.ts';

/** A few days on, and further when nothing would be lost by then. */
const DAYS_AHEAD = [3, 7, 14];
const EVENING_HOUR = 17;
/** A deck that everybody has says nothing of its content. */
const UNNAMED_DECK = 'My cards';

export type Fading = {
  /** What most of the cards are about; null when they are about many things. */
  subject: string | null;
  source: FadingCard['source'];
  now: number;
  later: number;
  /** "Tonight you would recall 71% of it. By Monday, 58%." */
  sentence: string;
};

/** The topic of more than half of the cards, else their deck when they share it. */
function subjectOf(cards: readonly FadingCard[]): { subject: string | null; members: readonly FadingCard[] } {
  const byTopic = Map.groupBy(cards, ({ topic }) => topicKey(topic ?? ''));
  const [key, members] = [...byTopic].sort(([, left], [, right]) => right.length - left.length)[0] ?? [];
  const named = members?.[0]?.topic;
  if (key && named && members && members.length * 2 > cards.length) {
    return { subject: cleanTopic(named), members };
  }
  const deck = cards[0]?.deck;
  const isOneDeck = deck !== undefined && deck !== UNNAMED_DECK && cards.every((card) => card.deck === deck);
  return { subject: isOneDeck ? deck : null, members: cards };
}

/** What the due cards are about and how fast they fade, by the curve that schedules them. Null when none was ever seen. */
export function fadingOf(
  cards: readonly FadingCard[],
  now: Date,
  timezone: string,
  t = inEnglish,
): Fading | null {
  const nowMs = now.getTime();
  const recallNow = meanRecallAt(cards, nowMs);
  if (recallNow === null) return null;
  const { subject, members } = subjectOf(cards);
  const laterAt = (days: number) => meanRecallAt(cards, nowMs + days * DAY_MS) ?? 0;
  const days =
    DAYS_AHEAD.find((ahead) => percent(laterAt(ahead), t.language) !== percent(recallNow, t.language)) ?? 3;
  const later = laterAt(days);
  const when = clockIn(now, timezone).hour >= EVENING_HOUR ? t('Tonight') : t('Today');
  const loss =
    percent(later, t.language) === percent(recallNow, t.language)
      ? ''
      : ' ' +
        t('By {time}, {percent}.', {
          time: momentInWords(nowMs + days * DAY_MS, days < 7 ? 'weekday' : 'day', timezone, t.language),
          percent: percent(later, t.language),
        });
  return {
    subject,
    source: members.find(({ source }) => source !== null)?.source ?? null,
    now: recallNow,
    later,
    sentence: t('{when} you would recall {percent} of it.{loss}', {
      when,
      percent: percent(recallNow, t.language),
      loss,
    }),
  };
}
