import type { Clock } from '../clock.ts';
import type { FunctionConfig } from '../protocol/registration.ts';
import type { Store } from '../store/store.ts';
import type { Registry } from './registry.ts';

export type Log = (message: string) => void;

/** What every part of the engine works with. All of it runs inside a transaction that the engine opened. */
export type EngineContext = {
  store: Store;
  clock: Clock;
  registry: Registry;
  retryDelaysMs: readonly number[];
  log: Log;
};

/** The server's own default when a function names no number of retries. */
const DEFAULT_RETRIES = 4;

export function maxAttempts(config: FunctionConfig): number {
  return (config.steps.step.retries?.attempts ?? DEFAULT_RETRIES) + 1;
}
