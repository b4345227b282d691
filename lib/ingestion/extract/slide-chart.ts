import type { SlideShape, SlideText } from '../../domain/slide.ts';
import type { Chart } from './chart.ts';
import { darkened, type Rectangle, shapeAt } from './slide-canvas.ts';

/** More than these cannot be told apart, and are no picture of anything. */
const MOST_SERIES = 20;
const MOST_CATEGORIES = 200;
const INK = '#404a52';
const RULE = '#c3cacf';
const DARKER = 0.65;
const COLORS = ['#4472c4', '#ed7d31', '#a5a5a5', '#ffc000', '#5b9bd5', '#70ad47'];

type Drawn = { name: string; form: Chart['series'][number]['form']; color: string; values: number[] };

type Written = { size: number; ink: string; align?: SlideText['paragraphs'][number]['align'] };

const words = (text: string, { size, ink, align = 'center' }: Written): SlideText => ({
  anchor: 'middle',
  inset: 0,
  wraps: true,
  paragraphs: [
    {
      align,
      indent: 0,
      mark: '',
      runs: [{ text, size, isBold: false, isSlanted: false, color: ink, raise: 0 }],
    },
  ],
});
const label = (box: Rectangle, text: string, written: Written) =>
  shapeAt(box, { text: words(text, written) });
/** The colours one after the other, and darker when all of them are taken. */
const colorAt = (colors: readonly string[], index: number): string =>
  darkened(colors[index % colors.length] ?? INK, {
    kept: DARKER ** Math.floor(index / colors.length),
    lighter: 0,
  });
/** A path of a shape that is as large as the plot. */
const at = (x: number, y: number): string => `${x.toFixed(2)} ${y.toFixed(2)}`;

/** What an axis goes through: from a round number to a round one. */
function ticksOf(values: readonly number[]): number[] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((times) => times * power >= rough) ?? 10);
  const from = Math.floor(low / step);
  return Array.from({ length: Math.ceil(high / step) - from + 1 }, (_, index) => (from + index) * step);
}

/** From and to of each bar and line, one upon the other where they are stacked. */
function stackedOf(series: readonly Drawn[], stack: Chart['stack'], length: number): [number, number][][] {
  const sums = Array.from({ length }, (_, index) =>
    series.reduce((sum, { values }) => sum + Math.abs(values[index] || 0), 0),
  );
  const tops = Array.from({ length }, () => ({ up: 0, down: 0 }));
  return series.map(({ values, form }) =>
    Array.from({ length }, (_, index): [number, number] => {
      const value = values[index] ?? Number.NaN;
      const top = tops[index];
      if (stack === 'none' || form === 'points' || !top || Number.isNaN(value)) return [0, value];
      const part = stack === 'shares' ? (100 * value) / (sums[index] || 1) : value;
      const way = part < 0 ? 'down' : 'up';
      const from = top[way];
      top[way] += part;
      return [from, top[way]];
    }),
  );
}

/** A pie or a ring: a slice for each category. */
function slices(plot: Rectangle, { values }: Drawn, colors: readonly string[]): SlideShape[] {
  const radius = Math.min(plot.width, plot.height) / 2;
  const box = {
    x: plot.x + plot.width / 2 - radius,
    y: plot.y + plot.height / 2 - radius,
    width: 2 * radius,
    height: 2 * radius,
  };
  const sum = values.reduce((all, value) => all + Math.max(0, value || 0), 0);
  let turned = 0;
  const edge = () => at(radius * (1 + Math.sin(turned)), radius * (1 - Math.cos(turned)));
  return values.flatMap((value, index) => {
    const share = Math.max(0, value || 0) / (sum || 1);
    if (share === 0) return [];
    const fill = colorAt(colors, index);
    if (share > 0.9999) return [shapeAt(box, { form: 'ellipse', fill })];
    const from = edge();
    turned += 2 * Math.PI * share;
    const round = `A ${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${edge()}`;
    return [
      shapeAt(box, {
        form: 'path',
        path: `M ${at(radius, radius)} L ${from} ${round} Z`,
        fill,
        line: { color: '#ffffff', width: 0.75 },
      }),
    ];
  });
}

