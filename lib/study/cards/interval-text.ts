import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../calendar/dates.ts';
import { counted } from '../../calendar/words.ts';

/** One decimal where it says something: "1.5 months", "2 months". */
const rounded = (value: number) => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));

/** The time to a card's next review as a button shows it: "1 min", "3 days", "2.5 months". */
export function intervalText(from: Date, due: Date): string {
  const milliseconds = Math.max(0, due.getTime() - from.getTime());
  if (milliseconds < HOUR_MS) return `${Math.max(1, Math.round(milliseconds / MINUTE_MS))} min`;
  if (milliseconds < DAY_MS * 0.9) return `${Math.round(milliseconds / HOUR_MS)} h`;
  const days = Math.round(milliseconds / DAY_MS);
  if (days < 31) return counted(Math.max(1, days), 'day');
  if (days < 365) return counted(rounded(days / 30.44), 'month');
  return counted(rounded(days / 365.25), 'year');
}
