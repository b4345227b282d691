/**
 * The real nginx with the file of deploy/ in front of three instances, one Redis and the local servers: requests and answers
 * pass it while an instance is killed and all are restarted one after the other, and nothing that was taken is lost.
 *
 *   BUILD_STANDALONE=1 npm run build && npm run test:proxy [-- requests [answers]]
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import https from 'node:https';
import { createCanvas } from '@napi-rs/canvas';
import { createClient } from '@supabase/supabase-js';
import { decodeJwt } from 'jose';
import WebSocket from 'ws';
import { z } from 'zod';
import { percentile } from '../../bench/benchmark.ts';
import { linesAt, pdfOf } from '../../lib/ingestion/extract/test-files.ts';
import { api } from '../../lib/links.ts';
import { userTopic } from '../../lib/realtime/topics.ts';
import { pause, slowDown } from '../setup/stack.ts';
import { Student } from '../setup/student.ts';
import { DRAIN_SECONDS, type Fleet, STATUS_TOKEN, startFleet, until } from './fleet.ts';

const [REQUESTS = 10_000, ANSWERS = 300] = process.argv.slice(2).map(Number);
const PORT = Number(process.env.PROXY_PORT ?? 3600);
const CHAT = '/api/ai-agent/chat';
const READERS = 12;
const ASKERS = 6;
const STUDENTS = 12;
const FORGED = '203.0.113.9';

const bearer = (student: Student) => ({
  authorization: `Bearer ${student.token}`,
  'content-type': 'application/json',
});

/** On a connection of its own: one that is kept may be closed by the other side just as it is written to. */
const askAt = (url: string, student: Student, body: object) =>
  fetch(`${url}${CHAT}`, {
    method: 'POST',
    headers: { ...bearer(student), connection: 'close' },
    body: JSON.stringify(body),
  });

const threadIn = (text: string) => /"threadId":"([0-9a-f-]{36})"/.exec(text)?.[1] ?? '';

async function anyInstanceServesAnyRequest(fleet: Fleet, [student]: readonly Student[]) {
  assert(student);
  const first = await askAt(fleet.appUrl, student, { message: 'Hello' });
  const threadId = threadIn(await first.text());
  for (const { url } of fleet.instances) {
    const text = await (await askAt(url, student, { threadId, message: 'Thanks' })).text();
    assert.match(text, /"type":"finish"/);
  }
  const { data } = await student.db.from('message').select('id').eq('thread_id', threadId);
  assert.equal(data?.length, 2 * (1 + fleet.instances.length));
  return 'one conversation, each question at another instance';
}

async function answersAreNotHeldBack(fleet: Fleet, [student]: readonly Student[]) {
  assert(student);
  const message = 'What is osmosis, and why does it matter?';
  await slowDown(fleet.environment, message, 150);
  const begun = performance.now();
  const answer = await askAt(fleet.appUrl, student, { message });
  assert.equal(answer.headers.get('content-encoding'), null);
  const pieces: number[] = [];
  for await (const _ of answer.body ?? []) pieces.push(performance.now() - begun);
  const [first = 0, last = 0] = [pieces[0], pieces.at(-1)];
  assert(
    pieces.length > 3 && first < last / 2,
    `first at ${first}, last at ${last}, ${pieces.length} pieces`,
  );
  return `${pieces.length} pieces, the first after ${first.toFixed(0)} ms, the last after ${last.toFixed(0)} ms`;
}

/** The events of an answer as they come: `has` waits for one, `all` for the end. */
function eventsOf(answer: Response) {
  const events: string[] = [];
  let isOver = false;
  const all = (async () => {
    let text = '';
    for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += piece;
      const end = text.lastIndexOf('\n\n') + 1;
      events.push(
        ...text
          .slice(0, end)
          .split('\n')
          .filter((line) => line.startsWith('data:')),
      );
      text = text.slice(end);
    }
    isOver = true;
    return events;
  })();
  return {
    all,
    has: (words: string) =>
      until(`“${words}” comes`, () => {
        assert(!isOver, `the answer is over: ${events.at(-2)}`);
        return events.some((event) => event.includes(words));
      }),
  };
}

