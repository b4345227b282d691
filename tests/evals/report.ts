/** One measured share, with the value it has to reach. A figure without a floor is printed for information. */
export type Figure = {
  name: string;
  value: number;
  cases: number;
  floor?: number;
  ceiling?: number;
  /** Cases that went wrong, for whoever looks into it. */
  misses?: string[];
};

export const share = (hits: number, cases: number): number => (cases === 0 ? 0 : hits / cases);

/** The share of cases that did not go wrong. */
export const kept = (
  name: string,
  cases: number,
  misses: string[],
  bound: Pick<Figure, 'floor' | 'ceiling'> = {},
): Figure => ({ name, value: share(cases - misses.length, cases), cases, ...bound, misses });

export function passes({ value, cases, floor, ceiling }: Figure): boolean {
  // Nothing measured is a failure of the eval, not a success.
  if (cases === 0 || Number.isNaN(value)) return false;
  return value >= (floor ?? Number.NEGATIVE_INFINITY) && value <= (ceiling ?? Number.POSITIVE_INFINITY);
}

const boundOf = ({ floor, ceiling }: Figure): string => {
  if (floor !== undefined) return `>= ${floor.toFixed(2)}`;
  return ceiling === undefined ? '' : `<= ${ceiling.toFixed(2)}`;
};

const isJudged = ({ floor, ceiling }: Figure): boolean => floor !== undefined || ceiling !== undefined;

/** Prints the table and the verdict; true when every judged figure holds. */
export function printReport(figures: readonly Figure[], options: { verbose: boolean }): boolean {
  const width = Math.max(...figures.map(({ name }) => name.length));
  console.log(`${'figure'.padEnd(width)}   value   cases  bound    result`);
  for (const figure of figures) {
    const result = isJudged(figure) ? (passes(figure) ? 'passed' : 'FAILED') : '';
    const cells = [
      figure.name.padEnd(width),
      figure.value.toFixed(3).padStart(7),
      String(figure.cases).padStart(7),
      ` ${boundOf(figure).padEnd(8)}`,
      result,
    ];
    console.log(cells.join(' ').trimEnd());
    const showMisses = options.verbose || (isJudged(figure) && !passes(figure));
    if (showMisses) for (const miss of figure.misses ?? []) console.log(`    ${miss}`);
  }
  const judged = figures.filter(isJudged);
  const failed = judged.filter((figure) => !passes(figure)).length;
  console.log(`\n${judged.length - failed} passed, ${failed} failed`);
  return failed === 0;
}
