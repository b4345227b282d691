import { requestJson } from '@/components/library/requests';
import type { NudgeInbox } from '@/lib/db/queries/nudge';
import type { Nudge } from '@/lib/domain/nudge';

export const NUDGES_KEY = '/api/nudges';

export type Answer = 'read' | 'accepted' | 'declined';

export const fetchInbox = (url: string) => requestJson<NudgeInbox>(url);

export const answerNudge = async (id: string, status: Answer): Promise<Nudge> =>
  (await requestJson<{ nudge: Nudge }>(`${NUDGES_KEY}/${id}`, { method: 'PATCH', body: { status } })).nudge;
