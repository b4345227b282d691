import type { RunError } from '../protocol/messages.ts';
import type { Database } from './database.ts';

export type Step = {
  id: string;
  name: string;
  op: string;
  status: 'pending' | 'completed' | 'failed';
  error: RunError | null;
  attempts: number;
  createdAt: number;
  endedAt: number | null;
};

type StepName = Pick<Step, 'id' | 'name' | 'op'>;

export class StepStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Notes a step the app announced and that is about to begin. */
  announce(runId: string, step: StepName & { race: boolean }, createdAt: number): void {
    this.#db.insert(
      'step',
      { runId, ...step, race: step.race ? 1 : 0, status: 'pending', createdAt },
      'on conflict (run_id, id) do update set op = excluded.op, race = excluded.race',
    );
  }

  noteFailedAttempt(runId: string, { id, name }: StepName, error: RunError, createdAt: number): void {
    this.#db.insert(
      'step',
      { runId, id, name, op: 'StepRun', status: 'pending', error, attempts: 1, createdAt },
      'on conflict (run_id, id) do update set attempts = attempts + 1, error = excluded.error',
    );
  }

  /** Stores what a step came to. The first result stands: a repeated call of the same step changes nothing. */
  memoise(
    runId: string,
    { id, name, op }: StepName,
    { memo, error, isAttempt }: { memo: unknown; error: RunError | null; isAttempt: boolean },
    now: number,
  ): void {
    const status: Step['status'] = error ? 'failed' : 'completed';
    const attempts = isAttempt ? 1 : 0;
    this.#db.run(
      `insert into step (run_id, id, name, op, status, memo, error, attempts, position, created_at, ended_at)
       values (:runId, :id, :name, :op, :status, :memo, :error, :attempts,
         (select coalesce(max(position), 0) + 1 from step where run_id = :runId), :now, :now)
       on conflict (run_id, id) do update set status = excluded.status, memo = excluded.memo, error = excluded.error,
         attempts = step.attempts + excluded.attempts, position = excluded.position, ended_at = excluded.ended_at
         where step.status = 'pending'`,
      { runId, id, name, op, status, memo, error, attempts, now },
    );
  }

  get(runId: string, id: string): (Step & { race: 0 | 1 }) | null {
    return this.#db.get('select * from step where run_id = :runId and id = :id', { runId, id });
  }

  list(runId: string): Step[] {
    return this.#db.all(
      `select id, name, op, status, error, attempts, created_at, ended_at from step where run_id = :runId
       order by position is null, position, created_at`,
      { runId },
    );
  }

  /** The memoised results in the order they were reached, as the SDK replays them. */
  memos(runId: string): { id: string; memo: unknown }[] {
    return this.#db.all(
      'select id, memo from step where run_id = :runId and position is not null order by position',
      { runId },
    );
  }
}
