import { parseArgs } from 'node:util';
import { portOf, runServer } from '../stack/run-server.ts';
import { startOpenAI } from './index.ts';

await runServer('openai', async () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: process.env.CLERVA_OPENAI_PORT ?? '8289' },
      host: { type: 'string', default: '127.0.0.1' },
      key: { type: 'string', default: process.env.OPENAI_API_KEY ?? 'local' },
    },
  });
  return startOpenAI({ port: portOf(values.port), host: values.host, apiKey: values.key });
});
