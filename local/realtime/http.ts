import { broadcastFrame, jsonFrame } from './frame.ts';
import type { Identity } from './identity.ts';
import { type Fields, isFields } from './protocol.ts';
import type { Services } from './services.ts';

const BATCH = '/realtime/v1/api/broadcast';
const SINGLE = /^\/realtime\/v1\/api\/broadcast\/([^/]+)\/events\/([^/]+)$/;
/** A request holds many messages; it is read into memory before any is looked at. */
const BODY_FACTOR = 4;

type Problem = { status: number; body: object };
type Readings = { services: Services; identity: Identity; headers: Fields };

const problem = (status: number, message: string): Problem => ({ status, body: { message } });
const invalid = (errors: object): Problem => ({ status: 422, body: { errors } });
const accepted = () => new Response(null, { status: 202 });
const answer = (found: Problem | null) =>
  found ? Response.json(found.body, { status: found.status }) : accepted();

/** Broadcasts over HTTP, for senders that hold no socket. `null` for paths that are not ours. */
export async function handleBroadcast(
  request: Request,
  url: URL,
  readings: Readings,
): Promise<Response | null> {
  const single = SINGLE.exec(url.pathname);
  if (url.pathname !== BATCH && !single) return null;
  if (request.method !== 'POST') return answer(problem(405, 'Method not allowed'));
  const { limits } = readings.services;
  const length = Number(request.headers.get('content-length') ?? 0);
  if (length > limits.payloadBytes * BODY_FACTOR) return answer(problem(413, 'Request body too large'));
  const body = Buffer.from(await request.arrayBuffer());
  if (!single) return answer(await broadcastMany(body, readings));
  const [, topic, event] = single;
  const type = request.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  return answer(
    await broadcastOne(
      {
        topic: decodeURIComponent(topic ?? ''),
        event: decodeURIComponent(event ?? ''),
        isPrivate: url.searchParams.get('private') === 'true',
        persists: [...url.searchParams.keys()].some((name) => name === 'persist' || name === 'persist[ttl]'),
        type,
        body,
      },
      readings,
    ),
  );
}

const mayWrite = async ({ services, identity, headers }: Readings, topic: string) =>
  (await services.readPermissions(identity, topic, headers)).broadcastWrite;

type Draft = { topic: string; event: string; payload: unknown; isPrivate: boolean };

async function broadcastMany(body: Buffer, readings: Readings): Promise<Problem | null> {
  const { services } = readings;
  const json = parseJson(body);
  if (json === undefined) return problem(400, 'The body is not valid JSON');
  const messages = isFields(json) ? json.messages : undefined;
  if (messages === undefined || (Array.isArray(messages) && messages.length === 0)) {
    return invalid({ messages: ["can't be blank"] });
  }
  if (!Array.isArray(messages)) return invalid({ messages: ['is invalid'] });
  const errors = messages.map((message) => errorsOf(message, services.limits.payloadBytes));
  if (errors.some((item) => Object.keys(item).length > 0)) return invalid({ messages: errors });
  if (!services.events(services.now(), messages.length)) {
    return problem(429, 'Too many messages to broadcast, please reduce the batch size');
  }
  const drafts = messages.map(draftOf);
  const topics = new Set(drafts.flatMap(({ topic, isPrivate }) => (isPrivate ? [topic] : [])));
  const writable = new Set<string>();
  for (const topic of topics) if (await mayWrite(readings, topic)) writable.add(topic);
  for (const { topic, event, payload, isPrivate } of drafts) {
    // What may not be written is left out without a word, so that nobody learns which topics there are.
    if (isPrivate && !writable.has(topic)) continue;
    const room = services.rooms.find(topic, isPrivate);
    room?.broadcast(jsonFrame(room.topic, 'broadcast', { type: 'broadcast', event, payload }), null);
  }
  return null;
}

const draftOf = (message: Fields): Draft => ({
  topic: String(message.topic),
  event: String(message.event),
  payload: message.payload,
  isPrivate: message.private === true || message.private === 'true',
});

function errorsOf(message: unknown, payloadBytes: number): Record<string, string[]> {
  if (!isFields(message)) return { message: ['is invalid'] };
  const errors: Record<string, string[]> = {};
  for (const name of ['topic', 'event']) {
    const value = message[name];
    if (value === undefined || value === null || value === '') errors[name] = ["can't be blank"];
    else if (typeof value !== 'string') errors[name] = ['is invalid'];
  }
  if (message.payload === undefined || message.payload === null) errors.payload = ["can't be blank"];
  else if (!isFields(message.payload)) errors.payload = ['is invalid'];
  else if (Buffer.byteLength(JSON.stringify(message.payload)) > payloadBytes) {
    errors.payload = ['Payload size exceeds tenant limit'];
  }
  return errors;
}

type Single = {
  topic: string;
  event: string;
  isPrivate: boolean;
  persists: boolean;
  type: string;
  body: Buffer;
};

async function broadcastOne(
  { topic, event, isPrivate, persists, type, body }: Single,
  readings: Readings,
): Promise<Problem | null> {
  const { services } = readings;
  if (type !== 'application/json' && type !== 'application/octet-stream') {
    return problem(415, 'Unsupported Media Type: use application/json or application/octet-stream');
  }
  const encoding = type === 'application/json' ? 'json' : 'binary';
  if (encoding === 'json' && parseJson(body) === undefined) return problem(400, 'The body is not valid JSON');
  if (body.length > services.limits.payloadBytes) {
    return invalid({ payload: ['Payload size exceeds tenant limit'] });
  }
  if (persists && !isPrivate) return invalid({ persist: ['can only be used on private channels'] });
  if (!services.events(services.now())) return problem(429, 'You have exceeded your rate limit');
  if (isPrivate && !(await mayWrite(readings, topic))) return problem(403, 'Unauthorized');
  const room = services.rooms.find(topic, isPrivate);
  room?.broadcast(broadcastFrame(room.topic, { event, encoding, bytes: body }), null);
  return null;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
