import { comparePassages, moveHighlights } from '../../lib/ingestion/versions.ts';
import { inngest } from '../client.ts';
import { ingestionDependencies } from '../dependencies.ts';
import { documentReplaced } from '../events.ts';
import { isSuperseded, withVerdict } from '../failure.ts';

/** Looks at what was made from a document that another one replaced. */
export const compareVersions = inngest.createFunction(
  {
    id: 'compare-versions',
    triggers: [documentReplaced],
    concurrency: [{ limit: 1, key: 'event.data.userId' }],
    retries: 4,
  },
  async ({ event, step }) => {
    try {
      const passages = await step.run('compare', () =>
        withVerdict('compare', () => comparePassages(ingestionDependencies().db, event.data)),
      );
      const highlights = await step.run('move-highlights', () =>
        withVerdict('move-highlights', () => moveHighlights(ingestionDependencies().db, event.data)),
      );
      return { ...passages, highlights };
    } catch (error) {
      // Deleted meanwhile: nothing of it waits for anybody.
      if (isSuperseded(error)) return { outcome: 'superseded' as const };
      throw error;
    }
  },
);
