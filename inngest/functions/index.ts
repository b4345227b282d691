import { compareVersions } from './compare-versions.ts';
import { eraseAccount } from './erase-account.ts';
import { exportAccount } from './export-account.ts';
import { forgetLostPresence } from './forget-lost-presence.ts';
import { indexNotes } from './index-notes.ts';
import { ingestDocument } from './ingest-document.ts';
import { keepWatch, keepWatchHourly } from './keep-watch.ts';
import { reconcileDocumentsJob } from './reconcile-documents.ts';
import { refreshLearningProfile } from './refresh-learning-profile.ts';
import { refreshAllMatches, refreshMatches, refreshMatchesAfterStudy } from './refresh-matches.ts';
import { rememberTurn } from './remember-turn.ts';

/** Every job, as the endpoint announces them to the queue. */
export const functions = [
  ingestDocument,
  reconcileDocumentsJob,
  indexNotes,
  compareVersions,
  refreshLearningProfile,
  rememberTurn,
  refreshMatches,
  refreshMatchesAfterStudy,
  refreshAllMatches,
  forgetLostPresence,
  eraseAccount,
  exportAccount,
  keepWatch,
  keepWatchHourly,
];