/** Where values and categories stand between the axes. */
type Plan = {
  plot: Rectangle;
  /** Room for the names left of the plot, and below it. */
  margin: number;
  below: number;
  size: number;
  isAcross: boolean;
  /** The share of its axis at which a value stands. */
  along: (value: number) => number;
  long: number;
  slot: number;
  unit: string;
  ink: string;
};

function axes(
  { plot, margin, below, size, isAcross, along, long, slot, unit, ink }: Plan,
  ticks: readonly number[],
  categories: readonly string[],
): SlideShape[] {
  const left = (y: number, height: number, text: string) =>
    label({ x: plot.x - margin, y, width: margin - size / 2, height }, text, { size, ink, align: 'right' });
  const under = (x: number, width: number, text: string) =>
    label({ x, y: plot.y + plot.height, width, height: below }, text, { size, ink });
  const values = ticks.flatMap((tick) => {
    const line = { color: tick === 0 ? ink : RULE, width: 0.5 };
    const text = `${Number(tick.toPrecision(6))}${unit}`;
    const [x, y] = [plot.x + along(tick) * plot.width, plot.y + (1 - along(tick)) * plot.height];
    return isAcross
      ? [shapeAt({ ...plot, x, width: 0 }, { form: 'line', line }), under(x - 3 * size, 6 * size, text)]
      : [shapeAt({ ...plot, y, height: 0 }, { form: 'line', line }), left(y - size, 2 * size, text)];
  });
  // As many names as have room beside each other.
  const every = Math.max(1, Math.ceil((size * (isAcross ? 1.4 : 4)) / slot));
  const names = categories.flatMap((text, index) => {
    if (index % every > 0) return [];
    if (isAcross) return [left(plot.y + long - (index + 1) * slot, slot, text)];
    return [under(plot.x + index * slot + (slot * (1 - every)) / 2, slot * every, text)];
  });
  return [...values, ...names];
}

type Point = { from: number; to: number; category: number };

function bar(
  { plot, isAcross, along, long, slot }: Plan,
  { from, to, category }: Point,
  one: { fill: string; beside: number; nth: number },
): SlideShape {
  const thick = (slot * 0.7) / one.beside;
  const offset = category * slot + slot * 0.15 + one.nth * thick;
  const [start, end] = [along(Math.min(from, to)), along(Math.max(from, to))];
  return shapeAt(
    isAcross
      ? {
          x: plot.x + start * plot.width,
          y: plot.y + long - offset - thick,
          width: (end - start) * plot.width,
          height: thick,
        }
      : {
          x: plot.x + offset,
          y: plot.y + (1 - end) * plot.height,
          width: thick,
          height: (end - start) * plot.height,
        },
    { fill: one.fill },
  );
}

function curve(
  { plot, along, slot, size }: Plan,
  { form, color }: Drawn,
  points: readonly Point[],
): SlideShape[] {
  const x = ({ category }: Point) => (category + 0.5) * slot;
  const y = (value: number) => (1 - along(value)) * plot.height;
  if (form === 'points')
    return points.map((point) =>
      shapeAt(
        {
          x: plot.x + x(point) - size / 4,
          y: plot.y + y(point.to) - size / 4,
          width: size / 2,
          height: size / 2,
        },
        { form: 'ellipse', fill: color },
      ),
    );
  if (points.length === 0) return [];
  const upper = points.map((point) => at(x(point), y(point.to))).join(' L ');
  const lower = points
    .toReversed()
    .map((point) => at(x(point), y(point.from)))
    .join(' L ');
  const isArea = form === 'area';
  return [
    shapeAt(plot, {
      form: 'path',
      path: isArea ? `M ${upper} L ${lower} Z` : `M ${upper}`,
      fill: isArea ? color : null,
      line: { color, width: 2 },
    }),
  ];
}

type Data = { series: readonly Drawn[]; categories: readonly string[]; stack: Chart['stack'] };

