type Point = { x: number; y: number };

export type Sparkline = {
  /** Path of what was measured, and of what is expected. */
  measured: string;
  ahead: string;
  today: Point;
  exam: Point;
};

const PADDING = 5;
/** Today stands here, so that what lies ahead has room. */
const TODAY_AT = 2 / 3;

const path = (points: readonly Point[]) =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join(' ');

/** A line from the first measured share to today's, and on to the exam. Shares are 0 to 1; the scale fits them. */
export function sparkline(
  { measured, ahead }: { measured: readonly number[]; ahead: number },
  width: number,
  height: number,
): Sparkline {
  const all = [...measured, ahead];
  const low = Math.min(...all);
  // A flat line lies in the middle instead of jumping about by a point.
  const span = Math.max(0.1, Math.max(...all) - low);
  const base = low - (span - (Math.max(...all) - low)) / 2;
  const y = (share: number) => height - PADDING - ((share - base) / span) * (height - 2 * PADDING);
  const todayX = measured.length > 1 ? width * TODAY_AT : PADDING;
  const step = measured.length > 1 ? (todayX - PADDING) / (measured.length - 1) : 0;
  const points = measured.map((share, index) => ({ x: PADDING + index * step, y: y(share) }));
  const today = points.at(-1) ?? { x: PADDING, y: y(ahead) };
  const exam = { x: width - PADDING, y: y(ahead) };
  return { measured: path(points), ahead: path([today, exam]), today, exam };
}
