import type { Rectangle } from './slide-canvas.ts';
import { allOf, childrenOf, elementsOf, type XmlElement } from './xml.ts';

/** Corners of the forms that programs offer, in hundredths of their box. */
const FORMS: Readonly<Record<string, string>> = {
  triangle: '50 0 100 100 0 100',
  rttriangle: '0 0 100 100 0 100',
  diamond: '50 0 100 50 50 100 0 50',
  parallelogram: '25 0 100 0 75 100 0 100',
  trapezoid: '25 0 75 0 100 100 0 100',
  pentagon: '50 0 100 38 81 100 19 100 0 38',
  hexagon: '25 0 75 0 100 50 75 100 25 100 0 50',
  octagon: '29 0 71 0 100 29 100 71 71 100 29 100 0 71 0 29',
  homeplate: '0 0 75 0 100 50 75 100 0 100',
  chevron: '0 0 75 0 100 50 75 100 0 100 25 50',
  rightarrow: '0 25 65 25 65 0 100 50 65 100 65 75 0 75',
  leftarrow: '100 25 35 25 35 0 0 50 35 100 35 75 100 75',
  uparrow: '25 100 25 35 0 35 50 0 100 35 75 35 75 100',
  downarrow: '25 0 25 65 0 65 50 100 100 65 75 65 75 0',
  leftrightarrow: '0 50 20 0 20 25 80 25 80 0 100 50 80 100 80 75 20 75 20 100',
  updownarrow: '50 0 100 20 75 20 75 80 100 80 50 100 0 80 25 80 25 20 0 20',
  plus: '35 0 65 0 65 35 100 35 100 65 65 65 65 100 35 100 35 65 0 65 0 35 35 35',
  star5: '50 0 61 35 98 35 68 57 79 91 50 70 21 91 32 57 2 35 39 35',
};
const ALIKE: Readonly<Record<string, string>> = {
  isoscelestriangle: 'triangle',
  righttriangle: 'rttriangle',
  flowchartdecision: 'diamond',
  flowchartinputoutput: 'parallelogram',
  flowchartdata: 'parallelogram',
  flowchartpreparation: 'hexagon',
  flowchartextract: 'triangle',
  pentagonright: 'homeplate',
  mathplus: 'plus',
  cross: 'plus',
  notchedrightarrow: 'rightarrow',
};

const figure = (value: number): string => String(Number(value.toFixed(2)));

type Flips = { flipH?: boolean; flipV?: boolean };

/** The outline of a form by its name in a file; nothing for those that are drawn as their box. */
export function formPath(
  name: string,
  { width, height }: Rectangle,
  { flipH = false, flipV = false }: Flips = {},
): string | null {
  const plain = name
    .replace(/^ooxml-/, '')
    .replaceAll('-', '')
    .toLowerCase();
  const corners = FORMS[ALIKE[plain] ?? plain]?.split(' ').map(Number);
  if (!corners) return null;
  const placed = corners.map((at, index) =>
    index % 2 === 0
      ? figure(((flipH ? 100 - at : at) / 100) * width)
      : figure(((flipV ? 100 - at : at) / 100) * height),
  );
  return `M ${placed.join(' ')} Z`;
}

const TOKEN = /[a-z]|-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;
/** Numbers that each command of a path takes. */
const TAKES: Readonly<Record<string, number>> = {
  m: 2,
  l: 2,
  h: 1,
  v: 1,
  c: 6,
  q: 4,
  s: 4,
  t: 2,
  a: 7,
  z: 0,
};
const MOST_LETTERS = 100_000;

