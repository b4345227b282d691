import { requestJson } from '@/components/client/request';
import type { WeeklyBusy } from '@/lib/calendar/weekly-busy';
import type { Window } from '@/lib/domain/availability';
import { api } from '@/lib/links';

export type Imported = {
  busy: WeeklyBusy[];
  /** Occurrences that fall into the weeks looked at. */
  events: number;
  /** Entries that repeat in a way that cannot be read. */
  skipped: number;
  timezone: string;
};

export const saveWeek = async (windows: readonly Window[]): Promise<Window[]> =>
  (await requestJson<{ windows: Window[] }>(api.availability, { method: 'PUT', body: { windows } })).windows;

export const importCalendar = (source: { ics: string } | { url: string }) =>
  requestJson<Imported>(api.importCalendar, { method: 'POST', body: source });
