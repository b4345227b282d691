import type { Database } from './database.ts';

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

export type NewJob = Pick<Job, 'kind' | 'dueAt'> & Partial<Omit<Job, 'id' | 'interruptions'>>;

/** A due call together with what decides its turn. */
export type ReadyCall = {
  jobId: number;
  runId: string;
  stepId: string;
  functionId: string;
  sortKey: number;
};

const OF_STEP = 'from job where run_id = :runId and step_id = :stepId';
const DUE_CALLS = `job.state = 'later' and job.kind = 'call' and job.due_at <= :now`;

export class JobStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  insert(job: NewJob): void {
    this.#db.insert('job', { state: 'later', payload: {}, ...job });
  }

  get(id: number): Job | null {
    return this.#db.get('select * from job where id = :id', { id });
  }

  remove(id: number): void {
    this.#db.run('delete from job where id = :id', { id });
  }

  removeOfRun(runId: string): void {
    this.#db.run('delete from job where run_id = :runId', { runId });
  }

  removeOfStep(runId: string, stepId: string, kind: JobKind): void {
    this.#db.run(`delete ${OF_STEP} and kind = :kind`, { runId, stepId, kind });
  }

  reschedule(id: number, dueAt: number, payload: Record<string, unknown>): void {
    this.#db.run('update job set due_at = :dueAt, payload = :payload where id = :id', { id, dueAt, payload });
  }

  noteInterruption(id: number): void {
    this.#db.run('update job set interruptions = interruptions + 1 where id = :id', { id });
  }

  byKey(kind: JobKind, key: string): Job[] {
    return this.#db.all('select * from job where kind = :kind and key = :key order by id', { kind, key });
  }

  byKind(kind: JobKind): Job[] {
    return this.#db.all('select * from job where kind = :kind', { kind });
  }

  hasStep(runId: string, stepId: string, kind: JobKind): boolean {
    return this.#db.has(`select 1 ${OF_STEP} and kind = :kind`, { runId, stepId, kind });
  }

  isStepUnderWay(runId: string, stepId: string): boolean {
    return this.#db.has(`select 1 ${OF_STEP}`, { runId, stepId });
  }

  hasWorkFor(runId: string): boolean {
    return this.#db.has(`select 1 from job where run_id = :runId and kind <> 'timeout'`, { runId });
  }

  /** Whether a discovery call of the run is queued that has not been sent yet, and so will see every result. */
  hasQueuedDiscovery(runId: string): boolean {
    const sql = `select 1 ${OF_STEP} and kind = 'call' and state <> 'calling'`;
    return this.#db.has(sql, { runId, stepId: DISCOVERY });
  }

  markCalling(id: number): void {
    this.#db.run(`update job set state = 'calling' where id = :id`, { id });
  }

  /** Puts a call back to be made at `dueAt`. */
  putBack(id: number, dueAt: number): void {
    this.#db.run(`update job set state = 'later', due_at = :dueAt where id = :id`, { id, dueAt });
  }

  /** Whether announced steps of a run still wait for their result. */
  hasPendingSteps(runId: string): boolean {
    return this.#db.has(
      `select 1 from job where run_id = :runId
         and (kind in ('sleep', 'wait', 'invoke') or (kind = 'call' and step_id <> '${DISCOVERY}'))`,
      { runId },
    );
  }

  /** Whether a run must wait for steps under way. Those of a race, or announced without optimisation, do not hold it. */
  hasBlockingSteps(runId: string): boolean {
    return this.#db.has(
      `select 1 from job join step on step.run_id = job.run_id and step.id = job.step_id
       where job.run_id = :runId and step.race = 0 and job.kind in ('sleep', 'wait', 'invoke', 'call')`,
      { runId },
    );
  }

  nextDueAt(): number | null {
    const sql = `select min(due_at) as due from job where state = 'later'`;
    return this.#db.get<{ due: number | null }>(sql)?.due ?? null;
  }

  dueTimers(now: number): Job[] {
    return this.#db.all(
      `select * from job where state = 'later' and kind <> 'call' and due_at <= :now order by due_at, id`,
      { now },
    );
  }

  /** Takes the calls that are due into the in-memory queue. */
  takeDueCalls(now: number): ReadyCall[] {
    const calls = this.#db.all<ReadyCall>(
      `select job.id as job_id, job.run_id, job.step_id, run.function_id, run.sort_key
       from job join run on run.id = job.run_id where ${DUE_CALLS}`,
      { now },
    );
    if (calls.length) this.#db.run(`update job set state = 'taken' where ${DUE_CALLS}`, { now });
    return calls;
  }

  /** After a restart no call is in any queue; those that were cut off are simply made again. */
  releaseTaken(): void {
    this.#db.run(`update job set state = 'later' where state <> 'later'`);
  }
}
