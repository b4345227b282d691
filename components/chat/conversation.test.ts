import { describe, expect, it, vi } from 'vitest';
import { type ClervaMessage, messageText } from '@/lib/agent/messages';
import type { MessageStatus } from '@/lib/domain/message';
import { ConversationStore, idAt, Conversation as PatientConversation, versionsAt } from './conversation';
import { answer, question, textPart } from './fixtures';
import { problemOf, problemOfApproval } from './problem-strip';

const THREAD = '22222222-2222-4222-8222-222222222222';
const CHAT = '/api/ai-agent/chat';

/** One that loses no time before it tries again. */
class Conversation extends PatientConversation {
  readonly pauses: number[] = [];
  constructor(options: ConstructorParameters<typeof PatientConversation>[0]) {
    super({ ...options, pause: async (seconds) => void this.pauses.push(seconds) });
  }
}

type AskedBody = { requestId?: string };
type Call = { path: string; method: string; body: unknown };

const metadata = (status: string) => ({
  threadId: THREAD,
  traceId: 't',
  model: 'm',
  status,
  createdAt: '2026-11-20',
});

/** A stream whose chunks are sent by hand. */
function openStream() {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
  });
  const send = (chunk: unknown) => controller?.enqueue(encoder.encode(`data: ${JSON.stringify(chunk)}\n\n`));
  return {
    response: () =>
      new Response(body, {
        headers: { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' },
      }),
    send,
    begin: (id = 'answer-1') => {
      send({ type: 'start', messageId: id, messageMetadata: metadata('streaming') });
      send({ type: 'text-start', id: 'text' });
    },
    text: (delta: string) => send({ type: 'text-delta', id: 'text', delta }),
    finish: () => {
      send({ type: 'text-end', id: 'text' });
      send({ type: 'finish', messageMetadata: metadata('done') });
      controller?.close();
    },
    close: () => controller?.close(),
    fail: (errorText: string) => {
      send({ type: 'error', errorText });
      controller?.close();
    },
  };
}

type Options = ConstructorParameters<typeof Conversation>[0];

/** A conversation over a server that knows these routes. */
function over(routes: Record<string, () => Response | Promise<Response>>, options: Options = {}) {
  const calls: Call[] = [];
  const fetch = async (input: string | URL | Request, init: RequestInit = {}) => {
    const path = String(input);
    const method = init.method ?? 'GET';
    calls.push({ path, method, body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined });
    const route = routes[`${method} ${path}`];
    if (!route) throw new TypeError(`fetch failed: no route for ${method} ${path}`);
    return route();
  };
  return { calls, fetch, conversation: new Conversation({ ...options, fetch }) };
}

const problem = (status: number, code: string, title: string, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ type: 'x', title, status, code }), { status, headers });

/** The ids that questions were sent with. */
const idsOf = (calls: Call[]) => new Set(calls.map(({ body }) => (body as AskedBody).requestId));

const texts = (messages: ClervaMessage[]) => messages.map(({ role, parts }) => [role, messageText(parts)]);
const lastOf = ({ chat }: PatientConversation) => texts(chat.messages).at(-1);
const until = (check: () => boolean) => vi.waitFor(() => expect(check()).toBe(true));
/** A thread as the server has it. */
const stored =
  (text: string, reply: string, status: MessageStatus, given = {}) =>
  () =>
    Response.json({ messages: [question(text), answer([textPart(reply)], { ...given, status })] });
const half = (text: string) => answer([textPart(text)], { status: 'streaming' });

/** Asks, and waits until the first words of the answer are there. */
async function answering(stream: ReturnType<typeof openStream>, conversation: PatientConversation) {
  const asked = conversation.ask('Long?');
  stream.begin();
  stream.text('So far');
  await until(() => lastOf(conversation)?.[1] === 'So far');
  return { asked };
}

