import { readlinkSync } from 'node:fs';
import { constants, getPriority, setPriority } from 'node:os';
import { basename } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { toAppError } from '../../errors.ts';

/** What the threads of one pool do, each with its input. */
// biome-ignore lint/suspicious/noExplicitAny: each work has an input of its own, which only its caller knows.
export type WorkMap = Record<string, (input: any) => object | Promise<object>>;
export type TaskOf<Works extends WorkMap> = {
  [Work in keyof Works]: { work: Work; input: Parameters<Works[Work]>[0] };
}[keyof Works];
export type Answer =
  | { value: object }
  | {
      failure: Pick<ReturnType<typeof toAppError>, 'code' | 'message' | 'retryable' | 'said'> & {
        cause?: string;
      };
    };

/** Half of what somebody else gets who wants all of a core: lower, and a busy machine would hardly read at all. */
const RANKS_LOWER = 3;

/**
 * The number the system knows this thread by, so that its work can be measured from outside. Where both want a core, the
 * thread that answers requests goes first: Linux gives each thread a rank of its own.
 */
function threadOnLinux(): string | null {
  try {
    const id = basename(readlinkSync('/proc/thread-self'));
    setPriority(Number(id), Math.min(getPriority() + RANKS_LOWER, constants.priority.PRIORITY_LOW));
    return id;
  } catch {
    // No Linux: the pool goes by the clock.
    return null;
  }
}

/** Answers the pool's tasks, one after the other, with what is handed over instead of copied. */
export function serveWorks<Works extends WorkMap>(
  works: Works,
  handedOver: (value: object) => ArrayBuffer[] = () => [],
): void {
  const answerTo = async ({ work, input }: TaskOf<Works>): Promise<Answer> => {
    try {
      return { value: await (works[work] as (input: unknown) => object)(input) };
    } catch (error) {
      const { code, message, retryable, said, cause } = toAppError(error);
      return {
        failure: { code, message, retryable, said, ...(cause === undefined ? {} : { cause: String(cause) }) },
      };
    }
  };
  // What one file's reader leaves behind after its answer must not end the reading of the next.
  process.on('unhandledRejection', () => undefined);
  parentPort?.on('message', async (task: TaskOf<Works>) => {
    const answer = await answerTo(task);
    parentPort?.postMessage(answer, 'value' in answer ? handedOver(answer.value) : []);
  });
  parentPort?.postMessage(threadOnLinux());
}
