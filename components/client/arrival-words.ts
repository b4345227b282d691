import { momentInWords } from '@/lib/calendar/words';
import { inEnglish, type Translate } from '@/lib/language/text';
/** "08:00" on this device's clock. */
export const clockTime = (at: string, t: Translate): string =>
  momentInWords(at, 'time', undefined, t.language);

/** The hour for today, the day and the hour for another one. */
export function shortWhen(at: string, now = Date.now(), t = inEnglish): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday
    ? clockTime(at, t)
    : `${momentInWords(at, 'shortDayOfWeek', undefined, t.language)}, ${clockTime(at, t)}`;
}

/** "arrives at 08:00", with the day when it is another one. */
export function arrivesWords(deliverAt: string, now = Date.now(), t = inEnglish): string {
  const isToday = new Date(deliverAt).toDateString() === new Date(now).toDateString();
  return isToday
    ? t('arrives at {time}', { time: clockTime(deliverAt, t) })
    : t('arrives {shortWhen}', { shortWhen: shortWhen(deliverAt, now, t) });
}
