import type { Fault } from '@/components/client/request';
import { sentence, type Translate } from '@/lib/language/text';
import type { CreatedDocument } from './documents';
import { fileFault, QUEUE_LIMIT, type UploadLimits } from './file-check';
import { fingerprintOf, isOpen, type Job, newJob, type UploadPhase } from './upload-job';

export type QueueState = {
  readonly jobs: readonly Job[];
  /** Files that are being worked on now, also those taken off the list before their work has ended. */
  readonly running: ReadonlySet<string>;
  /** How many files may be sent and read at a time; the server allows so many of both together. */
  readonly concurrency: number;
  /** Documents that the library shows as read or failed. */
  readonly finished: ReadonlySet<string>;
  /** How many of the files last added were on their way already. */
  readonly repeated: number;
};

export const EMPTY_QUEUE: QueueState = {
  jobs: [],
  running: new Set(),
  concurrency: 1,
  finished: new Set(),
  repeated: 0,
};

export type AddedFiles = {
  files: readonly { id: string; file: File }[];
  limits: UploadLimits;
  course: string | undefined;
  /** Says what is wrong with a file. */
  t?: Translate | undefined;
};

export type QueueEvent =
  | ({ type: 'added' } & AddedFiles)
  | { type: 'started' | 'stored' | 'handedOver' | 'ended'; id: string }
  | { type: 'hashed'; id: string; hash: string | undefined }
  | { type: 'created'; id: string; created: CreatedDocument }
  | { type: 'progressed'; id: string; percent: number }
  /** `deferred`: the server is busy. `paused`: there is no connection. `forgotten`: nothing of it is on the server. */
  | { type: 'deferred' | 'paused' | 'retried' | 'forgotten' | 'removed'; id: string }
  | { type: 'failed'; id: string; fault: Fault }
  | { type: 'settled'; finished: ReadonlySet<string> }
  | { type: 'online' }
  | { type: 'allowed'; concurrency: number };

export const jobOf = ({ jobs }: QueueState, id: string) => jobs.find(({ item }) => item.id === id);

/** The file whose turn it is, when there is room for one more. */
export function nextJob({ jobs, running, concurrency }: QueueState): Job | undefined {
  const reading = jobs.filter(({ item }) => item.phase.name === 'reading').length;
  if (running.size + reading >= concurrency) return undefined;
  return jobs.find(({ item }) => item.phase.name === 'waiting' && !running.has(item.id));
}

const withPhase = (job: Job, phase: UploadPhase): Job => ({ ...job, item: { ...job.item, phase } });

/** Files that go on where they failed, files that are on their way already, and new ones. */
function withFiles(state: QueueState, { files, limits, course, t }: AddedFiles): QueueState {
  let jobs = state.jobs;
  let repeated = 0;
  const fresh = new Set<string>();
  for (const { id, file } of files) {
    const same = jobs.find((job) => job.fingerprint === fingerprintOf(file));
    if (same && isOpen(same.item)) {
      repeated += 1;
      continue;
    }
    if (same?.item.phase.name === 'failed') {
      jobs = jobs.map((job) => (job === same ? withPhase(job, { name: 'waiting' }) : job));
      continue;
    }
    // What was refused or was there already gives way to the new attempt.
    jobs = jobs.filter((job) => job !== same);
    const taken = jobs.filter(({ item }) => isOpen(item) || fresh.has(item.id)).length;
    const fault =
      taken >= QUEUE_LIMIT
        ? sentence('I take 100 files at a time. Add this one again when the others are in.')
        : fileFault(file, limits, t);
    fresh.add(id);
    jobs = [...jobs, newJob(file, { id, fault, course })];
  }
  return { ...state, jobs, repeated };
}

/** Makes room: what the list shows finished needs no tile and no place in the queue. */
function withoutFinished(state: QueueState): QueueState {
  const jobs = state.jobs.filter(
    ({ item }) => item.phase.name !== 'reading' || !state.finished.has(item.documentId ?? ''),
  );
  return jobs.length === state.jobs.length ? state : { ...state, jobs };
}

type JobEvent = Extract<QueueEvent, { id: string }>;

/** What an event makes of the file it is about. */
function changed(job: Job, event: JobEvent, others: readonly Job[]): Job {
  const { phase } = job.item;
  switch (event.type) {
    case 'started':
      return withPhase(job, { name: 'uploading', percent: 0 });
    case 'hashed': {
      const { hash } = event;
      const twin = hash !== undefined && others.some((other) => other.hash === hash && isOpen(other.item));
      return { ...(twin ? withPhase(job, { name: 'already', documentId: null }) : job), hash };
    }
    case 'created': {
      const { documentId, alreadyInLibrary, upload } = event.created;
      if (alreadyInLibrary) return withPhase(job, { name: 'already', documentId });
      return { ...job, item: { ...job.item, documentId }, signedUrl: upload.signedUrl };
    }
    case 'progressed':
      return phase.name === 'uploading' ? withPhase(job, { name: 'uploading', percent: event.percent }) : job;
    case 'stored':
      return { ...job, stored: true };
    case 'handedOver':
      return withPhase(job, { name: 'reading' });
    case 'deferred':
      return withPhase(job, { name: 'waiting' });
    case 'paused':
      return withPhase(job, { name: 'paused', percent: phase.name === 'uploading' ? phase.percent : 0 });
    case 'failed':
      return withPhase(job, { name: 'failed', ...event.fault });
    case 'retried':
      return phase.name === 'failed' ? withPhase(job, { name: 'waiting' }) : job;
    case 'forgotten':
      return { ...job, item: { ...job.item, documentId: null }, signedUrl: undefined, stored: false };
    default:
      return job;
  }
}

function withJob(state: QueueState, event: JobEvent): QueueState {
  const job = jobOf(state, event.id);
  if (job === undefined) return state;
  const next = changed(
    job,
    event,
    state.jobs.filter((other) => other !== job),
  );
  if (next === job) return state;
  return { ...state, jobs: state.jobs.map((other) => (other === job ? next : other)) };
}

/** All that the queue knows after something has happened. Nothing else changes it. */
export function reduce(state: QueueState, event: QueueEvent): QueueState {
  switch (event.type) {
    case 'added':
      return withFiles(state, event);
    case 'started':
      return withJob({ ...state, running: new Set([...state.running, event.id]) }, event);
    case 'ended':
      return { ...state, running: new Set([...state.running].filter((id) => id !== event.id)) };
    case 'handedOver':
      // A small file can be read before the answer that it was handed over has arrived.
      return withoutFinished(withJob(state, event));
    case 'removed':
      return { ...state, jobs: state.jobs.filter(({ item }) => item.id !== event.id) };
    case 'settled':
      return withoutFinished({ ...state, finished: event.finished });
    case 'online': {
      const isPaused = ({ item }: Job) => item.phase.name === 'paused';
      if (!state.jobs.some(isPaused)) return state;
      const jobs = state.jobs.map((job) => (isPaused(job) ? withPhase(job, { name: 'waiting' }) : job));
      return { ...state, jobs };
    }
    case 'allowed':
      return { ...state, concurrency: Math.max(1, event.concurrency) };
    default:
      return withJob(state, event);
  }
}
