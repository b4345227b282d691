import type { RealtimeClient } from '@supabase/realtime-js';

/** What this needs of the Realtime client. */
type Connection = Pick<
  RealtimeClient,
  'connect' | 'disconnect' | 'isConnected' | 'getChannels' | 'removeChannel'
>;

/** A clock that stood still for longer than this was asleep, and so was the other end of its socket. */
const SLEPT_MS = 90_000;
const TICK_MS = 20_000;

/**
 * Opens the socket again the moment there is a reason to believe that it works, instead of at the next of ever rarer
 * attempts; and closes it when the browser says that the network is gone, so that the page knows at once.
 */
export function followConnection(connection: Connection): () => void {
  let lastTickAt = Date.now();
  let closing: Promise<void> = Promise.resolve();
  const timer = setInterval(tick, TICK_MS);

  function tick() {
    const slept = Date.now() - lastTickAt > SLEPT_MS;
    lastTickAt = Date.now();
    return slept;
  }
  function close() {
    closing = closed(connection);
  }
  async function wake() {
    // A socket that slept along looks open; only a new one is known to be.
    if (tick()) close();
    // One that is being closed is not opened again.
    await closing;
    if (!connection.isConnected()) connection.connect();
  }
  const onWake = () => {
    if (document.visibilityState === 'visible' && navigator.onLine) void wake();
  };

  document.addEventListener('visibilitychange', onWake);
  document.addEventListener('resume', onWake);
  window.addEventListener('pageshow', onWake);
  window.addEventListener('online', onWake);
  window.addEventListener('offline', close);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onWake);
    document.removeEventListener('resume', onWake);
    window.removeEventListener('pageshow', onWake);
    window.removeEventListener('online', onWake);
    window.removeEventListener('offline', close);
  };
}

/**
 * Where nobody was left to answer the goodbye, the client takes its channels for joined for ever, and would not join them
 * through the next socket: those are closed, so that whoever keeps them knows and makes them anew.
 */
async function closed(connection: Connection): Promise<void> {
  await connection.disconnect();
  for (const channel of connection.getChannels())
    if (channel.state === 'joined' || channel.state === 'joining') void connection.removeChannel(channel);
}
