const two = (value: number) => String(value).padStart(2, '0');

/** "08:00" on this device's clock. */
export function clockTime(at: string): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });

/** The hour for today, the day and the hour for another one. */
export function shortWhen(at: string, now = Date.now()): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday ? clockTime(at) : `${DAY.format(new Date(at))}, ${clockTime(at)}`;
}

/** "arrives at 08:00", with the day when it is another one. */
export function arrivesWords(deliverAt: string, now = Date.now()): string {
  const isToday = new Date(deliverAt).toDateString() === new Date(now).toDateString();
  return isToday ? `arrives at ${clockTime(deliverAt)}` : `arrives ${shortWhen(deliverAt, now)}`;
}
