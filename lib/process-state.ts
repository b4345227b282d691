import { setFlagsFromString } from 'node:v8';

/**
 * A heap may grow to four times what lives in it before it is swept: two gigabytes beside a thousand open answers, which a
 * small machine does not have, and it keeps them afterwards. Half as much again is swept more often and for a shorter time.
 */
export const sweepSooner = () => setFlagsFromString('--heap-growing-percent=50');

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
