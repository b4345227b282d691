/** A field of a message: a number, or bytes (a text or a message inside). */
export type ProtobufValue = number | Uint8Array;

/**
 * The fields of a protobuf message by their numbers, the last of each. Reads only what Anki's note types use, and stops
 * at anything else: what was read until then holds.
 */
export function readMessage(bytes: Uint8Array): Map<number, ProtobufValue> {
  const fields = new Map<number, ProtobufValue>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; at < bytes.length && shift < 70; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < bytes.length) {
    const key = varint();
    const [field, wire] = [Math.floor(key / 8), key % 8];
    if (wire === 0) fields.set(field, varint());
    else if (wire === 2) {
      const length = varint();
      if (at + length > bytes.length) break;
      fields.set(field, bytes.subarray(at, at + length));
      at += length;
    } else if (wire === 5) at += 4;
    else if (wire === 1) at += 8;
    else break;
  }
  return fields;
}

export function textField(fields: ReadonlyMap<number, ProtobufValue>, field: number): string {
  const value = fields.get(field);
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : '';
}
