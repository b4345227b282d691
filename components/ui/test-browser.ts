import { vi } from 'vitest';

/** The library of formulas draws in no page of the old kind, which it looks at as it is loaded. */
if (typeof document !== 'undefined')
  Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat', configurable: true });

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