describe('asking', () => {
  it('sends only the new text, and the thread once it is known', async () => {
    const streams = [openStream(), openStream()];
    let next = 0;
    const onThread = vi.fn();
    const { calls, conversation } = over(
      { [`POST ${CHAT}`]: () => (streams[next++] ?? openStream()).response() },
      { onThread },
    );
    const first = conversation.ask('What is memory?');
    streams[0]?.begin();
    streams[0]?.text('It keeps.');
    streams[0]?.finish();
    await first;
    const second = conversation.ask('And then?');
    streams[1]?.begin('answer-2');
    streams[1]?.finish();
    await second;
    expect(calls.map(({ body }) => body)).toEqual([
      { requestId: expect.any(String), message: 'What is memory?' },
      { requestId: expect.any(String), threadId: THREAD, message: 'And then?' },
    ]);
    expect(idsOf(calls).size).toBe(2);
    expect(onThread).toHaveBeenCalledExactlyOnceWith(THREAD);
    expect(texts(conversation.chat.messages).slice(0, 2)).toEqual([
      ['user', 'What is memory?'],
      ['assistant', 'It keeps.'],
    ]);
  });

  it('sends once when it is asked twice in the same moment', async () => {
    const stream = openStream();
    const { calls, conversation } = over({ [`POST ${CHAT}`]: stream.response });
    const [first, second] = [conversation.ask('Once?'), conversation.ask('Once?')];
    expect(await second).toEqual({ kept: 'Once?' });
    stream.begin();
    stream.finish();
    await first;
    expect(calls).toHaveLength(1);
  });

  it.each([
    [409, 'conflict', 'This was changed meanwhile. Load it again.', 'follow'],
    [409, 'turn_in_progress', 'The previous answer is still being written.', 'follow'],
    [429, 'quota_exceeded', 'Today’s limit is reached.', 'none'],
    [503, 'model_unavailable', 'The model does not answer.', 'retry'],
    [401, 'unauthenticated', 'Sign in to continue.', 'sign-in'],
  ])('gives the text back and the sentence of a %i', async (status, code, title, action) => {
    const { conversation } = over(
      { [`POST ${CHAT}`]: () => problem(status, code, title) },
      { threadId: THREAD, messages: [question('Earlier')] },
    );
    expect(await conversation.ask('Kept?')).toEqual({ kept: 'Kept?' });
    expect(texts(conversation.chat.messages)).toEqual([['user', 'Earlier']]);
    expect(problemOf(conversation.chat.error)).toMatchObject({ text: title, code, action });
  });

  it('says that the connection did not hold when nothing answers', async () => {
    const { conversation } = over({});
    expect(await conversation.ask('Kept?')).toEqual({ kept: 'Kept?' });
    expect(problemOf(conversation.chat.error).code).toBe('offline');
  });

  it('never shows what a crashed server wrote', async () => {
    const crash = () => new Response('<html>TypeError: x</html>', { status: 502 });
    const { conversation } = over({ [`POST ${CHAT}`]: crash });
    await conversation.ask('Kept?');
    expect(problemOf(conversation.chat.error).text).toBe(
      'That did not work, and it is our fault. Nothing of yours is lost.',
    );
  });
});