/** What another tab of the student hears, by the door: the conversations that changed. */
async function listen({ appUrl, environment }: Fleet, student: Student) {
  const db = createClient(appUrl, environment.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY, {
    auth: { persistSession: false },
  });
  await db.realtime.setAuth(student.token);
  const { sub } = z.object({ sub: z.string() }).parse(decodeJwt(student.token));
  const heard: string[] = [];
  const channel = db
    .channel(userTopic(sub), { config: { private: true } })
    .on('broadcast', { event: 'thread' }, ({ payload }) => void heard.push(...payload.ids));
  await new Promise<void>((joined) => {
    channel.subscribe((status) => status === 'SUBSCRIBED' && joined());
  });
  return { heard, close: () => db.realtime.disconnect() };
}

async function answersAreFollowedAndStoppedElsewhere(fleet: Fleet, [student]: readonly Student[]) {
  const [one, two, three] = fleet.instances.map(({ url }) => url);
  assert(student && one && two && three);
  const headers = bearer(student);
  const message = 'Tell me what you can do for me.';
  await slowDown(fleet.environment, message, 1_000);
  const tab = await listen(fleet, student);
  const begun = eventsOf(await askAt(one, student, { message }));
  await until('the other tab hears of it', () => tab.heard.length > 0);
  tab.close();
  const threadId = tab.heard[0] ?? '';
  const thread = async (url: string) =>
    z
      .object({ isAnswering: z.boolean(), messages: z.array(z.looseObject({ metadata: z.unknown() })) })
      .parse(await (await fetch(`${url}${api.thread(threadId)}`, { headers })).json());
  await begun.has('text-delta');
  assert((await thread(three)).isAnswering, 'the third does not know that it is being answered');
  const follow = async (url: string) => {
    const answer = await fetch(`${url}${CHAT}/${threadId}/stream`, { headers });
    assert.equal(answer.status, 200, `nothing to follow at ${url}`);
    return eventsOf(answer);
  };
  const [followed, left] = [await follow(two), await fetch(`${two}${CHAT}/${threadId}/stream`, { headers })];
  await followed.has('text-delta');
  await left.body?.cancel();
  const resumed = await follow(three);
  await resumed.has('text-delta');
  const stop = await fetch(`${three}${CHAT}/${threadId}/stop`, { method: 'POST', headers, body: '{}' });
  assert.deepEqual(await stop.json(), { stopped: true });
  const [first, second, third] = await Promise.all([begun.all, followed.all, resumed.all]);
  assert.deepEqual(second, first, 'the second gave other events than the first');
  assert.deepEqual(third, first, 'the third gave other events than the first');
  const { isAnswering, messages } = await thread(two);
  assert(!isAnswering);
  assert.match(JSON.stringify(messages.at(-1)?.metadata), /"stopped"/);
  return `begun at the first, seen by another tab, followed at two others from its beginning (${first.length} events), stopped at the third`;
}

/** A line of print, as a scanner gives it. */
function printed(text: string): Uint8Array<ArrayBuffer> {
  const canvas = createCanvas(1_600, 200);
  const pen = canvas.getContext('2d');
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = 'black';
  pen.font = '48px sans-serif';
  pen.fillText(text, 60, 110);
  return new Uint8Array(canvas.toBuffer('image/png'));
}

/** What is loaded by its path alone is easily left out of an image: a reader of its own, character maps, data of languages. */
async function theImageHoldsWhatIsLoadedByPath(fleet: Fleet, [student]: readonly Student[]) {
  const [one] = fleet.instances;
  assert(student && one);
  const words = 'The harbour of Brellmouth was dredged in 1934.';
  const files = [
    {
      fileName: 'a.pdf',
      mimeType: 'application/pdf',
      bytes: new Uint8Array(await pdfOf([linesAt(60, 700, [words])])),
    },
    { fileName: 'a.png', mimeType: 'image/png', bytes: printed(words) },
  ];
  for (const file of files) await student.addNote(file);
  const assets = [api.pdfPart('standard_fonts', 'LiberationSans-Regular.ttf'), '/api/docs/swagger-ui.css'];
  for (const path of assets) assert.equal((await fetch(one.url + path)).status, 200, path);
  return 'a PDF and a scan are read, a font and a page of the API are there';
}

/** Asked for less than its process believes what it read, and then some. */
const SWITCHED_WITHIN_MS = 5_000;

