import type { Translate } from '@/lib/language/text';
import { told } from '@/lib/language/told';
import type { Insight } from '@/lib/matching/insight';

/** The choice to start at once, among times that are named by their instant. */
export const NOW = 'now';

/** How a question ends: in French a space that keeps the line stands before its mark. */
const ENDS = ['?', '\u00a0?'];

type Timed = Pick<Insight, 'canStudyNow' | 'nextBestTimes' | 'draftMessage' | 'said'>;

/** The time a draft proposes before anything is chosen. */
export function firstChoice({ canStudyNow, nextBestTimes }: Timed): string | null {
  return canStudyNow ? NOW : (nextBestTimes[0]?.whenISO ?? null);
}

/** When both can meet, in the words of the page. */
export const timesOf = ({ nextBestTimes, said }: Pick<Insight, 'nextBestTimes' | 'said'>, t: Translate) =>
  nextBestTimes.map((time) => ({
    ...time,
    whenMine: told(time.whenMine, said, t),
    whenTheirs: told(time.whenTheirs, said, t),
  }));

function phraseOf(chosen: string | null, insight: Timed, t: Translate): string {
  if (chosen === NOW) return t('now');
  const time = timesOf(insight, t).find(({ whenISO }) => whenISO === chosen);
  return time ? t('on {whenTheirs} your time', { whenTheirs: time.whenTheirs }) : t('some time this week');
}

/**
 * A text that proposes another time than before. One that no longer says the time in those words is the student's own
 * and stays as it is.
 */
export function retimed(
  text: string,
  from: string | null,
  to: string | null,
  insight: Timed,
  t: Translate,
): string {
  const [before, after] = [` ${phraseOf(from, insight, t)}`, ` ${phraseOf(to, insight, t)}`];
  const end = ENDS.find((one) => text.includes(before + one)) ?? '';
  // A function, because the words of a message may hold what a replacement pattern would act on.
  return end === '' ? text : text.replace(before + end, () => after + end);
}

/** What Clerva proposes to write, with the chosen time. */
export const draftFor = (insight: Timed, chosen: string | null, t: Translate) =>
  retimed(told(insight.draftMessage, insight.said, t), firstChoice(insight), chosen, insight, t);
