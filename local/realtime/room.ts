import { type Frame, textFrame } from './frame.ts';
import { createPresenceBook, type PresenceBook } from './presence.ts';
import type { Fields } from './protocol.ts';

/** One client in one channel. */
export type Member = {
  joinRef: string | null;
  readsBroadcast: boolean;
  /** Wants to know who else is here, and may. */
  readsPresence: boolean;
  /** Messages given from the archive at the join; they may still be on their way from the database. */
  replayed: ReadonlySet<string>;
  deliver: (frame: Frame) => void;
};

export type Room = {
  readonly topic: string;
  readonly size: number;
  join: (member: Member) => void;
  leave: (member: Member) => void;
  /** To everybody but `except`; `id` names a message of the database. */
  broadcast: (frame: Frame, except: Member | null, id?: string) => void;
  track: (member: Member, key: string, payload: Fields) => void;
  untrack: (member: Member) => void;
  /** The member gets the whole state next, and changes from then on. */
  sync: (member: Member) => void;
};

/** In a large room many come at once, and each would be told of each: the wait grows with the room. */
const flushDelayMs = (size: number) => (size <= 50 ? 5 : Math.min(100, size / 10));

type RoomParts = { topic: string; book: PresenceBook; removed: () => void };

function createRoom({ topic, book, removed }: RoomParts): Room {
  const members = new Set<Member>();
  const synced = new Set<Member>();
  let flushing: NodeJS.Timeout | null = null;

  const push = (member: Member | null, event: string, payloadJson: string) =>
    textFrame({ joinRef: member?.joinRef ?? null, ref: null, topic, event, payloadJson });

  const flush = () => {
    flushing = null;
    const diff = book.takeDiff();
    const frame = diff && push(null, 'presence_diff', JSON.stringify(diff));
    let state: string | null = null;
    for (const member of members) {
      if (!member.readsPresence) continue;
      if (synced.has(member)) {
        if (frame) member.deliver(frame);
      } else {
        state ??= JSON.stringify(book.state());
        member.deliver(push(member, 'presence_state', state));
        synced.add(member);
      }
    }
  };
  const schedule = () => {
    flushing ??= setTimeout(flush, flushDelayMs(members.size));
  };

  return {
    topic,
    get size() {
      return members.size;
    },
    join: (member) => {
      members.add(member);
      if (member.readsPresence) schedule();
    },
    leave: (member) => {
      members.delete(member);
      synced.delete(member);
      book.untrack(member);
      if (members.size > 0) return schedule();
      if (flushing) clearTimeout(flushing);
      removed();
    },
    broadcast: (frame, except, id) => {
      for (const member of members) {
        if (member === except || !member.readsBroadcast) continue;
        if (id !== undefined && member.replayed.has(id)) continue;
        member.deliver(frame);
      }
    },
    track: (member, key, payload) => {
      book.track(member, key, payload);
      schedule();
    },
    untrack: (member) => {
      book.untrack(member);
      schedule();
    },
    sync: (member) => {
      synced.delete(member);
      schedule();
    },
  };
}

export type Rooms = {
  enter: (topic: string, isPrivate: boolean) => Room;
  find: (topic: string, isPrivate: boolean) => Room | undefined;
  readonly size: number;
};

/** A private channel and a public one of the same name are two rooms: the public one is open to anybody. */
export function createRooms(): Rooms {
  const rooms = new Map<string, Room>();
  const keyOf = (topic: string, isPrivate: boolean) => `${isPrivate ? 'private' : 'public'} ${topic}`;
  let lastRef = 0;
  // Unlike one before a restart: a client may still hold those.
  const origin = Date.now().toString(36);
  const nextRef = () => {
    lastRef += 1;
    return `${origin}.${lastRef.toString(36)}`;
  };
  return {
    enter: (topic, isPrivate) => {
      const key = keyOf(topic, isPrivate);
      const known = rooms.get(key);
      if (known) return known;
      const room = createRoom({
        topic: `realtime:${topic}`,
        book: createPresenceBook(nextRef),
        removed: () => rooms.delete(key),
      });
      rooms.set(key, room);
      return room;
    },
    find: (topic, isPrivate) => rooms.get(keyOf(topic, isPrivate)),
    get size() {
      return rooms.size;
    },
  };
}
