import { requestJson } from '@/components/client/request';
import type { SentNudge } from '@/lib/db/queries/nudge';
import type { BlockedPerson } from '@/lib/db/queries/people';
import type { Nudge, NudgeAnswer } from '@/lib/domain/nudge';
import type { ReportReason } from '@/lib/domain/person';
import type { Activity, FreeMinutes, OwnPresence } from '@/lib/domain/presence';
import type { OwnProfile } from '@/lib/domain/profile';
import { api } from '@/lib/links';
import type { Insight } from '@/lib/matching/insight';
import type { PeopleView } from '@/lib/people/people-view';

export const fetchPeople = (url: string) => requestJson<PeopleView>(url);
export const fetchInsight = (url: string) => requestJson<Insight>(url);
export const fetchBlocked = async (url: string) =>
  (await requestJson<{ people: BlockedPerson[] }>(url)).people;

export const changeProfile = async (change: Partial<OwnProfile>): Promise<OwnProfile> =>
  (await requestJson<{ profile: OwnProfile }>(api.ownProfile, { method: 'PATCH', body: change })).profile;

export const sendMessage = (
  toUserId: string,
  message: string,
  metadata: { topic?: string; whenISO?: string; minutes?: number },
) =>
  requestJson<SentNudge>(api.nudges, {
    method: 'POST',
    body: { toUserId, message, nudgeType: 'study_invite', metadata },
  });

export const blockPerson = (userId: string) =>
  requestJson<undefined>(api.blockPerson(userId), { method: 'POST' });
export const unblockPerson = (userId: string) =>
  requestJson<undefined>(api.blockPerson(userId), { method: 'DELETE' });
export const reportPerson = (userId: string, reason: ReportReason, note: string) =>
  requestJson<undefined>(api.reportPerson(userId), {
    method: 'POST',
    body: { reason, note: note.trim() === '' ? null : note.trim() },
  });

export const answerNudge = async (id: string, status: NudgeAnswer): Promise<Nudge> =>
  (await requestJson<{ nudge: Nudge }>(api.nudge(id), { method: 'PATCH', body: { status } })).nudge;

export type Shown = 'hidden' | 'as-i-study' | FreeMinutes;

export const fetchOwnPresence = () => requestJson<OwnPresence>(api.ownPresence);

export const saySign = (sign: { activity?: Activity; isLive: boolean }) =>
  requestJson<OwnPresence>(api.ownPresence, { method: 'PUT', body: sign });

/** Sent while the page goes away: nobody waits for the answer. */
export function sayGone(closingTab: string | undefined): void {
  void requestJson(api.ownPresence, {
    method: 'PUT',
    body: { isOnline: false, closingTab },
    keepalive: true,
  }).catch(() => undefined);
}

export const choose = (shown: Shown) =>
  requestJson<OwnPresence>(api.ownPresence, {
    method: 'PATCH',
    body: { isHidden: shown === 'hidden', freeMinutes: typeof shown === 'number' ? shown : null },
  });
