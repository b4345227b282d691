/**
 * Preloaded into every child of the stack: when the parent is gone, even by `kill -9`, the child ends too, so that no
 * port and no data folder stays held. An orphan is given another parent, which is what this looks for. (A message channel
 * would tell at once, but Next uses the channel itself when it finds one.)
 */
const parent = process.ppid;
setInterval(() => {
  if (process.ppid === parent) return;
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 5_000).unref();
}, 300).unref();

export {};
