import type { RunError } from '../protocol/messages.ts';
import { type Database, fromJson, type Row, toJson } from './database.ts';

export type StepStatus = 'pending' | 'completed' | 'failed';

export type Step = {
  id: string;
  name: string;
  op: string;
  status: StepStatus;
  error: RunError | null;
  attempts: number;
  createdAt: number;
  endedAt: number | null;
};

function toStep(row: Row): Step {
  return {
    id: String(row.id),
    name: String(row.name),
    op: String(row.op),
    // Written only by this module, from the type above.
    status: String(row.status) as StepStatus,
    error: row.error === null ? null : fromJson<RunError>(row.error),
    attempts: Number(row.attempts),
    createdAt: Number(row.created_at),
    endedAt: row.ended_at === null ? null : Number(row.ended_at),
  };
}

export type StepStore = ReturnType<typeof createStepStore>;

export function createStepStore(db: Database) {
  return {
    /** Notes a step the app announced and that is about to begin. */
    announce(
      runId: string,
      step: { id: string; name: string; op: string; race: boolean },
      now: number,
    ): void {
      db.run(
        `insert into step (run_id, id, name, op, status, race, created_at) values (?, ?, ?, ?, 'pending', ?, ?)
         on conflict (run_id, id) do update set op = excluded.op, race = excluded.race`,
        runId,
        step.id,
        step.name,
        step.op,
        step.race ? 1 : 0,
        now,
      );
    },

    noteFailedAttempt(runId: string, step: { id: string; name: string }, error: RunError, now: number): void {
      db.run(
        `insert into step (run_id, id, name, op, status, error, attempts, created_at) values (?, ?, ?, 'StepRun', 'pending', ?, 1, ?)
         on conflict (run_id, id) do update set attempts = attempts + 1, error = excluded.error`,
        runId,
        step.id,
        step.name,
        toJson(error),
        now,
      );
    },

    /**
     * Stores what a step came to. The first result stands: a repeated call of the same step changes nothing and
     * returns false.
     */
    memoise(
      runId: string,
      step: { id: string; name: string; op: string },
      result: { memo: unknown; error: RunError | null; isAttempt: boolean },
      now: number,
    ): boolean {
      return (
        db.all(
          `insert into step (run_id, id, name, op, status, memo, error, attempts, position, created_at, ended_at)
           values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, (select coalesce(max(position), 0) + 1 from step where run_id = ?1), ?9, ?9)
           on conflict (run_id, id) do update set status = excluded.status, memo = excluded.memo, error = excluded.error,
             attempts = step.attempts + excluded.attempts, position = excluded.position, ended_at = excluded.ended_at
             where step.status = 'pending'
           returning id`,
          runId,
          step.id,
          step.name,
          step.op,
          result.error ? 'failed' : 'completed',
          toJson(result.memo),
          result.error ? toJson(result.error) : null,
          result.isAttempt ? 1 : 0,
          now,
        ).length > 0
      );
    },

    get(runId: string, id: string): (Step & { race: boolean }) | null {
      const row = db.get('select * from step where run_id = ? and id = ?', runId, id);
      return row ? { ...toStep(row), race: row.race === 1 } : null;
    },

    list(runId: string): Step[] {
      return db
        .all('select * from step where run_id = ? order by position is null, position, created_at', runId)
        .map(toStep);
    },

    /** The memoised results in the order they were reached, as the SDK replays them. */
    memos(runId: string): { id: string; memo: unknown }[] {
      return db
        .all(`select id, memo from step where run_id = ? and position is not null order by position`, runId)
        .map((row) => ({ id: String(row.id), memo: fromJson<unknown>(row.memo) }));
    },
  };
}
