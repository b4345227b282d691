/** Rows go to the database in pieces: no call should be refused for its size, time out, or hold everybody else up. */
const CHARACTERS_PER_CALL = 2_000_000;

export function* slices<T>(
  rows: readonly T[],
  rowsPerCall: number,
  sizeOf: (row: T) => number,
): Generator<T[]> {
  let slice: T[] = [];
  let size = 0;
  for (const row of rows) {
    if (slice.length > 0 && (slice.length === rowsPerCall || size + sizeOf(row) > CHARACTERS_PER_CALL)) {
      yield slice;
      slice = [];
      size = 0;
    }
    slice.push(row);
    size += sizeOf(row);
  }
  if (slice.length > 0) yield slice;
}
