import { registerHooks } from 'node:module';

/**
 * Supabase Lite writes every failing statement with all its parameters to `console.error`: document text, e-mail
 * addresses, vectors. It is therefore loaded with a console of its own, which keeps the kind of a failure and
 * drops the rest. The process's console stays as it is.
 */
const CONSOLE = Symbol.for('clerva.supabase-lite.console');

const describe = (value: unknown) => {
  if (typeof value !== 'object' || value === null) return null;
  if ('code' in value && typeof value.code === 'string') return value.code;
  return value instanceof Error ? value.name : null;
};

let report: ((kind: string) => void) | null = null;

/** Where the kinds of Lite's own failures go (an SQLSTATE or an error's name). Nowhere by default. */
export function onLiteFailure(listener: ((kind: string) => void) | null) {
  report = listener;
}

const silent = () => undefined;
const fail = (...values: unknown[]) =>
  report?.(values.map(describe).find((kind) => kind !== null) ?? 'failure');
Object.defineProperty(globalThis, CONSOLE, {
  configurable: true,
  value: { log: silent, info: silent, debug: silent, warn: silent, error: fail, trace: silent },
});

const hooks = registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.includes('/@supabase/lite/dist/') || loaded.format !== 'module' || !loaded.source) return loaded;
    const source =
      typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
    return {
      ...loaded,
      source: `const console = globalThis[Symbol.for('clerva.supabase-lite.console')];${source}`,
    };
  },
});

const lite = await import('@supabase/lite');
const { createPgliteConnection } = await import('@supabase/lite/pglite');
const { createPostgresConnection } = await import('@supabase/lite/postgres');
hooks.deregister();

const { App } = lite;
// Storage is an opt-in of Lite; the switch is exported for this purpose.
lite.setExperimental('storage', true);

export { App, createPgliteConnection, createPostgresConnection };
