import { requestJson } from '@/components/client/request';
import type { NudgeInbox } from '@/lib/db/queries/nudge';
import type { Nudge } from '@/lib/domain/nudge';
import { api } from '@/lib/links';

export type Answer = 'read' | 'accepted' | 'declined';

export const fetchInbox = (url: string) => requestJson<NudgeInbox>(url);

export const answerNudge = async (id: string, status: Answer): Promise<Nudge> =>
  (await requestJson<{ nudge: Nudge }>(api.nudge(id), { method: 'PATCH', body: { status } })).nudge;
