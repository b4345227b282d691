import { parseArgs } from 'node:util';
import { portOf, runServer } from '../stack/run-server.ts';
import { startInngest } from './server.ts';

/** INNGEST_SIGNING_KEY asks for signed calls; INNGEST_EVENT_KEY names the one key that may send events. */
await runServer('inngest', async () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8288' },
      data: { type: 'string', default: '.local/inngest.sqlite' },
      app: { type: 'string' },
    },
  });
  const { data: dataFile, app: appUrl } = values;
  if (appUrl && !URL.canParse(appUrl)) throw new Error(`--app takes a URL, not "${appUrl}".`);
  const port = portOf(values.port);
  return startInngest({
    port,
    dataFile,
    appUrl,
    signingKey: process.env.INNGEST_SIGNING_KEY || undefined,
    eventKey: process.env.INNGEST_EVENT_KEY || undefined,
    log: (message) => process.stderr.write(`inngest: ${message}\n`),
  }).catch((error: unknown) => {
    throw new Error(startFailure(error, port, dataFile), { cause: error });
  });
});

function startFailure(error: unknown, port: number, dataFile: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const reason = error instanceof Error ? error.message : String(error);
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken. Stop the program that uses it, or choose another with --port.`;
  }
  if (reason.includes('database is locked')) return `The data file ${dataFile} is in use by another server.`;
  return `Cannot start: ${reason}`;
}