async function theSwitchHoldsEverywhere(fleet: Fleet, [student]: readonly Student[]) {
  const [one] = fleet.instances;
  assert(student && one);
  const { NEXT_PUBLIC_SUPABASE_URL: url, SUPABASE_SECRET_KEY: secret } = fleet.environment;
  const service = createClient(url, secret, { auth: { persistSession: false } });
  const account = { email: `admin-${Date.now()}@example.com`, password: randomUUID() };
  const { error } = await service.auth.admin.createUser({
    ...account,
    email_confirm: true,
    app_metadata: { role: 'admin' },
  });
  assert.equal(error, null);
  const { data } = await service.auth.signInWithPassword(account);
  const turn = async (off: boolean) => {
    const turned = await fetch(one.url + api.adminChat, {
      method: 'PUT',
      headers: { authorization: `Bearer ${data.session?.access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify(off ? { off, reason: 'Back at noon.' } : { off }),
    });
    assert(turned.ok, await turned.text());
  };
  const everywhere = async (isAsHoped: (answer: Response, text: string) => boolean) => {
    const begun = performance.now();
    for (const { url: instance } of fleet.instances) {
      for (;;) {
        const answer = await askAt(instance, student, { message: 'Hello' });
        const text = await answer.text();
        if (isAsHoped(answer, text)) break;
        assert(
          performance.now() - begun < SWITCHED_WITHIN_MS,
          `${instance}: ${answer.status} ${text.slice(0, 200)}`,
        );
        await pause(100);
      }
    }
    return performance.now() - begun;
  };
  // Every instance has just read that it is on.
  await everywhere(({ ok }) => ok);
  await turn(true);
  const offMs = await everywhere(
    ({ status, headers }, text) =>
      status === 503 && headers.has('retry-after') && text.includes('Back at noon.'),
  ).finally(() => turn(false));
  const onMs = await everywhere(({ ok }) => ok);
  return `turned at the first, off everywhere after ${offMs.toFixed(0)} ms, on again after ${onMs.toFixed(0)} ms`;
}

async function theProxyAloneSaysWhoAsks(fleet: Fleet, [, student]: readonly Student[]) {
  const [one] = fleet.instances;
  assert(student && one);
  const audit = async () => JSON.stringify(await student.api('GET', '/api/audit'));
  const record = async (url: string) => {
    const headers = { ...bearer(student), 'x-forwarded-for': FORGED, 'x-real-ip': FORGED };
    const file = { title: 'Note', fileName: 'note.md', mimeType: 'text/markdown', sizeBytes: 10 };
    const before = await audit();
    const body = JSON.stringify(file);
    const made = await fetch(`${url}/api/documents`, { method: 'POST', headers, body });
    assert(made.ok, await made.text());
    await until('it is in the record', async () => (await audit()) !== before);
    return audit();
  };
  const network = FORGED.slice(0, FORGED.lastIndexOf('.'));
  assert(!(await record(fleet.appUrl)).includes(network), 'what a client wrote was believed');
  // The other way round, so that the line above cannot pass for nothing.
  assert((await record(one.url)).includes(network), 'what the proxy wrote was not believed');
  return 'a forged x-forwarded-for changes nothing';
}

const statusOfUpgrade = (url: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const request = https.get(url, { headers: { connection: 'upgrade', upgrade: 'websocket' } });
    request.on('response', (answer) => resolve(answer.resume().statusCode)).on('error', reject);
  });

async function whatElseTheDoorDoes(fleet: Fleet, [student]: readonly Student[]) {
  assert(student);
  const plain = await fetch(`${fleet.plainUrl}/library?of=me`, { redirect: 'manual' });
  assert.deepEqual([plain.status, plain.headers.get('location')], [308, `${fleet.appUrl}/library?of=me`]);
  const page = await fetch(`${fleet.appUrl}/sign-in`);
  assert.equal(page.headers.get('content-encoding'), 'gzip');
  assert.match(page.headers.get('strict-transport-security') ?? '', /max-age/);
  const large = await askAt(fleet.appUrl, student, { message: 'x'.repeat(6 * 1024 * 1024) });
  assert.equal(large.status, 413);
  const metrics = await fetch(`${fleet.appUrl}/api/status/metrics`, {
    headers: { authorization: `Bearer ${STATUS_TOKEN}` },
  });
  assert.equal(metrics.status, 404);
  // Whoever asks an instance for a socket must not make it look broken to the door.
  for (let number = 0; number < 3 * fleet.instances.length; number += 1)
    assert.equal(await statusOfUpgrade(`${fleet.appUrl}/api/health`), 200);
  const key = fleet.environment.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY;
  const socket = new WebSocket(
    `${fleet.appUrl.replace('https', 'wss')}/realtime/v1/websocket?apikey=${key}&vsn=1.0.0`,
  );
  await once(socket, 'open');
  socket.terminate();
  return 'TLS alone, gzip for pages, 413 above 5 MB, no metrics for the world, WebSocket';
}

type Tally = { done: number; failed: string[]; ms: number[] };
/** `cut`: the status had been sent when the instance was killed, so nobody else can be asked. */
type Reads = Tally & { cut: string[] };
/** Load goes on until there was enough of it and the restarts are over. `killedAt`: when the killed instance was gone. */
type Load = { isRolled: boolean; killedAt: number };

/** Requests of every kind that nobody has to repeat, until there were enough. */
async function read(fleet: Fleet, students: readonly Student[], tally: Reads, load: Load): Promise<void> {
  const paths = [
    '/api/health',
    CHAT,
    '/sign-in',
    '/icon.svg',
    '/api/health',
    '/api/usage',
    CHAT,
    '/api/nowhere',
  ];
  for (;;) {
    const number = tally.done;
    if (load.isRolled && number >= REQUESTS) return;
    tally.done += 1;
    const path = paths[number % paths.length] ?? '';
    const student = students[number % students.length];
    const begun = performance.now();
    let hasStatus = false;
    try {
      const answer = await fetch(fleet.appUrl + path, { headers: student && bearer(student) });
      hasStatus = true;
      await answer.arrayBuffer();
      if (answer.status >= 500 || answer.status === 421) tally.failed.push(`${path} ${answer.status}`);
    } catch (error) {
      const list = hasStatus && begun < load.killedAt ? tally.cut : tally.failed;
      list.push(`${path} ${error instanceof Error ? `${error.message} ${error.cause ?? ''}` : error}`);
    }
    tally.ms.push(performance.now() - begun);
  }
}

type Answers = Tally & { taken: Map<string, { student: Student; message: string }>; cut: number };

/** How often a question is sent again, as the page does it: with the same id, after the time it was told or a longer one. */
const RETRIES = 4;
/** Whoever is told to wait for longer is told no. */
const LONGEST_WAIT_SECONDS = 10;

async function ask(fleet: Fleet, students: readonly Student[], answers: Answers, load: Load): Promise<void> {
  for (;;) {
    const number = answers.done;
    const student = students[number % students.length];
    if (!student || (load.isRolled && number >= ANSWERS)) return;
    answers.done += 1;
    const requestId = randomUUID();
    const message = `What is number ${number}?`;
    const begun = performance.now();
    for (let tried = 0; ; tried += 1) {
      let waitSeconds = 2 ** tried;
      try {
        const answer = await askAt(fleet.appUrl, student, { message, requestId });
        waitSeconds = Number(answer.headers.get('retry-after') ?? waitSeconds);
        if (!answer.ok) throw new Error(`${answer.status} ${(await answer.text()).slice(0, 120)}`);
        answers.taken.set(requestId, { student, message });
        // The answer of a killed instance comes to its end as interrupted; one without an end was cut.
        if ((await answer.text()).includes('[DONE]')) break;
        throw new Error('no end');
      } catch (error) {
        if (tried === 0) answers.cut += 1;
        if (tried < RETRIES && waitSeconds <= LONGEST_WAIT_SECONDS) {
          await pause(waitSeconds * 1_000);
          continue;
        }
        answers.failed.push(`question ${number}: ${error}`);
        break;
      }
    }
    answers.ms.push(performance.now() - begun);
  }
}

/** Questions that were taken and are not there exactly once in the words they were asked in. */
async function lost({ taken }: Answers): Promise<string[]> {
  const gone: string[] = [];
  for (const [requestId, { student, message }] of taken) {
    const { data } = await student.db.from('message').select('parts').eq('request_id', requestId);
    if (data?.length !== 1 || !JSON.stringify(data).includes(message))
      gone.push(`“${message}” is there ${data?.length} times`);
  }
  return gone;
}

const progress = (tally: Tally, most: number, share: number) => async () => {
  while (tally.done < most * share) await pause(20);
};

async function nothingIsLostWhileInstancesGo(fleet: Fleet, students: readonly Student[]) {
  const reads: Reads = { done: 0, failed: [], cut: [], ms: [] };
  const answers: Answers = { done: 0, failed: [], ms: [], taken: new Map(), cut: 0 };
  const load: Load = { isRolled: false, killedAt: 0 };
  await slowDown(fleet.environment, 'What is number', 10);
  const begun = performance.now();
  const working = [
    ...Array.from({ length: READERS }, () => read(fleet, students, reads, load)),
    ...Array.from({ length: ASKERS }, () => ask(fleet, students, answers, load)),
  ];
  const upTo = (share: number) =>
    Promise.race([progress(reads, REQUESTS, share)(), progress(answers, ANSWERS, share)()]);
  const failures = () => [...reads.failed, ...answers.failed];
  await upTo(0.2);
  load.killedAt = Number.POSITIVE_INFINITY;
  await fleet.instances[1]?.end('SIGKILL');
  load.killedAt = performance.now();
  await pause(1_000);
  await fleet.instances[1]?.start();
  await upTo(0.4);
  const [killedCut, killedFailed] = [answers.cut, failures().length];
  for (const instance of fleet.instances) {
    await instance.end('SIGTERM');
    await instance.start();
  }
  const [rolledCut, dropped] = [answers.cut - killedCut, failures().length - killedFailed];
  load.isRolled = true;
  await Promise.all(working);
  const seconds = (performance.now() - begun) / 1_000;
  const gone = await lost(answers);
  const failed = failures();
  console.log(
    `  ${reads.ms.length} requests and ${answers.ms.length} answers in ${seconds.toFixed(0)} s: ${failed.length} failed, ` +
      `${reads.cut.length} of at most ${READERS} under way cut by the kill behind their status, ` +
      `${gone.length} of ${answers.taken.size} taken questions lost; a request p50 ${percentile(reads.ms, 0.5).toFixed(0)} ms, p95 ${percentile(reads.ms, 0.95).toFixed(0)} ms; ` +
      `answers cut and asked again: ${killedCut} by the kill, ${rolledCut} by the restarts`,
  );
  for (const one of [...failed, ...reads.cut, ...gone].slice(0, 10)) console.log(`    ${one}`);
  assert.equal(gone.length, 0);
  assert.deepEqual([dropped, rolledCut], [0, 0], 'a restart dropped something');
  assert.deepEqual(failed, [], 'what had no status was not asked elsewhere');
  return 'one killed, all restarted in turn';
}

async function aProcessSaysThatItDrains(fleet: Fleet, [student]: readonly Student[]) {
  const [, , instance] = fleet.instances;
  assert(student && instance);
  const message = 'Can you tell me about photosynthesis?';
  await slowDown(fleet.environment, message, 300);
  const answer = await askAt(instance.url, student, { message });
  const ended = instance.end('SIGTERM');
  try {
    await pause((DRAIN_SECONDS * 1_000) / 8);
    const health = await fetch(`${instance.url}/api/health`);
    assert.deepEqual([health.status, await health.json()], [503, { status: 'draining' }]);
    const refused = await fetch(instance.url + CHAT);
    const problem = (await refused.json()) as { code: string };
    assert.deepEqual([refused.status, problem.code], [421, 'draining']);
    assert.match(await answer.text(), /"type":"finish"/);
  } finally {
    await ended;
    await instance.start();
  }
  return 'health says so, newcomers are sent on, the answer under way came to its end';
}

const CHECKS = [
  theImageHoldsWhatIsLoadedByPath,
  anyInstanceServesAnyRequest,
  answersAreNotHeldBack,
  answersAreFollowedAndStoppedElsewhere,
  theSwitchHoldsEverywhere,
  theProxyAloneSaysWhoAsks,
  whatElseTheDoorDoes,
  aProcessSaysThatItDrains,
  nothingIsLostWhileInstancesGo,
];

let failed = 0;
const fleet = await startFleet(PORT);
try {
  const students: Student[] = [];
  for (let number = 0; number < STUDENTS; number += 1)
    students.push(await Student.signUp(fleet, `fleet-${number}-${Date.now()}@example.com`));
  for (const check of CHECKS) {
    const name = check.name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    try {
      console.log(`✓ ${name}: ${await check(fleet, students)}`);
    } catch (error) {
      failed += 1;
      const cause = error instanceof Error && error.cause ? ` (${error.cause})` : '';
      console.log(`✗ ${name}: ${error instanceof Error ? error.message : error}${cause}`);
    }
  }
} finally {
  await fleet.close();
}
console.log(`${CHECKS.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
