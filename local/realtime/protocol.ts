/** `1.0.0` frames are objects, `2.0.0` frames are arrays; broadcasts of `2.0.0` may be binary. */
export type Version = '1.0.0' | '2.0.0';

export const isVersion = (text: string): text is Version => text === '1.0.0' || text === '2.0.0';

/** A broadcast whose payload travels as bytes and is not looked into on its way. */
export type UserBroadcast = { event: string; encoding: 'json' | 'binary'; bytes: Uint8Array };

export type Incoming = {
  joinRef: string | null;
  ref: string | null;
  topic: string;
  event: string;
  payload: unknown;
  broadcast: UserBroadcast | null;
};

/** A frame that nobody can read; the message says why. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

export type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function decodeText(text: string, version: Version): Incoming {
  const frame = parseJson(text);
  const [joinRef, ref, topic, event, payload] = Array.isArray(frame)
    ? frame
    : isFields(frame) && version === '1.0.0'
      ? [frame.join_ref, frame.ref, frame.topic, frame.event, frame.payload]
      : [];
  if (Array.isArray(frame) !== (version === '2.0.0') || (!Array.isArray(frame) && !isFields(frame))) {
    throw new FrameError(
      version === '2.0.0'
        ? 'a frame of protocol 2.0.0 is an array [join_ref, ref, topic, event, payload]'
        : 'a frame of protocol 1.0.0 is an object with topic, event, payload, ref and join_ref',
    );
  }
  if (typeof topic !== 'string') throw new FrameError('topic must be a string');
  if (typeof event !== 'string') throw new FrameError('event must be a string');
  return {
    joinRef: refOf(joinRef, 'join_ref'),
    ref: refOf(ref, 'ref'),
    topic,
    event,
    payload,
    broadcast: null,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FrameError('the frame is not valid JSON');
  }
}

function refOf(value: unknown, name: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new FrameError(`${name} must be a string or null`);
}
