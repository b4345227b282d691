import type { RealtimeChannel, RealtimePostgresChangesPayload, SupabaseClient } from '@supabase/supabase-js';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import WebSocket from 'ws';
import { migrationFolder } from '../../tests/setup/database.ts';
import { type Gateway, type GatewayOptions, startGateway } from '../supabase/gateway.ts';
import { clientOf, NOTE_PROJECT, signedUpClient } from '../supabase/test-project.ts';

/** Tables and policies to try Realtime on, beside the notes of the other tests. */
export const LIVE_PROJECT = {
  ...NOTE_PROJECT,
  '20260101000200_create_live.sql': `
    alter publication supabase_realtime add table public.note;

    create table public.item (
      id int primary key,
      name text,
      rank int,
      price numeric,
      due timestamptz,
      tags text[],
      is_open boolean,
      detail jsonb,
      secret text
    );
    alter table public.item disable row level security;
    revoke all on public.item from anon, authenticated;
    grant select (id, name, rank, price, due, tags, is_open, detail) on public.item to anon, authenticated;
    grant all on public.item to service_role;
    alter publication supabase_realtime add table public.item;

    create table public.seat (
      hall bigint, place text, owner uuid default auth.uid(), taken boolean default false, primary key (hall, place)
    );
    alter table public.seat enable row level security;
    grant all on public.seat to authenticated;
    create policy own on public.seat for all to authenticated using (owner = (select auth.uid()));
    alter publication supabase_realtime add table public.seat;
    create function public.tell_seat() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        perform realtime.broadcast_changes('user:' || coalesce(new.owner, old.owner), tg_op, tg_op, tg_table_name,
          tg_table_schema, new, old);
        return null;
      end $$;
    create trigger tell_seat after insert or update or delete on public.seat
      for each row execute function public.tell_seat();

    create table public.quiet (id int primary key);
    grant all on public.quiet to anon, authenticated, service_role;

    create policy "members read" on realtime.messages for select to authenticated
      using (realtime.topic() = 'user:' || (select auth.uid()) or realtime.topic() = 'club');
    create policy "members write" on realtime.messages for insert to authenticated
      with check (realtime.topic() = 'user:' || (select auth.uid()) or (realtime.topic() = 'club' and extension = 'presence'));`,
};

type LiveOptions = Partial<GatewayOptions> & { project?: 'live' | 'product' };

async function startLive({ project = 'live', ...options }: LiveOptions) {
  const folder = project === 'live' ? await migrationFolder(LIVE_PROJECT) : null;
  const log: string[] = [];
  const gateway = await startGateway({
    port: 0,
    ...(folder && { migrationsDir: folder.path }),
    onRealtimeLog: (code, detail) => log.push(`${code}: ${detail}`),
    ...options,
  });
  const close = async () => {
    await gateway.close();
    await folder?.remove();
  };
  return { gateway, log, close };
}

/** One gateway for the tests of a file, filled in before the first; the clients made here leave after each test. */
export function liveProject(options: LiveOptions = {}) {
  const live = {} as Awaited<ReturnType<typeof startLive>>;
  const clients: SupabaseClient[] = [];
  const sockets: RawSocket[] = [];
  const kept = <Client extends SupabaseClient>(client: Client) => {
    clients.push(client);
    return client;
  };
  beforeAll(async () => {
    Object.assign(live, await startLive(options));
  });
  afterAll(() => live.close());
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.removeAllChannels();
    for (const socket of sockets.splice(0)) socket.terminate();
  });
  return {
    live,
    kept,
    sql: (text: string, params?: unknown[]) => live.gateway.database.query(text, params),
    visitor: (key?: string) => kept(clientOf(live.gateway, key)),
    async connect(options?: Parameters<typeof RawSocket.open>[1]) {
      const socket = await RawSocket.open(live.gateway, options);
      sockets.push(socket);
      return socket;
    },
    async student() {
      const user = await signedUpClient(live.gateway);
      kept(user.client);
      return user;
    },
  };
}
export type Student = Awaited<ReturnType<typeof signedUpClient>>;

type Status = { status: string; message: string | undefined };

/** The first answer to a subscription. */
export function subscribed(channel: RealtimeChannel): Promise<Status> {
  return new Promise((resolve) => {
    channel.subscribe((status, error) => resolve({ status, message: error?.message }));
  });
}

export async function join(channel: RealtimeChannel): Promise<RealtimeChannel> {
  expect(await subscribed(channel)).toEqual({ status: 'SUBSCRIBED', message: undefined });
  return channel;
}

/** Everything of one kind that arrives in a channel, from now on. */
export function collect<T = Record<string, unknown>>(
  channel: RealtimeChannel,
  kind: 'broadcast' | 'system',
): T[] {
  const seen: T[] = [];
  if (kind === 'system') channel.on('system', {}, (payload) => seen.push(payload));
  else channel.on('broadcast', { event: '*' }, (payload) => seen.push(payload as T));
  return seen;
}