describe('a question that did not get through', () => {
  it.each([
    ['the connection broke', () => Promise.reject(new TypeError('fetch failed'))],
    ['the database did not answer', () => problem(503, 'database_unavailable', 'No answer.')],
    ['too many asked', () => problem(503, 'overloaded', 'Too many.', { 'retry-after': '5' })],
  ])('is sent again as the same question, and that is said: %s', async (_name, refuse) => {
    const stream = openStream();
    const answers = [refuse, refuse, stream.response];
    const { calls, conversation } = over({ [`POST ${CHAT}`]: () => answers.shift()?.() as Response });
    const told: (string | undefined)[] = [];
    conversation.onWait = (reason) => told.push(reason?.message);
    const asked = conversation.ask('Once?');
    stream.begin();
    stream.finish();
    expect(await asked).toBeUndefined();
    expect(calls).toHaveLength(3);
    expect(idsOf(calls).size).toBe(1);
    expect(told).toEqual([expect.any(String), expect.any(String), undefined]);
    expect(conversation.pauses).toEqual(told[0]?.startsWith('Too many') ? [5, 5] : [1, 2]);
  });

  it.each(['3600', 'Wed, 21 Oct 2026 07:28:00 GMT'])('is not held for a wait of %s', async (after) => {
    const refuse = () => problem(503, 'overloaded', 'Too many.', { 'retry-after': after });
    const { calls, conversation } = over({ [`POST ${CHAT}`]: refuse });
    expect(await conversation.ask('Now?')).toEqual({ kept: 'Now?' });
    expect(calls).toHaveLength(1);
  });

  it('keeps its id when it is asked again by hand, and other words are another question', async () => {
    const { calls, conversation } = over({ [`POST ${CHAT}`]: () => problem(429, 'rate_limited', 'Wait.') });
    for (const text of ['Same?', 'Same?', 'Other?']) await conversation.ask(text);
    expect(calls).toHaveLength(3);
    expect(idsOf(calls.slice(0, 2)).size).toBe(1);
    expect(idsOf(calls).size).toBe(2);
  });

  it('tells the page when somebody else signed in', async () => {
    const { calls, conversation } = over({
      [`POST ${CHAT}`]: () => problem(409, 'session_changed', 'Somebody else signed in here.'),
    });
    const onChange = vi.fn();
    vi.stubGlobal('window', { dispatchEvent: onChange });
    expect(await conversation.ask('Mine?')).toEqual({ kept: 'Mine?' });
    vi.unstubAllGlobals();
    expect(onChange).toHaveBeenCalledOnce();
    expect(calls).toHaveLength(1);
    expect(problemOf(conversation.chat.error)).toMatchObject({ code: 'session_changed', action: 'none' });
  });
});

describe('an answer that breaks off', () => {
  it('is continued once the server holds it for dead, which is told meanwhile', async () => {
    const stream = openStream();
    const isClosing = () =>
      problem(409, 'turn_in_progress', 'The last answer broke off.', { 'retry-after': '5' });
    const answers = [isClosing, isClosing, stream.response];
    const { conversation } = over(
      {
        [`GET ${CHAT}/${THREAD}`]: stored('Long?', 'The first half', 'streaming'),
        [`GET ${CHAT}/${THREAD}/stream`]: () => new Response(null, { status: 204 }),
        [`POST ${CHAT}/${THREAD}/regenerate`]: () => answers.shift()?.() as Response,
      },
      { threadId: THREAD },
    );
    const told: (string | undefined)[] = [];
    conversation.onWait = (reason) => told.push(reason?.message);
    const continued = conversation.continueAnswer();
    stream.begin('answer-2');
    stream.text('Whole');
    stream.finish();
    await continued;
    expect(lastOf(conversation)).toEqual(['assistant', 'Whole']);
    const sentence = 'The last answer broke off.';
    expect(told).toEqual([sentence, sentence, undefined]);
  });

  it('keeps what arrived', async () => {
    const stream = openStream();
    const { conversation } = over({ [`POST ${CHAT}`]: stream.response });
    const { asked } = await answering(stream, conversation);
    stream.fail('That did not work.');
    expect(await asked).toBeUndefined();
    expect(lastOf(conversation)).toEqual(['assistant', 'So far']);
    expect(conversation.chat.status).toBe('error');
  });

  it('is taken from the server when it was finished there meanwhile', async () => {
    const { calls, conversation } = over(
      { [`GET ${CHAT}/${THREAD}`]: stored('Long?', 'All of it', 'done') },
      { threadId: THREAD, messages: [question('Long?'), half('The first half')] },
    );
    await conversation.continueAnswer();
    expect(lastOf(conversation)).toEqual(['assistant', 'All of it']);
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([`GET ${CHAT}/${THREAD}`]);
  });

  it('is written again when the server lost it too, in the manner that was asked for', async () => {
    const stream = openStream();
    const { calls, conversation } = over(
      {
        [`GET ${CHAT}/${THREAD}`]: stored('Long?', 'The first half', 'error', { nudge: 'simpler' }),
        [`POST ${CHAT}/${THREAD}/regenerate`]: stream.response,
      },
      { threadId: THREAD },
    );
    const continued = conversation.continueAnswer();
    stream.begin('answer-2');
    stream.text('Whole');
    stream.finish();
    await continued;
    expect(texts(conversation.chat.messages)).toEqual([
      ['user', 'Long?'],
      ['assistant', 'Whole'],
    ]);
    expect(calls.at(-1)).toMatchObject({
      path: `${CHAT}/${THREAD}/regenerate`,
      body: { requestId: expect.any(String), nudge: 'simpler' },
    });
  });
});

