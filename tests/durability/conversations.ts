import { faultsOf, type StoredMessage, unleash } from '../setup/chaos.ts';
import { hasRedis, redisOn } from '../setup/redis.ts';
import { childrenOf, pause, type Stack, startStack } from '../setup/stack.ts';
import { Student } from '../setup/student.ts';

/** A conversation holds five hundred messages; so many steps never fill one. */
const STEPS_A_CONVERSATION = 100;
const CHAT = '/api/ai-agent/chat';
const USABLE_MS = 30_000;
/** What starts the app again takes it for broken when it ends more often than that. */
const KILLS_A_MINUTE = 3;
const killsAt: number[] = [];

/** Ends the app alone, as a crash does; what looks after it starts it again. */
async function killApp(stack: Stack): Promise<void> {
  const oldest = killsAt.at(-KILLS_A_MINUTE) ?? 0;
  await pause(Math.max(0, oldest + 61_000 - Date.now()));
  killsAt.push(Date.now());
  const app = childrenOf(stack.process.pid ?? 0).find(({ command }) => command.includes('next'));
  if (!app) throw new Error('There is no process of the app.');
  process.kill(app.pid, 'SIGKILL');
  for (const until = Date.now() + 60_000; Date.now() < until; await pause(50)) {
    const health = await fetch(`${stack.appUrl}/api/health`).catch(() => undefined);
    if (health?.ok) return;
  }
  throw new Error(`The app did not come back.\n${stack.output()}`);
}

async function conversation(
  stack: Stack,
  student: Student,
  seed: number,
  steps: number,
  redis?: () => Promise<void>,
) {
  const headers = { authorization: `Bearer ${student.token}`, 'content-type': 'application/json' };
  const first = (await student.api('POST', CHAT, { message: 'Hello' })) as { threadId: string };
  const { threadId } = first;
  const messages = async () => {
    const { data, error } = await student.db
      .from('message')
      .select('*')
      .eq('thread_id', threadId)
      .order('seq');
    if (error) throw error;
    return data as StoredMessage[];
  };
  const { acknowledged, counts, faults } = await unleash({
    seed,
    steps,
    messages,
    request: (method, path, body, signal) => {
      const isQuestion = path === '' && method === 'POST';
      const sent = isQuestion ? { ...(body as object), threadId } : body;
      return fetch(`${stack.appUrl}${isQuestion ? CHAT : `${CHAT}/${threadId}${path}`}`, {
        method,
        headers,
        signal,
        ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
      });
    },
    kill: () => killApp(stack),
    ...(redis && { accidents: { 'restart Redis': redis } }),
  });
  const killedAt = Date.now();
  let usableMs = Number.POSITIVE_INFINITY;
  while (Date.now() - killedAt < USABLE_MS && usableMs === Number.POSITIVE_INFINITY) {
    const asked = await student.api('POST', CHAT, { threadId, message: 'Thanks' }).catch(() => undefined);
    if (asked) usableMs = Date.now() - killedAt;
    else await pause(250);
  }
  const stored = await messages();
  const left = stored.filter(({ status }) => status === 'streaming').length;
  const all = [
    ...faults,
    ...faultsOf(stored, acknowledged),
    ...(left > 0 ? [`${left} answers are still being written`] : []),
    ...(usableMs === Number.POSITIVE_INFINITY ? ['the next question is not taken'] : []),
  ];
  const told = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  console.log(
    `conversation ${seed}: ${acknowledged.size} questions taken, ${stored.length} messages, usable after ${usableMs} ms; ${told.join(', ')}${all.length > 0 ? `  <-- WRONG: ${all.join('; ')}` : ''}`,
  );
  return all.length === 0;
}

/** A thousand steps in conversations of one student, on a stack whose app is killed in between. */
export async function conversations({ port, steps, seed }: { port: number; steps: number; seed: number }) {
  const redis = redisOn(port + 5);
  if (hasRedis) redis.start();
  else console.log('Redis is not installed: its restarts are left out.');
  const stack = await startStack({
    port,
    environment: {
      CHAT_TURNS_PER_MINUTE: '100000',
      CHAT_TURNS_PER_MINUTE_PER_ADDRESS: '100000',
      CHAT_TURNS_BURST: '100000',
      CHAT_TURNS_PER_DAY: '100000',
      API_WRITES_PER_MINUTE: '100000',
      WRITES_PER_MINUTE: '100000',
      READS_PER_MINUTE: '100000',
      ...(hasRedis && { REDIS_URL: redis.url }),
    },
  });
  let [passed, failed] = [0, 0];
  try {
    const student = await Student.signUp(stack, `chaos-${Date.now()}@example.com`);
    for (let done = 0; done < steps; done += STEPS_A_CONVERSATION) {
      const size = Math.min(STEPS_A_CONVERSATION, steps - done);
      const isRight = await conversation(
        stack,
        student,
        seed + done,
        size,
        hasRedis ? redis.restart : undefined,
      );
      if (isRight) passed += 1;
      else failed += 1;
    }
  } finally {
    await stack.close();
    redis.stop();
  }
  return { passed, failed };
}
