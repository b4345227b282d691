import { type Database, openDatabase } from './database.ts';
import { createEventStore, type EventStore } from './events.ts';
import { createJobStore, type JobStore } from './jobs.ts';
import { createRunStore, type RunStore } from './runs.ts';
import { createStepStore, type StepStore } from './steps.ts';

/** The only memory of the executor. What is not in here does not survive, so everything that matters is. */
export type Store = {
  events: EventStore;
  runs: RunStore;
  steps: StepStore;
  jobs: JobStore;
  transaction: Database['transaction'];
  close(): void;
};

export function openStore(file: string): Store {
  const db = openDatabase(file);
  return {
    events: createEventStore(db),
    runs: createRunStore(db),
    steps: createStepStore(db),
    jobs: createJobStore(db),
    transaction: db.transaction,
    close: db.close,
  };
}
