import { Database } from './database.ts';
import { EventStore } from './events.ts';
import { JobStore } from './jobs.ts';
import { RunStore } from './runs.ts';
import { StepStore } from './steps.ts';

/** The only memory of the executor. What is not in here does not survive, so everything that matters is. */
export type Store = ReturnType<typeof openStore>;

export function openStore(file: string) {
  const db = new Database(file);
  return {
    events: new EventStore(db),
    runs: new RunStore(db),
    steps: new StepStore(db),
    jobs: new JobStore(db),
    transaction: <Result>(work: () => Result): Result => db.transaction(work),
    close: () => db.close(),
  };
}