describe('versions', () => {
  const place = (versions: string[]) => ({ ...metadata('done'), versions }) as ClervaMessage['metadata'];
  const asked = (id: string, text: string, versions: string[] = []): ClervaMessage => ({
    ...question(text),
    id,
    metadata: place(versions),
  });
  const said = (id: string, text: string): ClervaMessage => ({ ...answer([textPart(text)]), id });
  const FOUR = [asked('q1', 'One?'), said('a1', 'First'), asked('q2', 'Two?'), said('a2', 'Second')];

  it('of an older answer is written with its name and its nudge, in place of what followed', async () => {
    const stream = openStream();
    const { calls, conversation } = over(
      { [`POST ${CHAT}/${THREAD}/regenerate`]: stream.response },
      { threadId: THREAD, messages: FOUR },
    );
    const again = conversation.regenerate({ messageId: 'a1', nudge: 'shorter' });
    stream.begin('a1b');
    stream.text('Short');
    stream.finish();
    await again;
    expect(texts(conversation.chat.messages)).toEqual([
      ['user', 'One?'],
      ['assistant', 'Short'],
    ]);
    expect(calls[0]?.body).toEqual({ requestId: expect.any(String), messageId: 'a1', nudge: 'shorter' });
  });

  it('of a question goes out once with what it stands for, and everything is as it was when that cannot begin', async () => {
    const stream = openStream();
    let fails = true;
    const { calls, conversation } = over(
      {
        [`POST ${CHAT}`]: () => (fails ? problem(400, 'invalid_request', 'No.') : stream.response()),
      },
      { threadId: THREAD, messages: FOUR },
    );
    expect(await conversation.ask('Two, otherwise?', 'q2')).toEqual({ kept: 'Two, otherwise?' });
    expect(conversation.chat.messages).toEqual(FOUR);
    fails = false;
    const edited = conversation.ask('Two, otherwise?', 'q2');
    stream.send({
      type: 'start',
      messageId: 'a2b',
      messageMetadata: { ...metadata('streaming'), questionId: 'q2b', questionVersions: ['q2', 'q2b'] },
    });
    stream.send({ type: 'text-start', id: 'text' });
    stream.text('Anew');
    stream.finish();
    await edited;
    const { messages } = conversation.chat;
    expect(texts(messages).slice(2)).toEqual([
      ['user', 'Two, otherwise?'],
      ['assistant', 'Anew'],
    ]);
    expect([idAt(messages, 2), idAt(messages, 3), versionsAt(messages, 2)]).toEqual([
      'q2b',
      'a2b',
      ['q2', 'q2b'],
    ]);
    expect(calls.map(({ body }) => body)).toEqual(
      Array(2).fill({
        threadId: THREAD,
        requestId: expect.any(String),
        edits: 'q2',
        message: 'Two, otherwise?',
      }),
    );
    expect(idsOf(calls).size).toBe(1);
  });

  it('that is picked is shown as the server has it then, and stays hidden when it cannot', async () => {
    let status = 409;
    const thread = { messages: [asked('q1', 'One?', ['q1', 'q1b']), said('a1', 'First')] };
    const { conversation } = over(
      {
        [`PUT ${CHAT}/${THREAD}/version`]: () =>
          status === 200 ? Response.json(thread) : problem(409, 'turn_in_progress', 'Wait.'),
      },
      { threadId: THREAD, messages: FOUR },
    );
    await expect(conversation.show('q1')).rejects.toThrow('Wait.');
    expect(conversation.chat.messages).toEqual(FOUR);
    status = 200;
    await conversation.show('q1');
    expect(conversation.chat.messages.map(({ id }) => id)).toEqual(['q1', 'a1']);
    expect(versionsAt(conversation.chat.messages, 0)).toEqual(['q1', 'q1b']);
  });
});

