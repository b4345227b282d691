import { parseArgs } from 'node:util';
import { portOf, runServer } from '../stack/run-server.ts';
import { startGateway } from './gateway.ts';
import { onLiteFailure } from './lite.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8287' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string', default: '.local/supabase' },
    'site-url': { type: 'string', default: 'http://localhost:3000' },
    'app-url': { type: 'string', multiple: true },
    migrations: { type: 'string' },
    'confirm-emails': { type: 'boolean', default: false },
  },
});

onLiteFailure((kind) => process.stderr.write(`supabase: a statement failed (${kind})\n`));

await runServer(
  'supabase',
  async () => {
    const gateway = await startGateway({
      port: portOf(values.port),
      host: values.host,
      dataDir: values.data,
      migrationsDir: values.migrations,
      siteUrl: values['site-url'],
      appUrls: values['app-url'],
      keys: { secret: process.env.SUPABASE_SECRET_KEY },
      confirmEmails: values['confirm-emails'],
      onRealtimeLog: (code, detail) => process.stderr.write(`realtime: ${code}: ${detail}\n`),
    });
    if (gateway.database.isRebuilt) {
      process.stderr.write(
        `supabase: ${values.data} was made by other migrations; its tables were built anew and every row was kept\n`,
      );
    }
    return gateway;
  },
  ({ publishableKey, secretKey }) => ({ publishableKey, secretKey }),
);
