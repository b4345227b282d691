import { encodeBinary } from './binary-frames.ts';
import { encodeText, type Message, type UserBroadcast, type Version } from './protocol.ts';

export type EncodedFrame = { data: Buffer; binary: boolean };
/** What one message looks like to a client of that version; `null` where the version cannot express it. */
export type Frame = (version: Version) => EncodedFrame | null;

/** Encodes once per version, however many receive it. */
function remember(encode: Frame): Frame {
  const known = new Map<Version, EncodedFrame | null>();
  return (version) => {
    const earlier = known.get(version);
    if (earlier !== undefined) return earlier;
    const frame = encode(version);
    known.set(version, frame);
    return frame;
  };
}

export const textFrame = (message: Message): Frame =>
  remember((version) => ({ data: Buffer.from(encodeText(message, version)), binary: false }));

export function broadcastFrame(
  topic: string,
  broadcast: UserBroadcast,
  metadata: object | null = null,
): Frame {
  const meta = metadata === null ? '' : JSON.stringify(metadata);
  return remember((version) => {
    const binary = version === '2.0.0' ? encodeBinary(topic, broadcast, meta) : null;
    if (binary) return { data: binary, binary: true };
    if (broadcast.encoding === 'binary') return null;
    const payload = Buffer.from(broadcast.bytes).toString();
    const payloadJson = `{"type":"broadcast","event":${JSON.stringify(broadcast.event)},"payload":${payload}${meta === '' ? '' : `,"meta":${meta}`}}`;
    const message = { joinRef: null, ref: null, topic, event: 'broadcast', payloadJson };
    return { data: Buffer.from(encodeText(message, version)), binary: false };
  });
}
