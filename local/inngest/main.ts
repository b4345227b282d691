import { parseArgs } from 'node:util';
import { parseDuration } from './duration.ts';
import { type InngestServer, startInngest } from './server.ts';

const USAGE = `Usage: node local/inngest/main.ts [--port 8288] [--data .local/inngest.sqlite] [--app http://localhost:3000/api/inngest]
       [--backoff 1s,2s,5s,10s] [--call-timeout 300s] [--parallel 64]
Environment: INNGEST_SIGNING_KEY (signed mode), INNGEST_EVENT_KEY`;

function log(message: string): void {
  process.stderr.write(`inngest: ${message}\n`);
}

function stop(message: string): never {
  log(message);
  process.exit(1);
}

function milliseconds(text: string, flag: string): number {
  return parseDuration(text) ?? stop(`${flag} takes times such as 500ms, 2s or 5m, not "${text}".`);
}

function wholeNumber(text: string, flag: string, max: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value >= 0 && value <= max
    ? value
    : stop(`${flag} takes a number up to ${max}, not "${text}".`);
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '8288' },
        data: { type: 'string', default: '.local/inngest.sqlite' },
        app: { type: 'string' },
        backoff: { type: 'string' },
        'call-timeout': { type: 'string', default: '300s' },
        parallel: { type: 'string', default: '64' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return stop(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function startFailure(error: unknown, port: number, dataFile: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const reason = error instanceof Error ? error.message : String(error);
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken. Stop the program that uses it, or choose another with --port.`;
  }
  if (reason.includes('database is locked')) return `The data file ${dataFile} is in use by another server.`;
  return `Cannot start: ${reason}`;
}

async function main(): Promise<void> {
  const flags = readFlags();
  if (flags.help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const port = wholeNumber(flags.port, '--port', 65_535);
  if (flags.app && !URL.canParse(flags.app)) stop(`--app takes a URL, not "${flags.app}".`);
  let server: InngestServer;
  try {
    server = await startInngest({
      port,
      dataFile: flags.data,
      appUrl: flags.app,
      signingKey: process.env.INNGEST_SIGNING_KEY || undefined,
      eventKey: process.env.INNGEST_EVENT_KEY || undefined,
      ...(flags.backoff && {
        retryDelaysMs: flags.backoff.split(',').map((text) => milliseconds(text.trim(), '--backoff')),
      }),
      callTimeoutMs: milliseconds(flags['call-timeout'], '--call-timeout'),
      maxParallelCalls: Math.max(1, wholeNumber(flags.parallel, '--parallel', 1_000)),
      log,
    });
  } catch (error) {
    stop(startFailure(error, port, flags.data));
  }
  process.stdout.write(`${JSON.stringify({ ready: true, url: server.url })}\n`);
  const end = () => void server.close().then(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

await main();
