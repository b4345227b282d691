import { FrameError, type Incoming, type UserBroadcast } from './protocol.ts';

const USER_BROADCAST_PUSH = 3;
const USER_BROADCAST = 4;
const BINARY = 0;
const JSON_TEXT = 1;
/** A length is one byte. */
const LONGEST = 255;

const text = new TextDecoder('utf-8', { fatal: true });

/** A client's broadcast: kind, six lengths and the encoding, the five strings, then the payload to the end. */
export function decodeBinary(frame: Uint8Array): Incoming {
  const [kind, joinRefSize = 0, refSize = 0, topicSize = 0, eventSize = 0, metadataSize = 0, encoding] =
    frame;
  if (kind !== USER_BROADCAST_PUSH) throw new FrameError(`binary frames of kind ${kind} are not known`);
  let offset = 7;
  const take = (size: number) => {
    if (offset + size > frame.length)
      throw new FrameError('the binary frame is shorter than its header says');
    const part = frame.subarray(offset, offset + size);
    offset += size;
    return decode(part);
  };
  const joinRef = take(joinRefSize);
  const ref = take(refSize);
  const topic = take(topicSize);
  const event = take(eventSize);
  take(metadataSize);
  if (encoding !== BINARY && encoding !== JSON_TEXT)
    throw new FrameError('the payload encoding is not known');
  const bytes = frame.subarray(offset);
  if (encoding === JSON_TEXT) requireJson(bytes);
  return {
    joinRef: joinRef === '' ? null : joinRef,
    ref: ref === '' ? null : ref,
    topic,
    event: 'broadcast',
    payload: undefined,
    broadcast: { event, encoding: encoding === JSON_TEXT ? 'json' : 'binary', bytes },
  };
}

function decode(bytes: Uint8Array): string {
  try {
    return text.decode(bytes);
  } catch {
    throw new FrameError('the binary frame is not valid UTF-8');
  }
}

/** What is passed on unread must be readable: a receiver that cannot parse it loses its connection. */
function requireJson(bytes: Uint8Array) {
  try {
    JSON.parse(text.decode(bytes));
  } catch {
    throw new FrameError('the broadcast payload is not valid JSON');
  }
}

/** `null` when a name does not fit the one byte of its length. */
export function encodeBinary(
  topic: string,
  { event, encoding, bytes }: UserBroadcast,
  metadata: string,
): Buffer | null {
  const parts = [topic, event, metadata].map((part) => Buffer.from(part));
  if (parts.some((part) => part.length > LONGEST)) return null;
  const header = [
    USER_BROADCAST,
    ...parts.map((part) => part.length),
    encoding === 'json' ? JSON_TEXT : BINARY,
  ];
  return Buffer.concat([Buffer.from(header), ...parts, bytes]);
}
