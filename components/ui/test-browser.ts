import { vi } from 'vitest';

/** The browser of the tests lays nothing out: nobody is told of a size. */
export const stubResizeObserver = () =>
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = () => undefined;
      unobserve = () => undefined;
      disconnect = () => undefined;
    },
  );
