import { Temporal } from 'temporal-polyfill';
import { zoneOrUtc } from './dates.ts';

/** The clock on a student's wall at an instant, to reckon with. Apart from dates, which pages need without its library. */
export const clockIn = (instant: Date | number, timezone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(new Date(instant).getTime()).toZonedDateTimeISO(zoneOrUtc(timezone));
