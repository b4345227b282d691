import { parseArgs } from 'node:util';
import { startOpenAI } from './index.ts';

function readOptions(): { port: number; host: string; apiKey: string } {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: process.env.CLERVA_OPENAI_PORT ?? '8289' },
      host: { type: 'string', default: '127.0.0.1' },
      key: { type: 'string', default: process.env.OPENAI_API_KEY ?? 'local' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port must be a number from 0 to 65535, not “${values.port}”.`);
  return { port, host: values.host, apiKey: values.key };
}

try {
  const server = await startOpenAI(readOptions());
  process.stdout.write(`${JSON.stringify({ ready: true, url: server.url })}\n`);
  const stop = (): void => {
    void server.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  process.stderr.write(`openai: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
