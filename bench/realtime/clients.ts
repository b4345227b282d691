import { type RealtimeChannel, RealtimeClient, type RealtimeClientOptions } from '@supabase/supabase-js';
import WebSocket from 'ws';
import { type Server, until } from './processes.ts';

/** One browser tab: the real client, a channel with presence, and what it received. */
export type Tab = {
  key: string;
  client: RealtimeClient;
  channel: RealtimeChannel | null;
  isJoined: boolean;
  /** The moments at which broadcasts arrived, less the moments they carry. */
  delays: number[];
  /** The network goes away without a word; the client comes back by itself. */
  drop: () => void;
};

const TOPIC = 'bench';

export function openTab(server: Server, key: string): Tab {
  let socket: WebSocket | null = null;
  /** Kept, so that its network can be taken away. */
  class KeptSocket extends WebSocket {
    constructor(address: string | URL) {
      super(address);
      socket = this;
    }
  }
  const client = new RealtimeClient(`${server.url.replace('http', 'ws')}/realtime/v1`, {
    params: { apikey: server.publishableKey },
    // `ws` and the client describe one interface, each with types of its own.
    transport: KeptSocket as unknown as NonNullable<RealtimeClientOptions['transport']>,
    // Not the growing steps of the default: those are the client's patience, not the server's speed.
    reconnectAfterMs: () => 500,
  });
  return { key, client, channel: null, isJoined: false, delays: [], drop: () => socket?.terminate() };
}

export function join(tab: Tab) {
  const channel = tab.client.channel(TOPIC, { config: { presence: { key: tab.key, enabled: true } } });
  tab.channel = channel;
  channel.on('broadcast', { event: 'tick' }, ({ payload }) => {
    tab.delays.push(performance.now() - Number(payload.at));
  });
  channel.subscribe((status) => {
    tab.isJoined = status === 'SUBSCRIBED';
    if (tab.isJoined) void channel.track({ name: tab.key });
  });
}

export async function leave(tab: Tab) {
  const { channel } = tab;
  if (!channel) return;
  tab.channel = null;
  tab.isJoined = false;
  await tab.client.removeChannel(channel);
}

/** Who is here, as this tab believes. */
export const seen = ({ channel }: Tab) =>
  channel ? Object.keys(channel.presenceState()).toSorted().join() : '';

/** Until every joined tab believes that exactly the joined ones are here. */
export async function converge(tabs: readonly Tab[], limitMs: number): Promise<number> {
  const here = tabs.filter(({ channel }) => channel !== null);
  const expected = here
    .map(({ key }) => key)
    .toSorted()
    .join();
  const isRight = (tab: Tab) => tab.isJoined && seen(tab) === expected;
  // Those found right once are looked at again at the end only: looking is not free.
  let wrong = here;
  const lasted = await until(
    () => {
      wrong = wrong.filter((tab) => !isRight(tab));
      if (wrong.length === 0) wrong = here.filter((tab) => !isRight(tab));
      return wrong.length === 0;
    },
    limitMs,
    () => `${wrong.length} of ${here.length} clients see somebody else`,
  );
  return lasted;
}
