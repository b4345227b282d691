import { encodeBinary } from './binary-frames.ts';
import type { UserBroadcast, Version } from './protocol.ts';

export type EncodedFrame = { data: Buffer; binary: boolean };
/** What one message looks like to a client of that version; `null` where the version cannot express it. */
export type Frame = (version: Version) => EncodedFrame | null;

type Refs = { joinRef?: string | null; ref?: string | null };

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

/** A message whose payload is JSON already: one to many is serialised once. */
export const textFrame = (
  topic: string,
  event: string,
  payloadJson: string,
  { joinRef = null, ref = null }: Refs = {},
): Frame =>
  remember((version) => {
    const fields = version === '2.0.0' ? [joinRef, ref, topic, event] : { ref, topic, event };
    const start = JSON.stringify(fields);
    const [name, end] = version === '2.0.0' ? ['', ']'] : ['"payload":', '}'];
    return { data: Buffer.from(`${start.slice(0, -1)},${name}${payloadJson}${end}`), binary: false };
  });

export const jsonFrame = (topic: string, event: string, payload: unknown, refs?: Refs): Frame =>
  textFrame(topic, event, JSON.stringify(payload), refs);

export const replyFrame = (topic: string, refs: Refs, status: 'ok' | 'error', response: object): Frame =>
  jsonFrame(topic, 'phx_reply', { status, response }, refs);

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
    return textFrame(topic, 'broadcast', payloadJson)(version);
  });
}
