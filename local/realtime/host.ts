import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Seat, TakeSeat } from '../supabase/driver.ts';
import type { Realtime } from './server.ts';

type HostParts = {
  takeSeat: TakeSeat;
  /** Where the other gateways reach this one. */
  address: string;
  open: (seat: Seat) => Promise<Realtime>;
  log: (code: string, detail: string) => void;
};

const LOOK_AGAIN_MS = 1_000;
const PREFIX = '/realtime/v1/';

/**
 * Realtime of a database that several gateways may share. It runs in one of them, so that everybody in a room meets; the
 * others pass on what comes for it, and one of them takes over when that one is gone.
 */
export class RealtimeHost {
  readonly #parts: HostParts;
  readonly #closing = Promise.withResolvers<void>();
  #place = Promise.withResolvers<Realtime | string>();
  #here: Realtime | null = null;
  #isClosed = false;
  #failure = '';
  #keeping: Promise<void> = Promise.resolve();

  private constructor(parts: HostParts) {
    this.#parts = parts;
  }

  static async open(parts: HostParts): Promise<RealtimeHost> {
    const host = new RealtimeHost(parts);
    const first = await host.#attempt();
    host.#keeping = host.#keep(first);
    return host;
  }

  /** What is held for clients here. */
  counts() {
    return this.#here?.counts() ?? { connections: 0, channels: 0, rooms: 0, subscriptions: 0 };
  }

  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    const place = await this.#place.promise;
    if (typeof place === 'string') passOn(request, socket, head, place);
    else place.upgrade(request, socket, head);
  }

  /** `null` for paths that are not of Realtime. */
  async handle(request: Request): Promise<Response | null> {
    const { pathname, search } = new URL(request.url);
    if (!pathname.startsWith(PREFIX)) return null;
    const place = await this.#place.promise;
    if (typeof place !== 'string') return place.handle(request);
    const headers = new Headers(request.headers);
    for (const name of ['host', 'origin', 'connection', 'content-length']) headers.delete(name);
    const body = await request.arrayBuffer();
    const { method } = request;
    return fetch(place + pathname + search, { method, headers, ...(body.byteLength > 0 && { body }) });
  }

  async close() {
    this.#isClosed = true;
    this.#closing.resolve();
    await this.#keeping;
  }

  /** Gives what ends the place that was found; null when it is elsewhere. */
  async #attempt(): Promise<Seat | null> {
    const { takeSeat, address, open } = this.#parts;
    const seat = await takeSeat(address);
    if ('leader' in seat) {
      this.#settle(seat.leader);
      return null;
    }
    try {
      this.#here = await open(seat);
    } catch (error) {
      await seat.leave();
      throw error;
    }
    this.#settle(this.#here);
    return seat;
  }

  /** Who waits is told at once; who comes later finds it. */
  #settle(place: Realtime | string) {
    this.#place.resolve(place);
    this.#place = Promise.withResolvers();
    this.#place.resolve(place);
  }

  async #keep(first: Seat | null) {
    for (let seat = first; ; seat = await this.#next()) {
      if (seat) {
        await Promise.race([seat.lost, this.#closing.promise]);
        this.#place = Promise.withResolvers();
        await this.#leave(seat);
      } else {
        await Promise.race([delay(LOOK_AGAIN_MS, undefined, { ref: false }), this.#closing.promise]);
      }
      if (this.#isClosed) return;
    }
  }

  async #leave(seat: Seat) {
    const here = this.#here;
    this.#here = null;
    if (!this.#isClosed) this.#parts.log('RealtimeSeatLost', 'clients are sent away and come back');
    try {
      await here?.close();
      await seat.leave();
    } catch (error) {
      this.#parts.log('UnableToCloseRealtime', String(error));
    }
  }

  async #next(): Promise<Seat | null> {
    try {
      const seat = await this.#attempt();
      this.#failure = '';
      return seat;
    } catch (error) {
      // A server that is away for a minute is told of once, not sixty times.
      if (String(error) !== this.#failure) this.#parts.log('UnableToTakeRealtimeSeat', String(error));
      this.#failure = String(error);
      return null;
    }
  }
}

/** Hands the socket to the gateway where Realtime runs, which this one has let in by its own rules. */
function passOn(request: IncomingMessage, socket: Duplex, head: Buffer, place: string) {
  const { hostname, port } = new URL(place);
  const onward = connect(Number(port), hostname);
  const own = ['host', 'origin'];
  const headers = Object.entries(request.headersDistinct).flatMap(([name, values = []]) =>
    own.includes(name) ? [] : values.map((value) => `${name}: ${value}\r\n`),
  );
  onward.once('connect', () => {
    // A name that each gateway answers to: only the outside has to know the others.
    onward.write(`GET ${request.url} HTTP/1.1\r\nhost: localhost\r\n${headers.join('')}\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
  });
  onward.once('error', () => socket.destroy()).once('close', () => socket.destroy());
  socket.once('error', () => onward.destroy()).once('close', () => onward.destroy());
}
