import { type Frame, jsonFrame, textFrame } from './frame.ts';
import { PresenceBook } from './presence.ts';
import type { Fields } from './protocol.ts';

/** One client in one channel. */
export type Member = {
  readonly joinRef: string | null;
  readonly readsBroadcast: boolean;
  /** Wants to know who else is here, and may. */
  readonly readsPresence: boolean;
  /** Messages given from the archive at the join; they may still be on their way from the database. */
  readonly replayed: ReadonlySet<string>;
  deliver: (frame: Frame) => void;
};

/** In a large room many come at once, and each would be told of each: the wait grows with the room. */
const flushDelayMs = (size: number) => (size <= 50 ? 5 : Math.min(100, size / 10));

export class Room {
  readonly topic: string;
  readonly #book: PresenceBook;
  readonly #removed: () => void;
  readonly #members = new Set<Member>();
  readonly #synced = new Set<Member>();
  #flushing: NodeJS.Timeout | null = null;

  constructor(topic: string, nextRef: () => string, removed: () => void) {
    this.topic = topic;
    this.#book = new PresenceBook(nextRef);
    this.#removed = removed;
  }

  join(member: Member) {
    this.#members.add(member);
    if (member.readsPresence) this.#schedule();
  }

  leave(member: Member) {
    this.#members.delete(member);
    this.#synced.delete(member);
    this.#book.untrack(member);
    if (this.#members.size > 0) return this.#schedule();
    if (this.#flushing) clearTimeout(this.#flushing);
    this.#removed();
  }

  /** To everybody but `except`; `id` names a message of the database. */
  broadcast(frame: Frame, except: Member | null, id?: string) {
    for (const member of this.#members) {
      if (member === except || !member.readsBroadcast) continue;
      if (id !== undefined && member.replayed.has(id)) continue;
      member.deliver(frame);
    }
  }

  track(member: Member, key: string, payload: Fields) {
    this.#book.track(member, key, payload);
    this.#schedule();
  }

  untrack(member: Member) {
    this.#book.untrack(member);
    this.#schedule();
  }

  /** The member gets the whole state next, and changes from then on. */
  sync(member: Member) {
    this.#synced.delete(member);
    this.#schedule();
  }

  #schedule() {
    this.#flushing ??= setTimeout(() => this.#flush(), flushDelayMs(this.#members.size));
  }

  #flush() {
    this.#flushing = null;
    const diff = this.#book.takeDiff();
    const frame = diff && jsonFrame(this.topic, 'presence_diff', diff);
    let state: string | null = null;
    for (const member of this.#members) {
      if (!member.readsPresence) continue;
      if (this.#synced.has(member)) {
        if (frame) member.deliver(frame);
      } else {
        state ??= JSON.stringify(this.#book.state());
        member.deliver(textFrame(this.topic, 'presence_state', state, { joinRef: member.joinRef }));
        this.#synced.add(member);
      }
    }
  }
}

/** A private channel and a public one of the same name are two rooms: the public one is open to anybody. */
export class Rooms {
  readonly #rooms = new Map<string, Room>();
  #lastRef = 0;
  /** Unlike one before a restart: a client may still hold those. */
  readonly #origin = Date.now().toString(36);

  get size() {
    return this.#rooms.size;
  }

  enter(topic: string, isPrivate: boolean): Room {
    const key = keyOf(topic, isPrivate);
    const nextRef = () => {
      this.#lastRef += 1;
      return `${this.#origin}.${this.#lastRef.toString(36)}`;
    };
    const room =
      this.#rooms.get(key) ?? new Room(`realtime:${topic}`, nextRef, () => this.#rooms.delete(key));
    this.#rooms.set(key, room);
    return room;
  }

  find(topic: string, isPrivate: boolean): Room | undefined {
    return this.#rooms.get(keyOf(topic, isPrivate));
  }
}

const keyOf = (topic: string, isPrivate: boolean) => `${isPrivate ? 'private' : 'public'} ${topic}`;
