import { TABLE } from './features.ts';

/** A linear classifier: softmax regression over features, trained when it is first asked and always the same. */

const ROUNDS = 8;
const RATE = 2.5;
/** A feature seen once proves nothing. */
const SEEN = 2;
/** Classes less likely than this are left alone: most of them are, and training takes a fraction of the time. */
const NEGLIGIBLE = 0.003;

export type Labelled<Label extends string> = { features: number[]; label: Label };
export type Classify<Label extends string> = (features: number[]) => Map<Label, number>;

export function train<Label extends string>(examples: Labelled<Label>[]): Classify<Label> {
  const labels = [...new Set(examples.map(({ label }) => label))];
  const classes = labels.length;
  const { rowOf, rows: rowCount } = rowsFor(examples);
  const weights = new Float32Array(rowCount * classes);
  const rowsOf = (features: number[]): Int32Array =>
    Int32Array.from(features, (place) => (rowOf[place] ?? 0) * classes).filter((row) => row > 0);

  const likely = new Float64Array(classes);
  const judge = (rows: Int32Array): void => {
    likely.fill(0);
    for (const row of rows)
      for (let k = 0; k < classes; k++) likely[k] = (likely[k] ?? 0) + (weights[row + k] ?? 0);
    // A long sentence is no surer than a short one.
    const scale = scaleOf(rows);
    const highest = Math.max(...likely) * scale;
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += likely[k] = Math.exp((likely[k] ?? 0) * scale - highest);
    for (let k = 0; k < classes; k++) likely[k] = (likely[k] ?? 0) / sum;
  };

  const placed = shuffled(examples).map(({ features, label }) => ({
    rows: rowsOf(features),
    right: labels.indexOf(label),
  }));
  for (let round = 0; round < ROUNDS; round++)
    for (const { rows, right } of placed) {
      judge(rows);
      const rate = RATE * scaleOf(rows) * (1 - round / ROUNDS);
      for (let k = 0; k < classes; k++) {
        const miss = (k === right ? 1 : 0) - (likely[k] ?? 0);
        if (Math.abs(miss) < NEGLIGIBLE) continue;
        for (const row of rows) weights[row + k] = (weights[row + k] ?? 0) + miss * rate;
      }
    }
  return (features) => {
    judge(rowsOf(features));
    return new Map(labels.map((label, k) => [label, likely[k] ?? 0]));
  };
}

const scaleOf = (rows: Int32Array): number => 1 / Math.sqrt(Math.max(1, rows.length));

/** A row of weights for each feature that was seen often enough; row 0 is for none. */
function rowsFor(examples: { features: number[] }[]): { rowOf: Int32Array; rows: number } {
  const seen = new Int32Array(TABLE);
  for (const { features } of examples) for (const place of features) seen[place] = (seen[place] ?? 0) + 1;
  const rowOf = new Int32Array(TABLE);
  let rows = 1;
  for (const [place, count] of seen.entries()) if (count >= SEEN) rowOf[place] = rows++;
  return { rowOf, rows };
}

/** Out of their order, so that no class is learned last, and the same way every time. */
function shuffled<Item>(items: Item[]): Item[] {
  let seed = 1;
  const keyed = items.map((item) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return { item, key: seed };
  });
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