describe('a tool that takes long', () => {
  it('says how far it is while the answer is written, and can be cancelled', async () => {
    const stream = openStream();
    const { calls, conversation } = over(
      {
        [`POST ${CHAT}`]: stream.response,
        [`POST ${CHAT}/${THREAD}/calls/call%201/cancel`]: () => Response.json({ cancelled: true }),
      },
      { threadId: THREAD },
    );
    const told: unknown[] = [];
    conversation.onProgress = (progress) => told.push(progress);
    conversation.onTitle = (title) => told.push(title);
    const { asked } = await answering(stream, conversation);
    const data = { toolCallId: 'call 1', stage: 'writing', done: 4, of: 10 };
    stream.send({ type: 'data-title', data: { title: 'Length' }, transient: true });
    stream.send({ type: 'data-progress', id: 'call 1', data, transient: true });
    await until(() => told.length === 2);
    await conversation.cancel('call 1');
    stream.finish();
    await asked;
    expect(told).toEqual(['Length', { 'call 1': { stage: 'writing', done: 4, of: 10 } }, {}]);
    expect(calls.at(-1)?.path).toContain('/calls/call%201/cancel');
    expect(JSON.stringify(conversation.chat.messages)).not.toContain('data-progress');
  });
});

describe('stopping', () => {
  const STOP = { [`POST ${CHAT}/${THREAD}/stop`]: () => new Response(null, { status: 204 }) };

  it('tells the server and keeps what arrived', async () => {
    const stream = openStream();
    const { calls, conversation } = over({ [`POST ${CHAT}`]: stream.response, ...STOP });
    const { asked } = await answering(stream, conversation);
    await conversation.stop();
    await asked;
    expect(calls.at(-1)).toMatchObject({ method: 'POST', path: `${CHAT}/${THREAD}/stop` });
    expect(lastOf(conversation)).toEqual(['assistant', 'So far']);
    expect(conversation.chat.lastMessage?.metadata?.status).toBe('stopped');
    expect(conversation.chat.status).toBe('ready');
  });

  it('waits for the thread when it is pressed before the answer began', async () => {
    const stream = openStream();
    const { calls, conversation } = over({ [`POST ${CHAT}`]: stream.response, ...STOP });
    const asked = conversation.ask('Long?');
    await until(() => conversation.chat.status === 'submitted');
    const stopped = conversation.stop();
    expect(calls).toHaveLength(1);
    stream.begin();
    await Promise.all([stopped, asked]);
    expect(calls.at(-1)?.path).toBe(`${CHAT}/${THREAD}/stop`);
  });

  it('keeps the text even when the server does not hear it, and says so by failing', async () => {
    const stream = openStream();
    const { conversation } = over({ [`POST ${CHAT}`]: stream.response }, { threadId: THREAD });
    const { asked } = await answering(stream, conversation);
    await expect(conversation.stop()).rejects.toThrow();
    await asked;
    expect(lastOf(conversation)).toEqual(['assistant', 'So far']);
  });
});

