import { topicEvidence } from '@/lib/db/queries/topic-evidence';
import { AppError } from '@/lib/errors';
import { withUser } from '@/lib/http';
import { otherMethods } from '@/lib/http/methods';
import { cleanTopic, MAX_TOPIC_CHARACTERS } from '@/lib/study/mastery/topic';

/** A topic is its own name in the path; one with a percent sign of its own is taken as it stands. */
function topicOf(segment: string): string {
  let topic = segment;
  try {
    topic = decodeURIComponent(segment);
  } catch {
    // Decoded already.
  }
  if (topic.length > MAX_TOPIC_CHARACTERS || cleanTopic(topic) === '') throw new AppError('not_found');
  return cleanTopic(topic);
}

/** The answers and reviews that what is said about a topic rests on. */
export const GET = withUser<{ topic: string }>(async ({ db, user, params }) =>
  Response.json(await topicEvidence(db, { userId: user.id, topic: topicOf(params.topic), now: new Date() })),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
