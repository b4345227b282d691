import { createServiceClient } from '../../lib/db/clients.ts';
import { pruneMatches } from '../../lib/db/queries/matching.ts';
import { inngest } from '../client.ts';
import { evidenceRecorded, profileChanged } from '../events.ts';
import { withVerdict } from '../failure.ts';
import { refreshStudent, refreshStudents } from '../matches.ts';

/** Each step reads everybody once, so a step is worth many students; it stays far below what a step may take. */
const STUDENTS_PER_STEP = 200;

/** Works out whom a student fits, some seconds after the last of several changes. */
export const refreshMatches = inngest.createFunction(
  {
    id: 'refresh-matches',
    triggers: [profileChanged],
    debounce: { key: 'event.data.userId', period: '5s', timeout: '1m' },
    // Two at a time, whoever asks: each reads everybody.
    concurrency: [{ limit: 2 }, { limit: 1, key: 'event.data.userId' }],
    retries: 3,
  },
  async ({ event, step }) =>
    step.run('rank', () =>
      withVerdict('rank', () => refreshStudent(createServiceClient(), event.data.userId)),
    ),
);

/**
 * The same after studying, once the learning profile has been worked out from it. A review session says so with every
 * card, and what it changes about a match can wait until it is over.
 */
export const refreshMatchesAfterStudy = inngest.createFunction(
  {
    id: 'refresh-matches-after-study',
    triggers: [evidenceRecorded],
    debounce: { key: 'event.data.userId', period: '2m', timeout: '15m' },
    concurrency: [{ limit: 1 }],
    retries: 3,
  },
  async ({ event, step }) =>
    step.run('rank', () =>
      withVerdict('rank', () => refreshStudent(createServiceClient(), event.data.userId)),
    ),
);

/** Brings every student's matches up to date at night: what a single change could not reach, and what was lost. */
export const refreshAllMatches = inngest.createFunction(
  { id: 'refresh-all-matches', triggers: [{ cron: '17 3 * * *' }], concurrency: [{ limit: 1 }], retries: 2 },
  async ({ step }) => {
    const removed = await step.run('prune', () =>
      withVerdict('prune', () => pruneMatches(createServiceClient())),
    );
    let students = 0;
    for (let part = 0, after: string | null = null; ; part += 1) {
      const from: string | null = after;
      const done: { students: number; next: string | null } = await step.run(`rank-${part}`, () =>
        withVerdict('rank-many', () =>
          refreshStudents(createServiceClient(), { after: from, size: STUDENTS_PER_STEP }),
        ),
      );
      students += done.students;
      if (done.next === null) return { students, removed };
      after = done.next;
    }
  },
);
