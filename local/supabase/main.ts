import path from 'node:path';
import { parseArgs } from 'node:util';
import { portOf, runServer } from '../stack/run-server.ts';
import { startGateway } from './gateway.ts';
import { onLiteFailure } from './lite.ts';
import { toldRepairs } from './repairs.ts';
import { readSettings } from './settings.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8287' },
    host: { type: 'string' },
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
    const { server, storageDir, host, hosts, secretKey } = readSettings(process.env);
    const gateway = await startGateway({
      port: portOf(values.port),
      host: values.host ?? host,
      hosts,
      dataDir: values.data,
      server,
      storageDir: storageDir ?? (server && path.resolve(values.data, 'storage')),
      migrationsDir: values.migrations,
      siteUrl: values['site-url'],
      appUrls: values['app-url'],
      keys: { secret: secretKey },
      confirmEmails: values['confirm-emails'],
      onRealtimeLog: (code, detail) => process.stderr.write(`realtime: ${code}: ${detail}\n`),
    });
    if (gateway.database.isRebuilt) {
      process.stderr.write(
        `supabase: the database was made by other migrations; its tables were built anew and its rows kept${toldRepairs(gateway.database.repairs)}\n`,
      );
    }
    return gateway;
  },
  ({ publishableKey, secretKey }) => ({ publishableKey, secretKey }),
);