/** Bars, lines, areas and points between two axes. */
function plotted(box: Rectangle, { series, categories, stack }: Data, { size, ink }: Written): SlideShape[] {
  const isAcross = series.some(({ form }) => form === 'bar');
  const spans = stackedOf(series, stack, categories.length);
  const ticks = ticksOf(spans.flat(2).filter(Number.isFinite));
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const margin = Math.min(box.width / 3, size * (isAcross ? 7 : 4));
  const below = size * 1.6;
  const plot = { x: box.x + margin, y: box.y, width: box.width - margin, height: box.height - below };
  const long = isAcross ? plot.height : plot.width;
  const plan: Plan = {
    plot,
    margin,
    below,
    size,
    isAcross,
    along: (value) => (value - low) / (high - low || 1),
    long,
    slot: long / Math.max(1, categories.length),
    unit: stack === 'shares' ? '%' : '',
    ink,
  };
  const bars = series.filter(({ form }) => form === 'bar' || form === 'column');
  const drawn = series.flatMap((one, index) => {
    const points = (spans[index] ?? []).flatMap(([from, to], category) =>
      Number.isFinite(to) ? [{ from, to, category }] : [],
    );
    const nth = bars.indexOf(one);
    if (nth < 0) return curve(plan, one, points);
    const [beside, place] = stack === 'none' ? [bars.length, nth] : [1, 0];
    return points.map((point) => bar(plan, point, { fill: one.color, beside, nth: place }));
  });
  return [...axes(plan, ticks, categories), ...drawn];
}

/** The colours of a slide: what a line says, in which order others are taken, and that of its text. */
type Colors = {
  colorOf: (look: Chart['series'][number]['look']) => string | undefined;
  accents?: readonly string[];
  ink?: string;
};

/** A chart as shapes of its slide: simpler than it, and with every name and number that its axes have room for. Null where its form is not drawn. */
export function chartShapes(
  box: Rectangle,
  chart: Chart,
  { colorOf, accents: given = [], ink = INK }: Colors,
): SlideShape[] | null {
  const accents = given.length > 0 ? given : COLORS;
  const categories = chart.categories.slice(0, MOST_CATEGORIES);
  const series = chart.series.slice(0, MOST_SERIES).map(
    ({ name, form, values, look }, index): Drawn => ({
      name,
      form,
      color: colorOf(look) ?? colorAt(accents, index),
      values: categories.map((_, at) => Number.parseFloat(values[at] ?? '')),
    }),
  );
  const [first] = series;
  if (!first || series.some(({ form }) => form === null)) return null;
  const size = Math.min(14, Math.max(5, Math.min(box.width, box.height) / 24));
  const row = size * 1.7;
  const isPie = first.form === 'pie';
  const [title = ''] = chart.titles;
  const top = title === '' ? 0 : row * 1.3;
  const names = (isPie ? categories : series.map(({ name }) => name)).slice(0, MOST_SERIES);
  const legend = isPie || names.filter(Boolean).length > 1 ? names : [];
  const beside = Math.max(1, Math.floor(box.width / (size * 9)));
  const bottom = Math.ceil(legend.length / beside) * row;
  const plot = {
    x: box.x,
    y: box.y + top + size / 2,
    width: box.width,
    height: box.height - top - bottom - size,
  };
  if (plot.height <= row || plot.width <= row) return null;
  const wide = box.width / Math.min(beside, Math.max(1, legend.length));
  const key = legend.flatMap((name, index) => {
    const [x, y] = [
      box.x + (index % beside) * wide,
      box.y + box.height - bottom + Math.floor(index / beside) * row,
    ];
    const fill = (isPie ? undefined : series[index]?.color) ?? colorAt(accents, index);
    return [
      shapeAt({ x: x + size / 2, y: y + (row - size) / 2, width: size, height: size }, { fill }),
      label({ x: x + 2 * size, y, width: wide - 2 * size, height: row }, name, { size, ink, align: 'left' }),
    ];
  });
  return [
    ...(title === '' ? [] : [label({ ...box, height: top }, title, { size: size * 1.3, ink })]),
    ...(isPie
      ? slices(plot, first, accents)
      : plotted(plot, { series, categories, stack: chart.stack }, { size, ink })),
    ...key,
  ];
}
