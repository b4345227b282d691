/** A recording as it is cut: how long it is, and a playable file of any part of it. */
export type Recording = {
  seconds: number;
  /** Null where a part alone does not play. */
  cut: ((from: number, to: number) => Part) | null;
};

/** A file of a part, and the second at which it really begins: with a whole unit, `from` at the latest. */
export type Part = { bytes: Uint8Array; from: number };

/** A run of bytes that is whole in itself, and the second at which it begins to sound. */
export type Unit = { at: number; start: number; end: number };

export const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const asciiAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A part of units that stand one behind the other, each as it is written into the part, behind what every part begins with. */
export function partOf<Some extends Unit>(
  units: readonly Some[],
  {
    from,
    to,
    head,
    write,
  }: {
    from: number;
    to: number;
    head: readonly Uint8Array[];
    write: (unit: Some, first: Some) => Uint8Array;
  },
): Part {
  const begins = Math.max(
    0,
    units.findLastIndex(({ at }) => at <= from),
  );
  const part = units.slice(begins).filter(({ at }, index) => index === 0 || at < to);
  const [first] = part;
  if (!first) return { bytes: joined(head), from };
  return { bytes: joined([...head, ...part.map((unit) => write(unit, first))]), from: first.at };
}