/** A path of another room in that of a shape. Nothing for what is no such path, or is longer than anybody draws. */
export function fittedPath(
  path: string,
  from: Partial<Rectangle>,
  box: Rectangle,
  { flipH = false, flipV = false }: Flips = {},
): string | null {
  const { x = 0, y = 0, width = 0, height = 0 } = from;
  if (path.length > MOST_LETTERS || !(width > 0 || height > 0)) return null;
  const across = (width > 0 ? box.width / width : 1) * (flipH ? -1 : 1);
  const down = (height > 0 ? box.height / height : 1) * (flipV ? -1 : 1);
  const placed = (number: number, isDown: boolean, isFrom: boolean) =>
    isDown
      ? (number - (isFrom ? y : 0)) * down + (isFrom && flipV ? box.height : 0)
      : (number - (isFrom ? x : 0)) * across + (isFrom && flipH ? box.width : 0);
  const arc = ([wide = 0, high = 0, turn = 0, large = 0, sweep = 0]: readonly number[]) => [
    Math.abs(wide * across),
    Math.abs(high * down),
    turn,
    large,
    flipH === flipV ? sweep : 1 - sweep,
  ];
  const tokens = path.match(TOKEN) ?? [];
  let result = '';
  for (let at = 0; at < tokens.length; ) {
    const command = tokens[at++] ?? '';
    const kind = command.toLowerCase();
    const takes = TAKES[kind];
    if (takes === undefined) return null;
    result += ` ${command}`;
    for (let times = 0; takes > 0 && (times === 0 || /\d/.test(tokens[at] ?? '')); times++) {
      const numbers = tokens.slice(at, at + takes).map(Number);
      if (numbers.length < takes || !numbers.every(Number.isFinite)) return null;
      at += takes;
      const head = kind === 'a' ? arc(numbers) : [];
      const places = numbers.slice(head.length);
      const isDown = (index: number) => kind === 'v' || (kind !== 'h' && index % 2 === 1);
      const fitted = places.map((number, index) => placed(number, isDown(index), command !== kind));
      result += ` ${[...head, ...fitted].map(figure).join(' ')}`;
    }
  }
  return result.length > MOST_LETTERS ? null : result.trim();
}

const EMU = 12_700;
const PER_DEGREE = 60_000;
const COMMANDS: Readonly<Record<string, string>> = {
  moveTo: 'M',
  lnTo: 'L',
  cubicBezTo: 'C',
  quadBezTo: 'Q',
};

/** A form that was drawn freely in PowerPoint. */
export function freePath(geometry: XmlElement, box: Rectangle, flips: Flips): string | null {
  const paths = [...allOf(geometry, 'path')].map((path) => {
    const [width, height] = [Number(path.attributes.w ?? 0), Number(path.attributes.h ?? 0)];
    const named: Readonly<Record<string, number>> = {
      l: 0,
      t: 0,
      r: width,
      b: height,
      w: width,
      h: height,
      hc: width / 2,
      vc: height / 2,
    };
    const number = (text = ''): number => named[text] ?? Number(text || Number.NaN);
    let [x, y] = [0, 0];
    const drawn = elementsOf(path).map((step) => {
      if (step.name === 'close') return 'Z';
      if (step.name === 'arcTo') {
        const [across, down, from, by] = ['wR', 'hR', 'stAng', 'swAng'].map((name) =>
          number(step.attributes[name]),
        );
        const [start = 0, sweep = 0] = [from, by].map((angle) => ((angle ?? 0) / PER_DEGREE / 180) * Math.PI);
        const [wide = 0, high = 0] = [across, down];
        const [middleX, middleY] = [x - wide * Math.cos(start), y - high * Math.sin(start)];
        // A whole turn ends where it began: it is drawn in two halves.
        return [0.5, 1]
          .map((part) => {
            [x, y] = [
              middleX + wide * Math.cos(start + sweep * part),
              middleY + high * Math.sin(start + sweep * part),
            ];
            return `A ${wide} ${high} 0 ${Math.abs(sweep) / 2 > Math.PI ? 1 : 0} ${sweep < 0 ? 0 : 1} ${x} ${y}`;
          })
          .join(' ');
      }
      const points = childrenOf(step, 'pt').map(({ attributes }) => [
        number(attributes.x),
        number(attributes.y),
      ]);
      [x, y] = [points.at(-1)?.[0] ?? x, points.at(-1)?.[1] ?? y];
      return `${COMMANDS[step.name] ?? '?'} ${points.flat().join(' ')}`;
    });
    const room = { width: width || box.width * EMU, height: height || box.height * EMU };
    return fittedPath(drawn.join(' '), room, box, flips);
  });
  const whole = paths.every((path) => path !== null) ? paths.join(' ') : '';
  return whole === '' || whole.length > MOST_LETTERS ? null : whole;
}

type Point = readonly [x: number, y: number];

/** The head of an arrow that comes from one point to another. */
export function headPath(from: Point, to: Point, lineWidth: number): string {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const size = Math.max(7, 4 * lineWidth);
  const corner = (turn: number) =>
    `${figure(to[0] - size * Math.cos(angle + turn))} ${figure(to[1] - size * Math.sin(angle + turn))}`;
  return `M ${figure(to[0])} ${figure(to[1])} L ${corner(0.45)} L ${corner(-0.45)} Z`;
}
