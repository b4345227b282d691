import { startGateway } from '../../local/supabase/gateway.ts';

/** One local Supabase in a process of its own, which tells its parent what it holds. Started by the benchmark. */
const [port = '0', dataDir] = process.argv.slice(2);
const gateway = await startGateway({ port: Number(port), ...(dataDir ? { dataDir } : {}) });

process.on('message', (question) => {
  if (question !== 'counts') return;
  globalThis.gc?.();
  const { heapUsed } = process.memoryUsage();
  process.send?.({ counts: { ...gateway.realtime.counts(), heapBytes: heapUsed } });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ url: gateway.url, publishableKey: gateway.publishableKey });
