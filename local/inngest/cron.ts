import { Cron } from 'croner';

function read(schedule: string): Cron {
  // Inngest writes a time zone in front of the schedule: "TZ=Europe/Lisbon 0 9 * * 1".
  const match = /^(?:TZ|CRON_TZ)=(\S+)\s+(.+)$/.exec(schedule.trim());
  return new Cron(match?.[2] ?? schedule.trim(), { timezone: match?.[1] ?? 'UTC', paused: true });
}

/** The next moment of a schedule after `now`; null when there is none. */
export function nextTick(schedule: string, now: number): number | null {
  return read(schedule).nextRun(new Date(now))?.getTime() ?? null;
}

/** The reason why a schedule cannot be used, or null when it can. */
export function cronError(schedule: string): string | null {
  try {
    return nextTick(schedule, Date.now()) === null ? 'it never fires' : null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
