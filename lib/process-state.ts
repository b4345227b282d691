import { AsyncLocalStorage } from 'node:async_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A heap may grow to four times what lives in it before it is swept, which a small machine does not have: twice is enough. */
export function sweepSooner(): void {
  setFlagsFromString('--heap-growing-percent=100');
  // Each sweep of a quiet process moves a part of what lives together, and only what is left empty is given back.
  setFlagsFromString('--memory-reducer-gc-count=8');
}

/**
 * Gives the memory of a busy hour back: V8 looks for what is no longer used when something new is wanted, so that a process
 * which has become quiet keeps it all. Stands still for some tenths of a second.
 */
export function giveMemoryBack(): void {
  setFlagsFromString('--expose-gc');
  const sweep: NodeJS.GCFunction = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  void sweep({ type: 'major', execution: 'async' });
}

/**
 * State that has to exist once per process. A bundler may load a module once per route, so a variable of a module is
 * not enough: what one route starts, another has to be able to stop.
 */
export function processState<State>(name: string, create: () => State): State {
  const key = Symbol.for(`clerva.${name}`);
  const known: unknown = Reflect.get(globalThis, key);
  // Only this function writes the key, and always with what `create` made.
  if (known !== undefined) return known as State;
  const state = create();
  Reflect.set(globalThis, key, state);
  return state;
}

const outsideOfRequests = AsyncLocalStorage.snapshot();

/** `AbortSignal.timeout`, whose clock runs on when what it was for is done, without keeping the whole request alive with it. */
export const timeoutSignal = (ms: number): AbortSignal => outsideOfRequests(() => AbortSignal.timeout(ms));
