import type { RunError, StoredEvent } from '../protocol/messages.ts';
import type { Database } from './database.ts';

export type RunStatus = 'running' | 'completed' | 'failed' | 'cancelled';

export type Run = {
  id: string;
  functionId: string;
  status: RunStatus;
  /** Never empty: a batch has several, every other run has one. */
  events: StoredEvent[];
  output: unknown;
  error: RunError | null;
  /** The step of another run that invoked this one. */
  parentRunId: string | null;
  parentStepId: string | null;
  singletonKey: string | null;
  sortKey: number;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
};

export type NewRun = Omit<Run, 'status' | 'output' | 'error' | 'startedAt' | 'endedAt'>;
export type RunFilter = { status?: string; functionId?: string; eventId?: string; limit: number };
export type RunResult = {
  status: Exclude<RunStatus, 'running'>;
  output?: unknown;
  error?: RunError;
};

export class RunStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  insert(run: NewRun): void {
    this.#db.insert('run', { ...run, status: 'running' });
    for (const event of run.events) {
      this.#db.insert('run_event', { eventId: event.id, runId: run.id }, 'on conflict do nothing');
    }
  }

  get(id: string): Run | null {
    return this.#db.get('select * from run where id = :id', { id });
  }

  isRunning(id: string): boolean {
    return this.#db.has(`select 1 from run where id = :id and status = 'running'`, { id });
  }

  list({ status, functionId, eventId, limit }: RunFilter): Run[] {
    return this.#db.all(
      `select * from run where (:status is null or status = :status)
         and (:functionId is null or function_id = :functionId)
         and (:eventId is null or id in (select run_id from run_event where event_id = :eventId))
       order by id desc limit :limit`,
      { status, functionId, eventId, limit },
    );
  }

  /** Running runs of one function, for cancellation. */
  runningOf(functionId: string): Run[] {
    return this.#db.all(`select * from run where status = 'running' and function_id = :functionId`, {
      functionId,
    });
  }

  runningBySingleton(key: string): Run[] {
    return this.#db.all(`select * from run where status = 'running' and singleton_key = :key`, { key });
  }

  /** Running runs that nothing would ever wake again. There are none unless a file was damaged or edited. */
  stranded(): { id: string }[] {
    return this.#db.all(
      `select id from run where status = 'running' and not exists (
         select 1 from job where job.run_id = run.id and job.kind <> 'timeout')`,
    );
  }

  /** Notes the first call of a run; true when this was it. */
  markStarted(id: string, now: number): boolean {
    const sql = 'update run set started_at = :now where id = :id and started_at is null returning id';
    return this.#db.has(sql, { id, now });
  }

  finish(id: string, { status, output, error }: RunResult, endedAt: number): void {
    this.#db.run(
      'update run set status = :status, output = :output, error = :error, ended_at = :endedAt where id = :id',
      { id, status, output, error, endedAt },
    );
  }

  counts(): Record<RunStatus, number> {
    const sql = 'select status, count(*) as total from run group by status';
    const rows = this.#db.all<{ status: RunStatus; total: number }>(sql);
    const counts = Object.fromEntries(rows.map(({ status, total }) => [status, total]));
    return { running: 0, completed: 0, failed: 0, cancelled: 0, ...counts };
  }

  /** Forgets finished runs beyond the newest `keep`, and those that ended before `endedBefore`. */
  prune(keep: number, endedBefore: number): void {
    this.#db.run(
      `delete from run where status <> 'running' and (ended_at < :endedBefore or id not in (
         select id from run where status <> 'running' order by ended_at desc, id desc limit :keep))`,
      { keep, endedBefore },
    );
  }
}
