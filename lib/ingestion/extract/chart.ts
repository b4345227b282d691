import { dateFrom } from './sheets.ts';
import { allOf, childOf, childrenOf, elementsOf, textOf, type XmlElement } from './xml.ts';

export type ChartForm = 'column' | 'bar' | 'line' | 'area' | 'pie' | 'points';
/** What a chart was drawn from: a value of each series for each category, null where there is none. */
export type Chart = {
  /** Its own title first, then those of its axes. */
  titles: string[];
  categories: string[];
  stack: 'none' | 'sums' | 'shares';
  series: {
    name: string;
    /** Null for a form that is not drawn. */
    form: ChartForm | null;
    values: (string | undefined)[];
    /** What says its colour. */
    look: XmlElement | undefined;
  }[];
};

const MOST_POINTS = 1_000;

/** Values by their place: one that is empty is not written, and those behind it stay where they are. */
function pointsOf(element: XmlElement | undefined): (string | undefined)[] {
  if (!element) return [];
  // Of categories within categories, the innermost.
  const [level = element] = allOf(element, 'lvl');
  const code = textOf([...allOf(element, 'formatCode')][0] ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
  const isDate = /[ymd]/i.test(code) && !/[#?]|General/i.test(code);
  const found: (string | undefined)[] = [];
  for (const point of allOf(level, 'pt')) {
    const at = Number(point.attributes.idx ?? found.length);
    const value = textOf(childOf(point, 'v') ?? '');
    if (at < MOST_POINTS)
      found[at] = isDate && Number.isFinite(Number.parseFloat(value)) ? dateFrom(Number(value), 1900) : value;
  }
  return Array.from(found, (value) => value ?? undefined);
}

const FORMS: Readonly<Record<string, ChartForm>> = {
  lineChart: 'line',
  line3DChart: 'line',
  areaChart: 'area',
  area3DChart: 'area',
  pieChart: 'pie',
  pie3DChart: 'pie',
  ofPieChart: 'pie',
  doughnutChart: 'pie',
  scatterChart: 'points',
};

function formOf(group: XmlElement): ChartForm | null {
  if (/^bar(?:3D)?Chart$/.test(group.name))
    return childOf(group, 'barDir')?.attributes.val === 'bar' ? 'bar' : 'column';
  return FORMS[group.name] ?? null;
}

/** A chart of the office programs of Microsoft. */
export function chartOf(root: XmlElement): Chart {
  const groups = [...allOf(root, 'plotArea')].flatMap(elementsOf).filter(({ name }) => /Chart$/.test(name));
  const grouping = groups.map((group) => childOf(group, 'grouping')?.attributes.val);
  const forms = new Map(
    groups.flatMap((group) => childrenOf(group, 'ser').map((one) => [one, formOf(group)] as const)),
  );
  const lines = [...allOf(root, 'ser')];
  const series = lines.map((one) => ({
    name: pointsOf(childOf(one, 'tx')).join(' ') || textOf(childOf(one, 'tx', 'v') ?? ''),
    form: forms.get(one) ?? null,
    values: pointsOf(childOf(one, 'val') ?? childOf(one, 'yVal')),
    look: childOf(one, 'spPr'),
  }));
  const categories = pointsOf(childOf(lines[0], 'cat') ?? childOf(lines[0], 'xVal'));
  const longest = Math.max(0, ...series.map(({ values }) => values.length));
  return {
    titles: [...allOf(root, 'title')]
      .map((one) => [...allOf(one, 't')].map(textOf).join(''))
      .filter((title) => title.trim() !== ''),
    categories: Array.from({ length: longest }, (_, index) => categories[index] ?? String(index + 1)),
    stack: grouping.includes('percentStacked') ? 'shares' : grouping.includes('stacked') ? 'sums' : 'none',
    series,
  };
}

const ODF_FORMS: Readonly<Record<string, ChartForm>> = {
  'chart:bar': 'column',
  'chart:line': 'line',
  'chart:area': 'area',
  'chart:circle': 'pie',
  'chart:ring': 'pie',
  'chart:scatter': 'points',
};

/** A chart of the open formats: its table has a column for each series. */
export function odfChartOf(root: XmlElement): Chart | null {
  const [chart] = [...allOf(root, 'chart')].filter(
    ({ attributes }) => attributes['chart:class'] ?? attributes.class,
  );
  const table = childOf(chart, 'table');
  if (!chart || !table) return null;
  const rows = [...allOf(table, 'table-row')].slice(0, MOST_POINTS + 1).map((row) =>
    childrenOf(row, 'table-cell').map((cell) => {
      const said = childrenOf(cell, 'p').map(textOf).join(' ');
      const value = cell.attributes['office:value'] ?? cell.attributes.value ?? said;
      return value === '' || value === 'NaN' ? undefined : value;
    }),
  );
  const [head = [], ...body] = rows;
  const styles = new Map([...allOf(root, 'style')].map((style) => [style.attributes.name, style]));
  const lookOf = (element: XmlElement | undefined) =>
    styles.get(element?.attributes['chart:style-name'] ?? element?.attributes['style-name']);
  const said = childOf(lookOf(childOf(chart, 'plot-area')), 'chart-properties')?.attributes ?? {};
  const drawn = childrenOf(childOf(chart, 'plot-area'), 'series');
  const titles = [
    childOf(chart, 'title'),
    ...[...allOf(chart, 'axis')].map((axis) => childOf(axis, 'title')),
  ];
  return {
    titles: titles.flatMap((title) => (title ? textOf(title).trim() || [] : [])),
    categories: body.map(([category], index) => category ?? String(index + 1)),
    stack: said.percentage === 'true' ? 'shares' : said.stacked === 'true' ? 'sums' : 'none',
    series: head.slice(1).map((name, index) => {
      const kind =
        drawn[index]?.attributes['chart:class'] ??
        drawn[index]?.attributes.class ??
        chart.attributes['chart:class'] ??
        chart.attributes.class ??
        '';
      const form = ODF_FORMS[kind] ?? null;
      return {
        name: name ?? '',
        form: form === 'column' && said.vertical === 'true' ? 'bar' : form,
        values: body.map((row) => row[index + 1]),
        look: lookOf(drawn[index]),
      };
    }),
  };
}
