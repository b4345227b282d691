import type { Seat, Transaction } from '../../supabase/driver.ts';
import { type Frame, textFrame } from '../frame.ts';
import type { Identity } from '../identity.ts';
import type { Fields } from '../protocol.ts';
import { type Binding, bindingId, parseBinding } from './binding.ts';
import { checkBinding } from './check-binding.ts';
import { type Moment, readMoment } from './moment.ts';
import { type ChangeDelivery, type Listener, type SentMessage, takeTurn } from './turn.ts';

type FeedParts = {
  seat: Pick<Seat, 'exclusive'>;
  changeBytes: number;
  onMessage: (message: SentMessage) => void;
  log: (code: string, detail: string) => void;
};

/** A channel, as far as changes concern it. */
type Hearer = {
  readonly topic: string;
  readonly isOpen: boolean;
  deliver: (frame: Frame) => void;
  system: (extension: string, status: 'ok' | 'error', message: string) => void;
};

type Subscriber = Listener & { id: number; channel: Hearer };

/** How long a turn may make the next one wait, so that requests are never starved by listeners. */
const LONGEST_PAUSE_MS = 200;
/** Who leaves often comes back at once, and a table watched in vain costs little. */
const FORGET_AFTER_MS = 1_000;
const TRY_AGAIN_MS = 1_000;

/** Reads what transactions noted in the outbox and hands it to those who listen and may see it. */
export class ChangeFeed {
  readonly #parts: FeedParts;
  readonly #subscribers = new Set<Subscriber>();
  readonly #watched = new Set<string>();
  /** The transactions whose notes wait, in the order of their commits. */
  readonly #commits: string[] = [];
  #isClosed = false;
  #running: Promise<void> | null = null;
  #forgetting: NodeJS.Timeout | null = null;
  #stopListening: () => Promise<void> = async () => undefined;

  private constructor(parts: FeedParts) {
    this.#parts = parts;
  }

