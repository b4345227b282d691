/** A linear classifier: softmax regression over features, trained when it is first asked and always the same. */

const ROUNDS = 8;
const RATE = 2.5;
/** A feature seen once proves nothing. */
const SEEN = 2;
/** Classes less likely than this are left alone: most of them are, and training takes a fraction of the time. */
const NEGLIGIBLE = 0.003;

type Labelled = { features: string[]; label: string };

/** What was learned: how likely each label is for some features. */
export function train(examples: Labelled[]): (features: string[]) => Map<string, number> {
  const labels = [...new Set(examples.map(({ label }) => label))];
  const classes = labels.length;
  const rowOf = rowsFor(examples);
  const weights = new Float32Array((rowOf.size + 1) * classes);
  const rowsOf = (features: string[]): Int32Array =>
    Int32Array.from(features, (name) => (rowOf.get(name) ?? 0) * classes).filter((row) => row > 0);

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
function rowsFor(examples: Labelled[]): Map<string, number> {
  const seen = new Map<string, number>();
  for (const { features } of examples) for (const name of features) seen.set(name, (seen.get(name) ?? 0) + 1);
  const often = [...seen].filter(([, count]) => count >= SEEN);
  return new Map(often.map(([name], i) => [name, i + 1]));
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

/** One feature: words in their order, under the name of their kind. */
export const feature = (kind: number, ...words: string[]): string => `${kind} ${words.join(' ')}`;
