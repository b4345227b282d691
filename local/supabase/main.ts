import { parseArgs } from 'node:util';
import { StartError } from './data-folder.ts';
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

try {
  const gateway = await startGateway({
    port: Number(values.port),
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
  const stop = () => {
    void gateway.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const { url, publishableKey, secretKey } = gateway;
  process.stdout.write(`${JSON.stringify({ ready: true, url, publishableKey, secretKey })}\n`);
} catch (error) {
  const message = error instanceof StartError || error instanceof Error ? error.message : String(error);
  process.stderr.write(`supabase: ${message}\n`);
  process.exit(1);
}
