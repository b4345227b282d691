import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { LocalDatabase } from '../../supabase/database.ts';
import { type Frame, textFrame } from '../frame.ts';
import type { Identity } from '../identity.ts';
import type { ChangeFeed, Channel } from '../services.ts';
import { type Binding, bindingId, parseBinding } from './binding.ts';
import { checkBinding } from './check-binding.ts';
import { type Delivery, type Listener, type SentMessage, takeTurn } from './turn.ts';

type FeedParts = {
  database: Pick<LocalDatabase, 'exclusive'>;
  changeBytes: number;
  onMessage: (message: SentMessage) => void;
  log: (code: string, detail: string) => void;
};

type Subscriber = Listener & { id: number; channel: Channel };

/** How long a turn may make the next one wait, so that requests are never starved by listeners. */
const LONGEST_PAUSE_MS = 200;

/** Reads what transactions noted in the outbox and hands it to those who listen and may see it. */
export async function openChangeFeed({
  database,
  changeBytes,
  onMessage,
  log,
}: FeedParts): Promise<ChangeFeed> {
  const subscribers = new Set<Subscriber>();
  let watched = new Set<string>();
  let isClosed = false;
  let isAwake = false;
  let running: Promise<void> | null = null;

  const deliver = (deliveries: readonly Delivery<Subscriber>[]) => {
    for (const delivery of deliveries) {
      if (delivery.kind === 'message') onMessage(delivery.message);
      else deliverChange(delivery);
    }
  };

  const run = async () => {
    while (isAwake && !isClosed) {
      isAwake = false;
      const started = performance.now();
      const { deliveries, isDone } = await database.exclusive((driver) =>
        takeTurn(driver, subscribers, changeBytes, log),
      );
      if (!isDone) isAwake = true;
      deliver(deliveries);
      const pauseMs = Math.min(LONGEST_PAUSE_MS, performance.now() - started);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  const wake = () => {
    isAwake = true;
    if (isClosed) return;
    running ??= run()
      .catch((error: unknown) => log('UnableToProcessChanges', String(error)))
      .finally(() => {
        running = null;
        if (isAwake) wake();
      });
  };

  const watch = async (driver: Transaction | PGlite, wanted: ReadonlySet<string>) => {
    const missing = [...wanted].filter((key) => !watched.has(key));
    for (const key of missing) {
      const [schema, table] = JSON.parse(key);
      await driver.query('insert into realtime.watched values ($1, $2) on conflict do nothing', [
        schema,
        table,
      ]);
    }
    watched = new Set([...watched, ...missing]);
  };
  let forgetting: NodeJS.Timeout | null = null;
  const forgetLater = () => {
    // Later: who leaves often comes back at once, and a table watched in vain costs little.
    forgetting ??= setTimeout(() => {
      forgetting = null;
      void database
        .exclusive(async (driver) => {
          const wanted = new Set([...subscribers].map(({ binding }) => watchKey(binding)));
          for (const key of [...watched].filter((item) => !wanted.has(item))) {
            const [schema, table] = JSON.parse(key);
            await driver.query('delete from realtime.watched where schema_name = $1 and table_name = $2', [
              schema,
              table,
            ]);
            watched.delete(key);
          }
        })
        .catch((error: unknown) => log('SubscriptionDeletionFailed', String(error)));
    }, 1_000);
    forgetting.unref();
  };

  const stop = await database.exclusive(async (driver) => {
    await driver.exec('truncate realtime.outbox, realtime.watched; select realtime.attach_capture()');
    // The notice comes while a statement still runs; the work waits for its own turn.
    return driver.listen('realtime_outbox', () => setImmediate(wake));
  });

  return {
    subscribe: (channel, wanted, identity) => {
      const ids = new Map<string, number>();
      for (const params of wanted) {
        const text = JSON.stringify(params);
        if (!ids.has(text)) ids.set(text, bindingId(params, new Set(ids.values())));
      }
      let own: Subscriber[] = [];
      let isCancelled = false;
      const remove = () => {
        for (const subscriber of own) subscribers.delete(subscriber);
        own = [];
      };
      const start = async (as: Identity): Promise<string | null> => {
        if (ids.size === 0) return null;
        try {
          const bindings = [...ids].map(([text, id]) => ({ id, binding: parseBinding(JSON.parse(text)) }));
          await database.exclusive(async (driver) => {
            const after = await driver.transaction(async (transaction) => {
              for (const { binding } of bindings) await checkBinding(transaction, binding, as);
              await watch(transaction, new Set(bindings.map(({ binding }) => watchKey(binding))));
              return lastChange(transaction);
            });
            // What waits in the outbox was written while the earlier token listened, and is not lost by a newer one.
            const since = own[0]?.after ?? after;
            remove();
            if (isCancelled) return;
            own = bindings.map(({ id, binding }) => ({ id, binding, identity: as, after: since, channel }));
            for (const subscriber of own) subscribers.add(subscriber);
          });
          return null;
        } catch (error) {
          remove();
          return error instanceof Error ? error.message : String(error);
        }
      };
      return {
        bindings: wanted.map((params) => ({ ...params, id: ids.get(JSON.stringify(params)) })),
        start: () => start(identity),
        renew: async (next) => {
          if (ids.size === 0) return;
          const failure = await start(next);
          if (isCancelled) return;
          if (failure === null) channel.system('postgres_changes', 'ok', 'Subscribed to PostgreSQL');
          else channel.system('postgres_changes', 'error', failure);
        },
        cancel: () => {
          isCancelled = true;
          if (ids.size > 0) forgetLater();
          remove();
        },
      };
    },
    get size() {
      return subscribers.size;
    },
    close: async () => {
      isClosed = true;
      if (forgetting) clearTimeout(forgetting);
      await running;
      await database.exclusive(() => stop());
    },
  };
}

const watchKey = ({ schema, table }: Binding) => JSON.stringify([schema, table]);

async function lastChange(transaction: Transaction): Promise<number> {
  const { rows } = await transaction.query<{ last: number | null }>(
    "select pg_sequence_last_value(pg_get_serial_sequence('realtime.outbox', 'id')) as last",
  );
  return Number(rows[0]?.last ?? 0);
}

/** Each channel gets one message with the numbers of all its bindings; equal messages are encoded once. */
function deliverChange({ listeners, data }: Extract<Delivery<Subscriber>, { kind: 'change' }>) {
  const idsOf = new Map<Channel, number[]>();
  for (const { channel, id } of listeners) {
    const ids = idsOf.get(channel);
    if (ids) ids.push(id);
    else idsOf.set(channel, [id]);
  }
  const frames = new Map<string, Frame>();
  for (const [channel, ids] of idsOf) {
    if (!channel.isOpen) continue;
    const key = `${channel.topic} ${ids.join()}`;
    const frame =
      frames.get(key) ??
      textFrame({
        joinRef: null,
        ref: null,
        topic: channel.topic,
        event: 'postgres_changes',
        payloadJson: `{"ids":${JSON.stringify(ids)},"data":${data}}`,
      });
    frames.set(key, frame);
    channel.member.deliver(frame);
  }
}
