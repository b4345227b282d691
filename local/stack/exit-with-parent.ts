/**
 * Preloaded into every child of the stack: when the supervising process is gone, even by `kill -9`, its end of the
 * channel closes and the child ends too, so that no port and no data folder stays held.
 */
if (process.channel) {
  process.channel.unref();
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 5_000).unref();
  });
  // Listening for the event must not keep the process alive.
  process.channel.unref();
}
