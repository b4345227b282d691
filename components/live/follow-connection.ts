/** What this needs of the Realtime client. */
type Connection = { connect: () => void; disconnect: () => unknown; isConnected: () => boolean };

/** A clock that stood still for longer than this was asleep, and so was the other end of its socket. */
const SLEPT_MS = 90_000;
const TICK_MS = 20_000;

/**
 * Opens the socket again the moment there is a reason to believe that it works, instead of at the next of ever rarer
 * attempts; and closes it when the browser says that the network is gone, so that the page knows at once.
 */
export function followConnection(connection: Connection): () => void {
  let lastTickAt = Date.now();
  const timer = setInterval(tick, TICK_MS);

  function tick() {
    const slept = Date.now() - lastTickAt > SLEPT_MS;
    lastTickAt = Date.now();
    return slept;
  }
  async function wake() {
    // A socket that slept along looks open; only a new one is known to be.
    if (tick()) await connection.disconnect();
    if (!connection.isConnected()) connection.connect();
  }
  const onWake = () => {
    if (document.visibilityState === 'visible' && navigator.onLine) void wake();
  };
  const onOffline = () => void connection.disconnect();

  document.addEventListener('visibilitychange', onWake);
  document.addEventListener('resume', onWake);
  window.addEventListener('pageshow', onWake);
  window.addEventListener('online', onWake);
  window.addEventListener('offline', onOffline);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onWake);
    document.removeEventListener('resume', onWake);
    window.removeEventListener('pageshow', onWake);
    window.removeEventListener('online', onWake);
    window.removeEventListener('offline', onOffline);
  };
}
