import { logger } from '../lib/observability/logger.ts';
import { inngest } from './client.ts';
import { type EvidenceKind, evidenceRecorded } from './events.ts';

/**
 * Says that there is something new to learn about a student, so that the profile is worked out anew. It never throws:
 * the answer or the review is stored already, and a profile older than its evidence is rebuilt when it is next read.
 */
export async function recordEvidence(evidence: { userId: string; kind: EvidenceKind }): Promise<void> {
  try {
    await inngest.send(evidenceRecorded.create(evidence));
  } catch (error) {
    logger().warn({ err: error, ...evidence }, 'new evidence was not announced to the queue');
  }
}
