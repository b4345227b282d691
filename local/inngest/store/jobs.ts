import { type Database, fromJson, type Row, toJson } from './database.ts';

/** The step id of the call that asks a function what comes next; the SDK fixes this name. */
export const DISCOVERY = 'step';

/**
 * Everything that is still to happen is a job row: calls to make, sleeps and waits that end, invocations that may time
 * out, events held back, and the next tick of a schedule. A restart therefore has nothing to reconstruct.
 */
export type JobKind = 'call' | 'sleep' | 'wait' | 'invoke' | 'debounce' | 'batch' | 'cron' | 'timeout';

export type Job = {
  id: number;
  kind: JobKind;
  dueAt: number;
  runId: string | null;
  stepId: string | null;
  attempt: number;
  /** How often a call was cut off before an answer came; not an attempt of the app's code. */
  interruptions: number;
  key: string | null;
  payload: Record<string, unknown>;
};

export type NewJob = { kind: JobKind; dueAt: number } & Partial<
  Pick<Job, 'runId' | 'stepId' | 'attempt' | 'interruptions' | 'key' | 'payload'>
>;

/** A due call together with what decides its turn. */
export type ReadyCall = {
  jobId: number;
  runId: string;
  functionId: string;
  isDiscovery: boolean;
  sortKey: number;
};

function toJob(row: Row): Job {
  return {
    id: Number(row.id),
    // Written only by this module, from the type above.
    kind: String(row.kind) as JobKind,
    dueAt: Number(row.due_at),
    runId: row.run_id === null ? null : String(row.run_id),
    stepId: row.step_id === null ? null : String(row.step_id),
    attempt: Number(row.attempt),
    interruptions: Number(row.interruptions),
    key: row.key === null ? null : String(row.key),
    payload: fromJson<Record<string, unknown>>(row.payload),
  };
}

export type JobStore = ReturnType<typeof createJobStore>;

export function createJobStore(db: Database) {
  return {
    insert(job: NewJob): number {
      return db.run(
        `insert into job (kind, state, due_at, run_id, step_id, attempt, interruptions, key, payload)
         values (?, 'later', ?, ?, ?, ?, ?, ?, ?)`,
        job.kind,
        job.dueAt,
        job.runId ?? null,
        job.stepId ?? null,
        job.attempt ?? 0,
        job.interruptions ?? 0,
        job.key ?? null,
        toJson(job.payload ?? {}),
      );
    },

    get(id: number): Job | null {
      const row = db.get('select * from job where id = ?', id);
      return row ? toJob(row) : null;
    },

    remove(id: number): void {
      db.run('delete from job where id = ?', id);
    },

    removeOfRun(runId: string): void {
      db.run('delete from job where run_id = ?', runId);
    },

    removeOfStep(runId: string, stepId: string, kind: JobKind): void {
      db.run('delete from job where run_id = ? and step_id = ? and kind = ?', runId, stepId, kind);
    },

    reschedule(id: number, dueAt: number, payload: Record<string, unknown>): void {
      db.run('update job set due_at = ?, payload = ? where id = ?', dueAt, toJson(payload), id);
    },

    noteInterruption(id: number): void {
      db.run('update job set interruptions = interruptions + 1 where id = ?', id);
    },

    byKey(kind: JobKind, key: string): Job[] {
      return db.all('select * from job where kind = ? and key = ? order by id', kind, key).map(toJob);
    },

    byKind(kind: JobKind): Job[] {
      return db.all('select * from job where kind = ?', kind).map(toJob);
    },

    hasStep(runId: string, stepId: string, kind: JobKind): boolean {
      return (
        db.get('select 1 from job where run_id = ? and step_id = ? and kind = ?', runId, stepId, kind) !==
        undefined
      );
    },

    isStepUnderWay(runId: string, stepId: string): boolean {
      return db.get('select 1 from job where run_id = ? and step_id = ?', runId, stepId) !== undefined;
    },

    hasWorkFor(runId: string): boolean {
      return db.get(`select 1 from job where run_id = ? and kind <> 'timeout'`, runId) !== undefined;
    },

    /** Whether a discovery call of the run is queued that has not been sent yet, and so will see every result. */
    hasQueuedDiscovery(runId: string): boolean {
      return (
        db.get(
          `select 1 from job where run_id = ? and kind = 'call' and step_id = '${DISCOVERY}' and state <> 'calling'`,
          runId,
        ) !== undefined
      );
    },

    markCalling(id: number): void {
      db.run(`update job set state = 'calling' where id = ?`, id);
    },

    /** Puts a call back to be made at `dueAt`. */
    putBack(id: number, dueAt: number): void {
      db.run(`update job set state = 'later', due_at = ? where id = ?`, dueAt, id);
    },

    /** How many announced steps of a run still wait for their result. */
    pendingSteps(runId: string): number {
      const row = db.get(
        `select count(distinct step_id) as total from job
         where run_id = ? and (kind in ('sleep', 'wait', 'invoke') or (kind = 'call' and step_id <> '${DISCOVERY}'))`,
        runId,
      );
      return Number(row?.total ?? 0);
    },

    /** Whether a run must wait for steps under way. Those of a race, or announced without optimisation, do not hold it. */
    hasBlockingSteps(runId: string): boolean {
      return (
        db.get(
          `select 1 from job join step on step.run_id = job.run_id and step.id = job.step_id
           where job.run_id = ? and step.race = 0 and job.kind in ('sleep', 'wait', 'invoke', 'call')`,
          runId,
        ) !== undefined
      );
    },

    nextDueAt(): number | null {
      const due = db.get(`select min(due_at) as due from job where state = 'later'`)?.due;
      return due === null || due === undefined ? null : Number(due);
    },

    dueTimers(now: number): Job[] {
      return db
        .all(
          `select * from job where state = 'later' and kind <> 'call' and due_at <= ? order by due_at, id`,
          now,
        )
        .map(toJob);
    },

    /** Takes the calls that are due into the in-memory queue. */
    takeDueCalls(now: number): ReadyCall[] {
      const rows = db.all(
        `select job.id, job.run_id, job.step_id, run.function_id, run.sort_key from job join run on run.id = job.run_id
         where job.state = 'later' and job.kind = 'call' and job.due_at <= ?`,
        now,
      );
      if (rows.length)
        db.run(`update job set state = 'taken' where state = 'later' and kind = 'call' and due_at <= ?`, now);
      return rows.map((row) => ({
        jobId: Number(row.id),
        runId: String(row.run_id),
        functionId: String(row.function_id),
        isDiscovery: row.step_id === DISCOVERY,
        sortKey: Number(row.sort_key),
      }));
    },

    /** After a restart no call is in any queue; those that were cut off are simply made again. */
    releaseTaken(): void {
      db.run(`update job set state = 'later' where state <> 'later'`);
    },
  };
}
