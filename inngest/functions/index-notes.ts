import { indexNotesOf } from '../../lib/ingestion/notes.ts';
import { inngest } from '../client.ts';
import { ingestionDependencies } from '../dependencies.ts';
import { noteSaved } from '../events.ts';
import { withVerdict } from '../failure.ts';

/** A vault of two thousand notes is fifty steps; what is left goes on with the next save or the hourly look. */
const MOST_STEPS = 60;

/**
 * Makes notes findable by what they say now. A page saves every second or two while somebody writes: one run a few seconds
 * after the last save does, and while they go on writing one every half minute.
 */
export const indexNotes = inngest.createFunction(
  {
    id: 'index-notes',
    triggers: [noteSaved],
    debounce: { key: 'event.data.userId', period: '4s', timeout: '30s' },
    concurrency: [{ limit: 1, key: 'event.data.userId' }],
    retries: 4,
  },
  async ({ event, step }) => {
    let indexed = 0;
    for (let turn = 0; turn < MOST_STEPS; turn++) {
      const read = await step.run(`read-${turn}`, () =>
        withVerdict('notes', () => indexNotesOf(ingestionDependencies(), event.data.userId)),
      );
      indexed += read;
      if (read === 0) break;
    }
    return { indexed };
  },
);
