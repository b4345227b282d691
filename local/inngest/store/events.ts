import type { StoredEvent } from '../protocol/messages.ts';
import type { FunctionConfig } from '../protocol/registration.ts';
import type { Database } from './database.ts';

/** What came in, how often something started lately, and the functions in force. */
export class EventStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Stores an event unless the same id arrived after `notBefore`. */
  insert(event: StoredEvent, receivedAt: number, notBefore: number): void {
    const { id, name } = event;
    if (this.#db.has('select 1 from event where id = :id and received_at > :notBefore', { id, notBefore }))
      return;
    this.#db.insert('event', { id, name, body: event, receivedAt });
  }

  markDispatched(seq: number): void {
    this.#db.run('update event set dispatched = 1 where seq = :seq', { seq });
  }

  undispatched(): { seq: number; body: StoredEvent }[] {
    return this.#db.all('select seq, body from event where dispatched = 0 order by seq');
  }

  prune(receivedBefore: number, now: number): void {
    this.#db.run('delete from event where dispatched = 1 and received_at < :receivedBefore', {
      receivedBefore,
    });
    this.#db.run('delete from tally where expires_at < :now', { now });
  }

  tallySince(key: string, since: number): number {
    const sql = 'select count(*) as total from tally where key = :key and at > :since';
    return this.#db.get<{ total: number }>(sql, { key, since })?.total ?? 0;
  }

  latestTally(key: string): number | null {
    const sql = 'select max(at) as latest from tally where key = :key';
    return this.#db.get<{ latest: number | null }>(sql, { key })?.latest ?? null;
  }

  tally(key: string, at: number, expiresAt: number): void {
    this.#db.insert('tally', { key, at, expiresAt });
  }

  functions(): { app: string; config: FunctionConfig }[] {
    return this.#db.all('select app, config from function order by rowid');
  }

  removeFunction(id: string): void {
    this.#db.run('delete from function where id = :id', { id });
  }

  saveFunction(app: string, config: FunctionConfig): void {
    const values = { id: config.id, app, config };
    this.#db.insert(
      'function',
      values,
      'on conflict (id) do update set app = excluded.app, config = excluded.config',
    );
  }
}
