import { requestJson } from '@/components/client/request';
import type { SentNudge } from '@/lib/db/queries/nudge';
import type { BlockedPerson } from '@/lib/db/queries/people';
import type { ReportReason } from '@/lib/domain/person';
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
  requestJson<undefined>(`${api.person(userId)}/block`, { method: 'POST' });
export const unblockPerson = (userId: string) =>
  requestJson<undefined>(`${api.person(userId)}/block`, { method: 'DELETE' });
export const reportPerson = (userId: string, reason: ReportReason, note: string) =>
  requestJson<undefined>(`${api.person(userId)}/report`, {
    method: 'POST',
    body: { reason, note: note.trim() === '' ? null : note.trim() },
  });
