import { momentInWords } from '@/lib/calendar/words';
/** "08:00" on this device's clock. */
export const clockTime = (at: string): string => momentInWords(at, 'time');

/** The hour for today, the day and the hour for another one. */
export function shortWhen(at: string, now = Date.now()): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday ? clockTime(at) : `${momentInWords(at, 'shortDayOfWeek')}, ${clockTime(at)}`;
}

/** "arrives at 08:00", with the day when it is another one. */
export function arrivesWords(deliverAt: string, now = Date.now()): string {
  const isToday = new Date(deliverAt).toDateString() === new Date(now).toDateString();
  return isToday ? `arrives at ${clockTime(deliverAt)}` : `arrives ${shortWhen(deliverAt, now)}`;
}
