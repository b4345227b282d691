import { closeAnswersJob } from './close-answers.ts';
import { ingestDocument } from './ingest-document.ts';
import { reconcileDocumentsJob } from './reconcile-documents.ts';
import { refreshLearningProfile } from './refresh-learning-profile.ts';
import { refreshAllMatches, refreshMatches, refreshMatchesAfterStudy } from './refresh-matches.ts';
import { forgetLostPresence, sweepPresenceJob } from './sweep-presence.ts';
import { tidyRoomsJob } from './tidy-rooms.ts';

/** Every job, as the endpoint announces them to the queue. */
export const functions = [
  ingestDocument,
  reconcileDocumentsJob,
  refreshLearningProfile,
  refreshMatches,
  refreshMatchesAfterStudy,
  refreshAllMatches,
  sweepPresenceJob,
  forgetLostPresence,
  tidyRoomsJob,
  closeAnswersJob,
];
