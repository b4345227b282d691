import type { StoredEvent } from '../protocol/messages.ts';
import type { FunctionConfig } from '../protocol/registration.ts';
import { type Database, fromJson, toJson } from './database.ts';

export type EventStore = ReturnType<typeof createEventStore>;

export function createEventStore(db: Database) {
  return {
    /** Stores an event and returns its row number; null when the same id arrived after `notBefore`. */
    insert(event: StoredEvent, receivedAt: number, notBefore: number): number | null {
      if (db.get('select 1 from event where id = ? and received_at > ?', event.id, notBefore)) return null;
      return db.run(
        'insert into event (id, name, body, received_at) values (?, ?, ?, ?)',
        event.id,
        event.name,
        toJson(event),
        receivedAt,
      );
    },

    markDispatched(seq: number): void {
      db.run('update event set dispatched = 1 where seq = ?', seq);
    },

    undispatched(): { seq: number; event: StoredEvent }[] {
      return db
        .all('select seq, body from event where dispatched = 0 order by seq')
        .map((row) => ({ seq: Number(row.seq), event: fromJson<StoredEvent>(row.body) }));
    },

    get(id: string): StoredEvent | null {
      const row = db.get('select body from event where id = ? order by seq desc limit 1', id);
      return row ? fromJson<StoredEvent>(row.body) : null;
    },

    prune(receivedBefore: number, now: number): void {
      db.run('delete from event where dispatched = 1 and received_at < ?', receivedBefore);
      db.run('delete from tally where expires_at < ?', now);
    },

    tallySince(key: string, since: number): number {
      return Number(
        db.get('select count(*) as total from tally where key = ? and at > ?', key, since)?.total ?? 0,
      );
    },

    latestTally(key: string): number | null {
      const latest = db.get('select max(at) as latest from tally where key = ?', key)?.latest;
      return latest === null || latest === undefined ? null : Number(latest);
    },

    tally(key: string, at: number, expiresAt: number): void {
      db.run('insert into tally (key, at, expires_at) values (?, ?, ?)', key, at, expiresAt);
    },

    functions(): { app: string; config: FunctionConfig }[] {
      return db
        .all('select app, config from function order by rowid')
        .map((row) => ({ app: String(row.app), config: fromJson<FunctionConfig>(row.config) }));
    },

    removeFunction(id: string): void {
      db.run('delete from function where id = ?', id);
    },

    saveFunction(app: string, config: FunctionConfig): void {
      db.run(
        'insert or replace into function (id, app, config) values (?, ?, ?)',
        config.id,
        app,
        toJson(config),
      );
    },
  };
}
