import { requestJson } from '@/components/library/requests';
import type { TopicEvidence } from '@/lib/db/queries/topic-evidence';
import type { LearningProfile } from '@/lib/study/mastery/profile';

/** "That is wrong", or its Undo; gives the profile as it is then. */
export const contest = (topic: string, { undo }: { undo: boolean }): Promise<LearningProfile> =>
  requestJson<LearningProfile>('/api/profile/contests', {
    method: undo ? 'DELETE' : 'POST',
    body: { topic },
  });

export const evidenceUrl = (topic: string): string => `/api/profile/topics/${encodeURIComponent(topic)}`;

export const fetchEvidence = (url: string): Promise<TopicEvidence> => requestJson<TopicEvidence>(url);
