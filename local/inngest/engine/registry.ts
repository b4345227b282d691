import type { FunctionConfig } from '../protocol/registration.ts';
import type { Store } from '../store/store.ts';

function addressOf(config: FunctionConfig): string {
  const { origin, pathname } = new URL(config.steps.step.runtime.url);
  return origin + pathname;
}

export type Registry = ReturnType<typeof createRegistry>;

function namesEvent(pattern: string, name: string): boolean {
  return pattern === name || (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1)));
}

/** The functions in force. They are kept in the store, so events that arrive before the app is back find them. */
export function createRegistry(store: Store) {
  let functions = new Map<string, { app: string; config: FunctionConfig }>();
  const reload = () => {
    functions = new Map(store.events.functions().map((entry) => [entry.config.id, entry]));
  };
  reload();

  return {
    get: (id: string): FunctionConfig | undefined => functions.get(id)?.config,
    all: (): { app: string; config: FunctionConfig }[] => [...functions.values()],
    isEmpty: () => functions.size === 0,

    /** Replaces what an app, or an earlier app at the same address, served; true when that changed anything. */
    replace(app: string, configs: FunctionConfig[]): boolean {
      const addresses = new Set(configs.map(addressOf));
      const before = JSON.stringify(store.events.functions());
      for (const known of functions.values()) {
        if (known.app === app || addresses.has(addressOf(known.config)))
          store.events.removeFunction(known.config.id);
      }
      for (const config of configs) store.events.saveFunction(app, config);
      reload();
      return JSON.stringify(store.events.functions()) !== before;
    },

    triggeredBy(eventName: string): { config: FunctionConfig; conditions: (string | undefined)[] }[] {
      return [...functions.values()].flatMap(({ config }) => {
        const conditions = config.triggers.flatMap((trigger) =>
          'event' in trigger && namesEvent(trigger.event, eventName) ? [trigger.expression] : [],
        );
        return conditions.length ? [{ config, conditions }] : [];
      });
    },

    cancelledBy(eventName: string): FunctionConfig[] {
      return [...functions.values()].flatMap(({ config }) =>
        config.cancel?.some((rule) => rule.event === eventName) ? [config] : [],
      );
    },
  };
}
