/** What is known on this page, outside of every component, and who is told when it changes. */
export function createStore<Known>(initial: Known) {
  const listeners = new Set<() => void>();
  let known = initial;
  return {
    get: () => known,
    set: (next: Known) => {
      if (next === known) return;
      known = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
