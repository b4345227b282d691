import { parseArgs } from 'node:util';
import { startOpenAI } from './index.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env.CLERVA_OPENAI_PORT ?? '8289' },
    host: { type: 'string', default: '127.0.0.1' },
    key: { type: 'string', default: process.env.OPENAI_API_KEY ?? 'local' },
  },
});

try {
  const server = await startOpenAI({ port: Number(values.port), host: values.host, apiKey: values.key });
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