describe('coming back', () => {
  it('takes up a running answer from its beginning without doubling what was stored', async () => {
    const stream = openStream();
    const { conversation } = over(
      { [`GET ${CHAT}/${THREAD}/stream`]: stream.response },
      { threadId: THREAD, messages: [question('Long?'), half('The first')] },
    );
    const resumed = conversation.follow();
    stream.begin('answer-1');
    stream.text('The first half and the rest');
    stream.finish();
    await resumed;
    expect(texts(conversation.chat.messages)).toEqual([
      ['user', 'Long?'],
      ['assistant', 'The first half and the rest'],
    ]);
    expect(conversation.chat.lastMessage?.metadata?.status).toBe('done');
  });

  it('leaves everything as it is when nothing runs', async () => {
    const { conversation } = over(
      { [`GET ${CHAT}/${THREAD}/stream`]: () => new Response(null, { status: 204 }) },
      { threadId: THREAD, messages: [half('The first')] },
    );
    await (await conversation.chat.load()).resumeStream();
    expect(conversation.chat.status).toBe('ready');
    expect(texts(conversation.chat.messages)).toEqual([['assistant', 'The first']]);
  });

  it('shows what another tab wrote', async () => {
    const routes = { [`GET ${CHAT}/${THREAD}`]: stored('From there', 'Yes', 'done') };
    const { conversation } = over(routes, { threadId: THREAD });
    expect(await conversation.catchUp()).toBe('settled');
    expect(lastOf(conversation)).toEqual(['assistant', 'Yes']);
  });

  it('shows what another page asked in the same moment, before what was asked here', async () => {
    const stream = openStream();
    const before = [question('First?'), { ...answer([textPart('One')]), id: 'a1' }];
    const there = [question('From there'), { ...answer([textPart('Yes')]), id: 'a2' }];
    const here = [question('Long?'), { ...answer([textPart('So far')]), id: 'a3' }];
    const { calls, conversation } = over(
      {
        [`POST ${CHAT}`]: stream.response,
        [`GET ${CHAT}/${THREAD}`]: () => Response.json({ messages: [...before, ...there, ...here] }),
      },
      { threadId: THREAD, messages: before },
    );
    const asked = conversation.ask('Long?');
    stream.send({
      type: 'start',
      messageId: 'a3',
      messageMetadata: { ...metadata('streaming'), follows: 'a2' },
    });
    stream.send({ type: 'text-start', id: 'text' });
    stream.text('So far');
    stream.finish();
    await asked;
    await until(() => conversation.chat.messages.length === 6);
    expect(texts(conversation.chat.messages).map(([, text]) => text)).toEqual([
      'First?',
      'One',
      'From there',
      'Yes',
      'Long?',
      'So far',
    ]);
    expect(calls).toHaveLength(2);
  });

  it('does not look again after an answer to what was asked last', async () => {
    const stream = openStream();
    const { calls, conversation } = over(
      { [`POST ${CHAT}`]: stream.response },
      { threadId: THREAD, messages: [question('First?'), { ...answer([textPart('One')]), id: 'a1' }] },
    );
    const asked = conversation.ask('Long?');
    const messageMetadata = { ...metadata('streaming'), follows: 'a1' };
    stream.send({ type: 'start', messageId: 'a2', messageMetadata });
    stream.send({ type: 'text-start', id: 'text' });
    stream.finish();
    await asked;
    expect(calls).toHaveLength(1);
  });

  it('shows a question once that had arrived, was seen in what is stored, and is asked again', async () => {
    const stream = openStream();
    let isDown = true;
    const post = () => (isDown ? Promise.reject(new TypeError('fetch failed')) : stream.response());
    const { calls, conversation } = over(
      { [`POST ${CHAT}`]: post, [`GET ${CHAT}/${THREAD}`]: stored('There?', 'Yes', 'done') },
      { threadId: THREAD },
    );
    expect(await conversation.ask('There?')).toEqual({ kept: 'There?' });
    isDown = false;
    await conversation.catchUp();
    const asked = conversation.ask('There?');
    stream.begin();
    stream.text('Ye');
    await until(() => texts(conversation.chat.messages).some(([, text]) => text === 'Ye'));
    expect(texts(conversation.chat.messages)).toEqual([
      ['user', 'There?'],
      ['assistant', 'Ye'],
    ]);
    stream.text('s');
    stream.finish();
    expect(await asked).toBeUndefined();
    expect(idsOf(calls.filter(({ method }) => method === 'POST')).size).toBe(1);
    expect(texts(conversation.chat.messages)).toEqual([
      ['user', 'There?'],
      ['assistant', 'Yes'],
    ]);
  });

  it('keeps the old answer when writing it again cannot begin', async () => {
    const refused = () => problem(503, 'model_unavailable', 'The model does not answer.');
    const messages = [question('Q'), answer([textPart('A')])];
    const routes = { [`POST ${CHAT}/${THREAD}/regenerate`]: refused };
    const { conversation } = over(routes, { threadId: THREAD, messages });
    await conversation.regenerate();
    expect(texts(conversation.chat.messages)).toEqual(texts(messages));
  });
});