  static async open(parts: FeedParts): Promise<ChangeFeed> {
    const feed = new ChangeFeed(parts);
    feed.#stopListening = await parts.seat.exclusive(async (driver) => {
      await driver.exec('truncate realtime.outbox, realtime.watched; select realtime.attach_capture()');
      // The notice comes while a statement still runs; the work waits for its own turn.
      return driver.listen('realtime_outbox', (xid) => {
        feed.#commits.push(xid);
        setImmediate(() => feed.#wake());
      });
    });
    return feed;
  }

  get size() {
    return this.#subscribers.size;
  }

  subscribe(channel: Hearer, wanted: readonly Fields[], identity: Identity): ChangeSubscription {
    return new ChangeSubscription(
      {
        seat: this.#parts.seat,
        subscribers: this.#subscribers,
        watch: (transaction, bindings) => this.#watch(transaction, bindings),
        forgetLater: () => this.#forgetLater(),
      },
      channel,
      wanted,
      identity,
    );
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#forgetting) clearTimeout(this.#forgetting);
    await this.#running;
    await this.#parts.seat.exclusive(() => this.#stopListening());
  }

  #wake() {
    if (this.#isClosed || this.#commits.length === 0) return;
    this.#running ??= this.#run()
      .then(
        () => this.#wakeSoon(0),
        (error: unknown) => {
          this.#parts.log('UnableToProcessChanges', String(error));
          this.#wakeSoon(TRY_AGAIN_MS);
        },
      )
      .finally(() => {
        this.#running = null;
      });
  }

  #wakeSoon(delayMs: number) {
    setTimeout(() => this.#wake(), delayMs).unref();
  }

  async #run() {
    const { seat, changeBytes, onMessage, log } = this.#parts;
    while (this.#commits.length > 0 && !this.#isClosed) {
      const started = performance.now();
      const commits = [...this.#commits];
      const { deliveries, isDone } = await seat.exclusive((driver) =>
        takeTurn(driver, commits, this.#subscribers, changeBytes, log),
      );
      if (isDone) this.#commits.splice(0, commits.length);
      for (const delivery of deliveries) {
        if (delivery.kind === 'message') onMessage(delivery.message);
        else deliverChange(delivery);
      }
      const pauseMs = Math.min(LONGEST_PAUSE_MS, performance.now() - started);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  async #watch(driver: Transaction, bindings: readonly Binding[]) {
    const wanted = new Set(bindings.map(watchKey));
    const missing = [...wanted].filter((key) => !this.#watched.has(key));
    for (const key of missing) {
      await driver.query(
        'insert into realtime.watched values ($1, $2) on conflict do nothing',
        JSON.parse(key),
      );
    }
    for (const key of missing) this.#watched.add(key);
  }

  #forgetLater() {
    this.#forgetting ??= setTimeout(() => {
      this.#forgetting = null;
      void this.#parts.seat
        .exclusive(async (driver) => {
          const wanted = new Set([...this.#subscribers].map(({ binding }) => watchKey(binding)));
          for (const key of [...this.#watched].filter((known) => !wanted.has(known))) {
            await driver.query(
              'delete from realtime.watched where schema_name = $1 and table_name = $2',
              JSON.parse(key),
            );
            this.#watched.delete(key);
          }
        })
        .catch((error: unknown) => this.#parts.log('SubscriptionDeletionFailed', String(error)));
    }, FORGET_AFTER_MS);
    this.#forgetting.unref();
  }
}

type Shared = Pick<FeedParts, 'seat'> & {
  subscribers: Set<Subscriber>;
  watch: (transaction: Transaction, bindings: readonly Binding[]) => Promise<void>;
  forgetLater: () => void;
};

/** What one channel listens to. */
export class ChangeSubscription {
  /** What the client asked for, in its order, with the numbers that the changes will carry. */
  readonly bindings: Fields[];
  readonly #shared: Shared;
  readonly #channel: Hearer;
  readonly #identity: Identity;
  readonly #ids = new Map<string, number>();
  #own: Subscriber[] = [];
  #isCancelled = false;

  constructor(shared: Shared, channel: Hearer, wanted: readonly Fields[], identity: Identity) {
    this.#shared = shared;
    this.#channel = channel;
    this.#identity = identity;
    for (const params of wanted) {
      const text = JSON.stringify(params);
      if (!this.#ids.has(text)) this.#ids.set(text, bindingId(params, new Set(this.#ids.values())));
    }
    this.bindings = wanted.map((params) => ({ ...params, id: this.#ids.get(JSON.stringify(params)) }));
  }

  /** `null` once changes arrive; otherwise why they will not. Never throws. */
  async start(identity = this.#identity): Promise<string | null> {
    if (this.#ids.size === 0) return null;
    const { seat, subscribers, watch } = this.#shared;
    try {
      const wanted = [...this.#ids].map(([text, id]) => ({ id, binding: parseBinding(JSON.parse(text)) }));
      const bindings = wanted.map(({ binding }) => binding);
      await seat.exclusive(async (driver) => {
        const now = await driver.transaction(async (transaction) => {
          for (const binding of bindings) await checkBinding(transaction, binding, identity);
          await watch(transaction, bindings);
          return readMoment(transaction);
        });
        // What waits in the outbox was written while the earlier token listened, and is not lost by a newer one.
        const after: Moment = this.#own[0]?.after ?? now;
        this.#remove();
        if (this.#isCancelled) return;
        this.#own = wanted.map((one) => ({ ...one, identity, after, channel: this.#channel }));
        for (const subscriber of this.#own) subscribers.add(subscriber);
      });
      return null;
    } catch (error) {
      this.#remove();
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Goes on under a newer token. */
  async renew(identity: Identity): Promise<void> {
    const failure = await this.start(identity);
    if (!this.#isCancelled) this.report(failure);
  }

  /** Tells the client how a start went. */
  report(failure: string | null) {
    if (this.#ids.size === 0) return;
    if (failure === null) this.#channel.system('postgres_changes', 'ok', 'Subscribed to PostgreSQL');
    else this.#channel.system('postgres_changes', 'error', failure);
  }

  cancel() {
    this.#isCancelled = true;
    if (this.#ids.size > 0) this.#shared.forgetLater();
    this.#remove();
  }

  #remove() {
    for (const subscriber of this.#own) this.#shared.subscribers.delete(subscriber);
    this.#own = [];
  }
}

const watchKey = ({ schema, table }: Binding) => JSON.stringify([schema, table]);

/** Each channel gets one message with the numbers of all its bindings; equal messages are encoded once. */
function deliverChange({ listeners, data }: ChangeDelivery<Subscriber>) {
  const frames = new Map<string, Frame>();
  for (const [channel, bindings] of Map.groupBy(listeners, (listener) => listener.channel)) {
    if (!channel.isOpen) continue;
    const ids = JSON.stringify(bindings.map(({ id }) => id));
    const key = `${channel.topic} ${ids}`;
    const frame =
      frames.get(key) ?? textFrame(channel.topic, 'postgres_changes', `{"ids":${ids},"data":${data}}`);
    frames.set(key, frame);
    channel.deliver(frame);
  }
}