/** Joins a channel; gives the broadcasts that arrive in it from then on. */
export async function hear<T = Record<string, unknown>>(channel: RealtimeChannel): Promise<T[]> {
  const heard = collect<T>(channel, 'broadcast');
  await join(channel);
  return heard;
}

/** A subscription to changes that stands: nothing written after it is missed. */
export async function listening(channel: RealtimeChannel): Promise<void> {
  const told = collect<{ extension: string; status: string; message: string }>(channel, 'system');
  await join(channel);
  const isHeard = () => expect(told.map(({ message }) => message)).toContain('Subscribed to PostgreSQL');
  await eventually(isHeard, 10_000);
}

export const eventually = (check: () => void, timeout = 3_000) =>
  vi.waitFor(check, { timeout, interval: 10 });
export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export type Wish = {
  event?: '*' | 'INSERT' | 'UPDATE' | 'DELETE';
  schema?: string;
  table?: string;
  filter?: string;
  select?: string[];
};
type Payload = RealtimePostgresChangesPayload<Record<string, unknown>>;

/** A channel that is not yet joined, and what arrives for each wish. */
export function changesOf(client: SupabaseClient, ...wishes: Wish[]) {
  const channel = client.channel(`changes-${crypto.randomUUID()}`);
  const seen = wishes.map((wish) => {
    const payloads: Payload[] = [];
    const filter = { event: '*' as const, schema: 'public', ...wish };
    // The overloads name one event each; a test may name any.
    channel.on('postgres_changes', filter as typeof filter & { event: '*' }, (payload: Payload) =>
      payloads.push(payload),
    );
    return payloads;
  });
  return { channel, of: (index: number) => seen[index] ?? [] };
}

export async function follow(client: SupabaseClient, ...wishes: Wish[]) {
  const follower = changesOf(client, ...wishes);
  await listening(follower.channel);
  return follower;
}

/** What happened to which row. */
export const namesOf = (payloads: readonly Payload[]) =>
  payloads.map(({ eventType, new: record, old }) => [
    eventType,
    Reflect.get(record, 'id') ?? Reflect.get(old, 'id'),
  ]);

type Frame = { joinRef: string | null; ref: string | null; topic: string; event: string; payload: unknown };

/** A client that says exactly what it is told to. */
class RawSocket {
  readonly frames: Frame[] = [];
  readonly binary: Buffer[] = [];
  readonly #socket: WebSocket;
  readonly #version: string;
  closed: { code: number; reason: string } | null = null;

  private constructor(socket: WebSocket, version: string) {
    this.#socket = socket;
    this.#version = version;
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.binary.push(data);
      else this.frames.push(this.#read(JSON.parse(data.toString())));
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
    socket.on('error', () => undefined);
  }

  static open(
    gateway: Gateway,
    { version = '2.0.0', key = gateway.publishableKey }: { version?: string; key?: string } = {},
  ): Promise<RawSocket> {
    const url = `${gateway.url.replace('http', 'ws')}/realtime/v1/websocket?apikey=${key}&vsn=${version}`;
    const socket = new WebSocket(url);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(new RawSocket(socket, version)));
      socket.once('unexpected-response', (_request, response) => {
        response.resume();
        reject(new Error(`HTTP ${response.statusCode}`));
      });
      socket.once('error', reject);
    });
  }

  #read(frame: unknown): Frame {
    if (Array.isArray(frame)) {
      const [joinRef, ref, topic, event, payload] = frame;
      return { joinRef, ref, topic, event, payload };
    }
    // The server's own frames, in the older form.
    const { join_ref = null, ...rest } = frame as Frame & { join_ref?: string };
    return { ...rest, joinRef: join_ref };
  }

  send(joinRef: string | null, ref: string | null, topic: string, event: string, payload: unknown) {
    this.write(
      JSON.stringify(
        this.#version === '2.0.0'
          ? [joinRef, ref, topic, event, payload]
          : { join_ref: joinRef, ref, topic, event, payload },
      ),
    );
  }

  write(data: string | Buffer) {
    this.#socket.send(data);
  }

  /** The answer to `ref`. */
  async reply(ref: string | null): Promise<unknown> {
    await eventually(() => expect(this.frames.some((frame) => isReply(frame, ref))).toBe(true));
    return this.frames.find((frame) => isReply(frame, ref))?.payload;
  }

  async join(topic: string, payload: unknown = { config: {} }, ref = '1'): Promise<unknown> {
    this.send(ref, ref, topic, 'phx_join', payload);
    return this.reply(ref);
  }

  of(event: string): Frame[] {
    return this.frames.filter((frame) => frame.event === event);
  }

  terminate() {
    this.#socket.terminate();
  }
}

const isReply = (frame: Frame, ref: string | null) => frame.event === 'phx_reply' && frame.ref === ref;
