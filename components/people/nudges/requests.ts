import { requestJson } from '@/components/client/request';
import type { NudgeInbox } from '@/lib/db/queries/nudge';
import type { Nudge, NudgeAnswer } from '@/lib/domain/nudge';
import { api } from '@/lib/links';

export const fetchInbox = (url: string) => requestJson<NudgeInbox>(url);

export const answerNudge = async (id: string, status: NudgeAnswer): Promise<Nudge> =>
  (await requestJson<{ nudge: Nudge }>(api.nudge(id), { method: 'PATCH', body: { status } })).nudge;
