/** One measured value. A bound is what the product promises; a baseline is the same work without our part in it. */
export type Measurement = {
  name: string;
  value: number;
  unit: 'ms' | 's' | '1/s' | 'share' | 'count' | 'MB' | 'kB';
  atMost?: number;
  atLeast?: number;
  /** Measured in the same run, so that the machine's speed cancels out of the ratio. */
  baseline?: { name: string; value: number };
};

export type Benchmark = { name: string; run: () => Promise<Measurement[]> };

export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Runs the work once for each item, a few times unmeasured first. In milliseconds. */
export async function timed<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
  warmUps = 3,
): Promise<number[]> {
  for (const item of items.slice(0, warmUps)) await work(item);
  const samples: number[] = [];
  for (const item of items) {
    const started = performance.now();
    await work(item);
    samples.push(performance.now() - started);
  }
  return samples;
}

export function holds({ value, atMost, atLeast }: Measurement): boolean {
  if (Number.isNaN(value)) return false;
  return value <= (atMost ?? Number.POSITIVE_INFINITY) && value >= (atLeast ?? Number.NEGATIVE_INFINITY);
}

function boundOf({ atMost, atLeast }: Measurement): string {
  if (atMost !== undefined) return `<= ${atMost}`;
  return atLeast === undefined ? '' : `>= ${atLeast}`;
}

/** Prints one benchmark as a table; true when every bound holds. */
export function printMeasurements(title: string, measurements: readonly Measurement[]): boolean {
  const width = Math.max(...measurements.map(({ name }) => name.length));
  console.log(`\n${title}`);
  for (const measurement of measurements) {
    const { name, value, unit, baseline } = measurement;
    const digits = unit === 'share' ? 3 : value < 100 ? 1 : 0;
    const cells = [
      `  ${name.padEnd(width)}`,
      `${value.toFixed(digits)} ${unit}`.padStart(12),
      boundOf(measurement).padEnd(8),
      boundOf(measurement) === '' ? '        ' : holds(measurement) ? 'holds   ' : 'MISSED  ',
      baseline
        ? `${(value / baseline.value).toFixed(1)} x ${baseline.name} (${baseline.value.toFixed(1)} ${unit})`
        : '',
    ];
    console.log(cells.join('  ').trimEnd());
  }
  return measurements.every(holds);
}
