import { requestJson } from '@/components/client/request';
import type { TopicEvidence } from '@/lib/db/queries/topic-evidence';
import { api } from '@/lib/links';
import type { LearningProfile } from '@/lib/study/mastery/profile';

/** "That is wrong", or its Undo; gives the profile as it is then. */
export const contest = (topic: string, { undo }: { undo: boolean }): Promise<LearningProfile> =>
  requestJson<LearningProfile>(api.contests, {
    method: undo ? 'DELETE' : 'POST',
    body: { topic },
  });

export const fetchEvidence = (url: string): Promise<TopicEvidence> => requestJson<TopicEvidence>(url);
