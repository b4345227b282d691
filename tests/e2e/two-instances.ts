/**
 * The whole of Clerva as a school runs it: two instances of the app, one PostgreSQL, one Redis. Each request that comes to
 * `E2E_PORT` is answered by the other instance than the one before, so that nothing a page needs may live in one of them.
 */
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { createTemporaryDatabase } from '../../local/supabase/temporary.ts';
import { hasRedis, redisOn } from '../setup/redis.ts';
import { parseEnvironment, startStack } from '../setup/stack.ts';

const { TEST_POSTGRES_URL: server = '', E2E_DATA_DIR: dataFolder = '', E2E_PORT = '3300' } = process.env;
const port = Number(E2E_PORT);

const begun = new AsyncDisposableStack();
process.on('SIGTERM', async () => {
  await begun.disposeAsync();
  process.exit();
});

const database = await createTemporaryDatabase(server, 'empty', async () => undefined);
begun.defer(database.drop);
const redis = redisOn(port + 6);
if (hasRedis) redis.start();
begun.defer(() => void redis.stop());
const shared = {
  LOCAL_DATABASE_URL: database.url,
  NEXT_PUBLIC_APP_URL: `http://localhost:${port}`,
  LOCAL_SUPABASE_PORT: String(port + 1),
  LOCAL_INNGEST_PORT: String(port + 2),
  LOCAL_OPENAI_PORT: String(port + 3),
  ...(hasRedis && { REDIS_URL: redis.url }),
};
const instances: number[] = [];
let turn = 0;
const front = createServer((incoming, outgoing) => {
  const { method, url, headers } = incoming;
  // The browser's tests begin when both are there.
  if (url === '/api/health' && instances.length < 2) return outgoing.writeHead(503).end();
  turn += 1;
  const passed = request(
    { host: '127.0.0.1', port: instances[turn % instances.length], method, path: url, headers, agent: false },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    },
  );
  passed.on('error', () => outgoing.destroy());
  outgoing.on('close', () => passed.destroy());
  incoming.pipe(passed);
});
begun.defer(() => front.closeAllConnections());

const first = await startStack({
  port: port + 4,
  dataFolder,
  environment: { ...shared, LOCAL_SEED: '1' },
});
begun.defer(first.close);
instances.push(port + 4);
front.listen(port, '127.0.0.1');
// The second finds what the first has started, as a second machine does.
const variables = parseEnvironment(readFileSync(join(dataFolder, 'stack.env'), 'utf8'));
const second = await startStack({ port: port + 5, environment: { ...shared, ...variables } });
begun.defer(second.close);
instances.push(port + 5);