describe('a yes or no', () => {
  const asks = (id: string) =>
    ({
      type: 'tool-sendNudge',
      toolCallId: id,
      state: 'approval-requested',
      input: { message: 'At eight?' },
      approval: { id },
    }) as ClervaMessage['parts'][number];
  const [TURN, KEEP] = [`POST ${CHAT}`, `PUT ${CHAT}/${THREAD}/approvals`];
  const [WAITS, GIVEN] = ['approval-requested', 'approval-responded'];
  const isOff = () => Promise.reject(new TypeError('fetch failed'));
  const isKept = () => new Response(null, { status: 204 });
  const refused = (status: number, code: string) => () => problem(status, code, 'No.');

  /** An answer that asks these, over these routes. */
  function asking(ids: string[], routes: Record<string, () => Response | Promise<Response>>) {
    const messages = [question('Send it'), answer(ids.map(asks))];
    const { calls, conversation } = over(routes, { threadId: THREAD, messages });
    const told: string[] = [];
    const tell = (error: unknown) => void told.push(problemOfApproval(error).code);
    conversation.onRefused = tell;
    const give = (id: string, approved = true) => conversation.approve({ id, approved }).catch(tell);
    const states = () =>
      conversation.chat.lastMessage?.parts.flatMap((part) => ('approval' in part ? [part.state] : []));
    const sent = () => calls.map(({ method, path }) => `${method} ${path}`);
    return { calls, conversation, told, give, states, sent };
  }

  it.each([
    ['meets an answer that was changed', refused(409, 'conflict'), 'conflict'],
    ['is given while another tab goes on', refused(409, 'turn_in_progress'), 'turn_in_progress'],
    ['is given when the session is over', refused(401, 'unauthenticated'), 'unauthenticated'],
    ['is given in a conversation that was deleted', refused(404, 'not_found'), 'not_found'],
    ['does not arrive', isOff, 'offline'],
  ])('that %s is asked for again, and that is said', async (_name, route, code) => {
    const alone = asking(['one'], { [TURN]: route });
    await alone.give('one');
    await vi.waitFor(() => expect(alone.told).toEqual([code]));
    expect(alone.states()).toEqual([WAITS]);
    const first = asking(['one', 'two'], { [KEEP]: route });
    await first.give('one');
    expect(first.told).toEqual([code]);
    expect(first.states()).toEqual([WAITS, WAITS]);
  });

  it('is kept at once, goes out with the last one, and each goes out once', async () => {
    const stream = openStream();
    const { calls, give, states, sent } = asking(['one', 'two'], { [KEEP]: isKept, [TURN]: stream.response });
    await Promise.all([give('one'), give('one', false)]);
    expect(sent()).toEqual([KEEP]);
    expect(states()).toEqual([GIVEN, WAITS]);
    await Promise.all([give('two', false), give('two', false)]);
    await until(() => sent().length > 1);
    expect(sent()).toEqual([KEEP, TURN]);
    expect(calls.at(-1)?.body).toMatchObject({ approvals: [{ approved: true }, { approved: false }] });
  });

  it('that was kept is not asked for again when the last one does not arrive', async () => {
    const { give, told, states } = asking(['one', 'two'], { [KEEP]: isKept, [TURN]: isOff });
    await give('one');
    await give('two');
    await vi.waitFor(() => expect(told).toEqual(['offline']));
    expect(states()).toEqual([GIVEN, WAITS]);
  });

  it('that comes too late to be kept alone is no failure: the last one took it along', async () => {
    const stream = openStream();
    let refuse: ((response: Response) => void) | undefined;
    const late = () =>
      new Promise<Response>((resolve) => {
        refuse = resolve;
      });
    const { give, told, states } = asking(['one', 'two'], { [KEEP]: late, [TURN]: stream.response });
    const first = give('one');
    await until(() => refuse !== undefined);
    await give('two');
    refuse?.(problem(409, 'conflict', 'Late.'));
    await first;
    expect(told).toEqual([]);
    expect(states()).toEqual([GIVEN, GIVEN]);
  });

  it('given while the answer is still written goes out with its end', async () => {
    const stream = openStream();
    const answers = [stream.response, () => new Response(null, { status: 204 })];
    const { conversation, give, sent } = asking([], { [TURN]: () => answers.shift()?.() as Response });
    const asked = conversation.ask('Send them');
    stream.begin('answer-2');
    for (const toolCallId of ['one', 'two']) {
      stream.send({ type: 'tool-input-available', toolCallId, toolName: 'sendNudge', input: {} });
      stream.send({ type: 'tool-approval-request', toolCallId, approvalId: toolCallId });
    }
    await until(() => conversation.chat.lastMessage?.parts.filter((part) => 'approval' in part).length === 2);
    await give('one');
    await give('two');
    expect(sent()).toEqual([TURN]);
    stream.finish();
    await asked;
    expect(sent()).toEqual([TURN, TURN]);
  });

  it('is not sent again by an answer that was stopped before it acted on it', async () => {
    const stream = openStream();
    const { conversation, give, told, states, sent } = asking(['one'], { [TURN]: stream.response });
    await give('one');
    stream.send({ type: 'start', messageId: 'answer-1', messageMetadata: metadata('streaming') });
    stream.send({ type: 'finish', messageMetadata: metadata('stopped') });
    stream.close();
    await until(() => conversation.chat.status === 'ready');
    expect({ sent: sent(), told, states: states() }).toEqual({ sent: [TURN], told: [], states: [GIVEN] });
  });
});

describe('ConversationStore', () => {
  it('finds a running conversation by its thread and does not overwrite it with what is stored', async () => {
    const stream = openStream();
    const { fetch } = over({ [`POST ${CHAT}`]: stream.response });
    const store = new ConversationStore();
    const begun = store.begin(() => undefined, fetch);
    const { asked } = await answering(stream, begun);
    const opened = store.open(THREAD, [question('Long?')], fetch);
    expect(opened).toBe(begun);
    opened.settle([question('Long?')]);
    stream.finish();
    await asked;
    expect(lastOf(opened)).toEqual(['assistant', 'So far']);
  });

  it('takes what is stored for a conversation that rests', () => {
    const store = new ConversationStore();
    const first = store.open(THREAD, [question('Old')]);
    expect(store.open(THREAD, [])).toBe(first);
    first.settle([question('New')]);
    expect(texts(first.chat.messages)).toEqual([['user', 'New']]);
  });
});
