import type { RunError, StoredEvent } from '../protocol/messages.ts';
import { type Database, fromJson, type Row, toJson } from './database.ts';

export type RunStatus = 'running' | 'completed' | 'failed' | 'cancelled';

export type Run = {
  id: string;
  functionId: string;
  status: RunStatus;
  /** Never empty: a batch has several, every other run has one. */
  events: StoredEvent[];
  output: unknown;
  error: RunError | null;
  parent: { runId: string; stepId: string } | null;
  sortKey: number;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
};

export type NewRun = Pick<Run, 'id' | 'functionId' | 'events' | 'parent' | 'sortKey' | 'createdAt'> & {
  singletonKey: string | null;
};

export type RunFilter = { status?: string; functionId?: string; eventId?: string; limit: number };

function toRun(row: Row): Run {
  return {
    id: String(row.id),
    functionId: String(row.function_id),
    // Written only by this module, from the type above.
    status: String(row.status) as RunStatus,
    events: fromJson<StoredEvent[]>(row.events),
    output: row.output === null ? null : fromJson<unknown>(row.output),
    error: row.error === null ? null : fromJson<RunError>(row.error),
    parent:
      row.parent_run_id === null
        ? null
        : { runId: String(row.parent_run_id), stepId: String(row.parent_step_id) },
    sortKey: Number(row.sort_key),
    createdAt: Number(row.created_at),
    startedAt: row.started_at === null ? null : Number(row.started_at),
    endedAt: row.ended_at === null ? null : Number(row.ended_at),
  };
}

export type RunStore = ReturnType<typeof createRunStore>;

export function createRunStore(db: Database) {
  return {
    insert(run: NewRun): void {
      db.run(
        `insert into run (id, function_id, status, events, parent_run_id, parent_step_id, sort_key, singleton_key, created_at)
         values (?, ?, 'running', ?, ?, ?, ?, ?, ?)`,
        run.id,
        run.functionId,
        toJson(run.events),
        run.parent?.runId ?? null,
        run.parent?.stepId ?? null,
        run.sortKey,
        run.singletonKey,
        run.createdAt,
      );
      for (const event of run.events) {
        db.run('insert or ignore into run_event (event_id, run_id) values (?, ?)', event.id, run.id);
      }
    },

    get(id: string): Run | null {
      const row = db.get('select * from run where id = ?', id);
      return row ? toRun(row) : null;
    },

    isRunning(id: string): boolean {
      return db.get(`select 1 from run where id = ? and status = 'running'`, id) !== undefined;
    },

    list(filter: RunFilter): Run[] {
      return db
        .all(
          `select * from run where (?1 is null or status = ?1) and (?2 is null or function_id = ?2)
             and (?3 is null or id in (select run_id from run_event where event_id = ?3))
           order by id desc limit ?4`,
          filter.status ?? null,
          filter.functionId ?? null,
          filter.eventId ?? null,
          filter.limit,
        )
        .map(toRun);
    },

    /** Running runs of one function, for cancellation. */
    runningOf(functionId: string): Run[] {
      return db.all(`select * from run where status = 'running' and function_id = ?`, functionId).map(toRun);
    },

    runningBySingleton(key: string): Run[] {
      return db.all(`select * from run where status = 'running' and singleton_key = ?`, key).map(toRun);
    },

    /** Running runs that nothing would ever wake again. There are none unless a file was damaged or edited. */
    stranded(): string[] {
      return db
        .all(
          `select id from run where status = 'running' and not exists (
             select 1 from job where job.run_id = run.id and job.kind <> 'timeout')`,
        )
        .map((row) => String(row.id));
    },

    /** Notes the first call of a run; true when this was it. */
    markStarted(id: string, now: number): boolean {
      return (
        db.all('update run set started_at = ? where id = ? and started_at is null returning id', now, id)
          .length > 0
      );
    },

    finish(
      id: string,
      status: Exclude<RunStatus, 'running'>,
      result: { output?: unknown; error?: RunError },
      now: number,
    ): void {
      db.run(
        'update run set status = ?, output = ?, error = ?, ended_at = ? where id = ?',
        status,
        status === 'completed' ? toJson(result.output) : null,
        result.error ? toJson(result.error) : null,
        now,
        id,
      );
    },

    counts(): Record<RunStatus, number> {
      const counts = { running: 0, completed: 0, failed: 0, cancelled: 0 };
      for (const row of db.all('select status, count(*) as total from run group by status')) {
        counts[String(row.status) as RunStatus] = Number(row.total);
      }
      return counts;
    },

    /** Forgets finished runs beyond the newest `keep`, and those that ended before `endedBefore`. */
    prune(keep: number, endedBefore: number): void {
      db.run(
        `delete from run where status <> 'running' and (ended_at < ?1 or id not in (
           select id from run where status <> 'running' order by ended_at desc, id desc limit ?2))`,
        endedBefore,
        keep,
      );
    },
  };
}
