import type {
  SlideDrawing,
  SlideFill,
  SlideParagraph,
  SlideRun,
  SlideShape,
  SlideText,
} from '../../domain/slide.ts';
import { chartOf } from './chart.ts';
import { mainPart, partOf, type Relationship, relationshipsOf } from './office.ts';
import { boxOf, detailsOf, isTitle, placeholderOf, placesOf, slideParts } from './pptx.ts';
import {
  BLACK,
  type Canvas,
  cellsAt,
  darkened,
  MOST_SHAPES,
  pictureOf,
  type Rectangle,
  shapeAt,
  WHITE,
} from './slide-canvas.ts';
import { chartShapes } from './slide-chart.ts';
import { formPath, freePath, headPath } from './slide-forms.ts';
import { allOf, childOf, childrenOf, elementsOf, textOf, type XmlElement, xmlTree } from './xml.ts';
import { type Archive, openZip } from './zip-guard.ts';

const EMU = 12_700;
const MOST_STOPS = 20;
const points = (length: string | undefined, otherwise = 0): number =>
  length === undefined || !Number.isFinite(Number(length)) ? otherwise : Number(length) / EMU;

/** From lengths within groups to points of the slide. */
type Frame = { x: number; y: number; across: number; down: number };
const WHOLE: Frame = { x: 0, y: 0, across: 1, down: 1 };

type Part = {
  archive: Archive;
  relationships: ReadonlyMap<string, Relationship>;
  tree: XmlElement | undefined;
};

function partAt(archive: Archive, name: string | undefined): Part | undefined {
  const xml = name === undefined ? undefined : archive.text(name);
  return name === undefined || xml === undefined
    ? undefined
    : { archive, relationships: relationshipsOf(archive, name), tree: elementsOf(xmlTree(xml))[0] };
}

/** The colours of a presentation by their names. */
function paletteOf(theme: XmlElement | undefined, map: Readonly<Record<string, string>>) {
  const scheme = new Map(
    (theme ? [...allOf(theme, 'clrScheme')] : [])
      .flatMap((one) => elementsOf(one))
      .map((one) => {
        const [value] = elementsOf(one);
        return [one.name, value?.attributes.lastClr ?? value?.attributes.val ?? '000000'] as const;
      }),
  );
  return (name: string): string | undefined => scheme.get(map[name] ?? name);
}

type Palette = ReturnType<typeof paletteOf>;
const PRESET: Readonly<Record<string, string>> = {
  black: '000000',
  white: 'ffffff',
  red: 'ff0000',
  blue: '0000ff',
  green: '008000',
  yellow: 'ffff00',
};

/** The colour that an element holds, darker or lighter as it says. */
function colorIn(holder: XmlElement | undefined, palette: Palette, placeholder?: string): string | undefined {
  const value = holder && elementsOf(holder).find(({ name }) => /Clr$/.test(name));
  if (!value) return undefined;
  const { val = '', lastClr } = value.attributes;
  const own =
    value.name === 'schemeClr'
      ? val === 'phClr'
        ? placeholder
        : palette(val)
      : value.name === 'prstClr'
        ? PRESET[val]
        : (lastClr ?? val);
  if (own === undefined || !/^#?[\da-f]{6}$/i.test(own)) return undefined;
  const by = (name: string) => Number(childOf(value, name)?.attributes.val ?? Number.NaN) / 100_000;
  return darkened(`#${own.replace('#', '').toLowerCase()}`, {
    kept: [by('lumMod'), by('shade')].find(Number.isFinite) ?? 1,
    lighter: Number.isFinite(by('lumOff')) ? by('lumOff') : Number.isFinite(by('tint')) ? 1 - by('tint') : 0,
  });
}

/** The fill of a shape or a text: null where it says that there is none, undefined where it says nothing. */
function fillIn(
  properties: XmlElement | undefined,
  palette: Palette,
  placeholder?: string,
): SlideFill | null | undefined {
  if (childOf(properties, 'noFill')) return null;
  const gradient = childOf(properties, 'gradFill');
  const stops = childrenOf(childOf(gradient, 'gsLst'), 'gs')
    .slice(0, MOST_STOPS)
    .flatMap((stop) => {
      const color = colorIn(stop, palette, placeholder);
      return color === undefined ? [] : [{ at: Number(stop.attributes.pos ?? 0) / 100_000, color }];
    })
    .filter(({ at }) => at >= 0 && at <= 1);
  const [first] = stops;
  if (!first) return colorIn(childOf(properties, 'solidFill'), palette, placeholder);
  if (stops.length === 1) return first.color;
  const angle = Number(childOf(gradient, 'lin')?.attributes.ang ?? 0) / 60_000;
  return { angle: childOf(gradient, 'path') || !Number.isFinite(angle) ? null : angle, stops };
}

/** One colour where only one can be used. */
const plain = (fill: SlideFill | null | undefined): string | null | undefined =>
  typeof fill === 'object' && fill !== null ? fill.stops[0]?.color : fill;

/** A connector between two corners of its box: the way it takes, and where it comes from at its end. */
function wayOf(
  preset: string,
  { width, height }: Rectangle,
  { flipH, flipV }: { flipH: boolean; flipV: boolean },
) {
  const placed = (x: number, y: number): [number, number] => [
    (flipH ? 1 - x : x) * width,
    (flipV ? 1 - y : y) * height,
  ];
  const bends = /(?:bent|curved)Connector2/.test(preset)
    ? [placed(1, 0)]
    : /(?:bent|curved)Connector/.test(preset)
      ? [placed(0.5, 0), placed(0.5, 1)]
      : [];
  const [start, end] = [placed(0, 0), placed(1, 1)];
  const points = [start, ...bends, end];
  const isCurved = preset.startsWith('curved');
  const [first = start, ...rest] = points;
  const path =
    bends.length === 0
      ? null
      : `M ${first.join(' ')} ${isCurved ? (bends.length === 1 ? 'Q' : 'C') : 'L'} ${rest.flat().join(' ')}`;
  return { start, end, afterStart: points[1] ?? end, beforeEnd: points.at(-2) ?? start, path };
}

class PptxDrawing implements Canvas {
  readonly shapes: SlideShape[] = [];
  roomForPictures = 4_000_000;
  readonly #slide: Part;
  readonly #layout: Part | undefined;
  readonly #master: Part | undefined;
  readonly #palette: Palette;
  readonly #theme: XmlElement | undefined;
  readonly #whole: Rectangle;

  constructor(archive: Archive, name: string, size: { width: number; height: number }) {
    this.#whole = { x: 0, y: 0, ...size };
    const slide = partAt(archive, name);
    this.#slide = slide ?? { archive, relationships: new Map(), tree: undefined };
    this.#layout = partAt(archive, partOf(this.#slide.relationships, 'slideLayout'));
    this.#master = this.#layout && partAt(archive, partOf(this.#layout.relationships, 'slideMaster'));
    const theme = this.#master && partAt(archive, partOf(this.#master.relationships, 'theme'));
    this.#theme = theme?.tree;
    this.#palette = paletteOf(theme?.tree, childOf(this.#master?.tree, 'clrMap')?.attributes ?? {});
  }

  draw(): SlideFill {
    const parts = [this.#slide, this.#layout, this.#master];
    const behindAll = parts.find((part) => childOf(part?.tree, 'cSld', 'bg') !== undefined);
    const ground = childOf(behindAll?.tree, 'cSld', 'bg');
    const picture = behindAll && this.#picture(behindAll, childOf(ground, 'bgPr', 'blipFill'));
    if (picture?.picture) this.shapes.push(shapeAt(this.#whole, picture));
    const showsMaster = this.#slide.tree?.attributes.showMasterSp !== '0';
    const behind = showsMaster ? [this.#master, this.#layout] : [];
    // What a layout shows beside its places: bars, logos, lines.
    for (const part of behind) this.#tree(part, WHOLE, (shape) => placeholderOf(shape) === undefined);
    this.#tree(this.#slide, WHOLE, () => true);
    return fillIn(childOf(ground, 'bgPr'), this.#palette) ?? this.#themed(childOf(ground, 'bgRef')) ?? WHITE;
  }

  /** The fill that the theme has under a number, in the colour that its user says. */
  #themed(reference: XmlElement | undefined): SlideFill | null | undefined {
    const index = Number(reference?.attributes.idx ?? 0);
    if (!(index > 0)) return undefined;
    const color = colorIn(reference, this.#palette);
    const [list, place] = index > 1_000 ? ['bgFillStyleLst', index - 1_000] : ['fillStyleLst', index];
    const [fills] = this.#theme ? [...allOf(this.#theme, list)] : [];
    const fill = fills && elementsOf(fills)[place - 1];
    return (fill && fillIn({ ...fills, children: [fill] }, this.#palette, color)) ?? color;
  }

  /** A picture that fills a shape, or that it is there and cannot be shown. */
  #picture(part: Part, filled: XmlElement | undefined): Partial<SlideShape> {
    const blip = childOf(filled, 'blip')?.attributes;
    if (!blip) return {};
    const picture = pictureOf(
      this,
      part.archive,
      part.relationships.get(blip['r:embed'] ?? blip.embed ?? '')?.target,
    );
    if (picture === null) return { missing: 'picture' };
    const { l, t, r, b } = childOf(filled, 'srcRect')?.attributes ?? {};
    const [left = 0, top = 0, right = 0, bottom = 0] = [l, t, r, b].map((share) =>
      Math.min(1, Math.max(0, Number(share ?? 0) / 100_000 || 0)),
    );
    const isCut = left + top + right + bottom > 0 && left + right < 1 && top + bottom < 1;
    return { picture, crop: isCut ? { left, top, right, bottom } : null };
  }

  #tree(part: Part | undefined, frame: Frame, isShown: (shape: XmlElement) => boolean): void {
    const tree = childOf(part?.tree, 'cSld', 'spTree');
    if (part && tree)
      for (const shape of elementsOf(tree)) if (isShown(shape)) this.#shape(part, shape, frame);
  }

  #shape(part: Part, shape: XmlElement, frame: Frame): void {
    if (this.shapes.length >= MOST_SHAPES || /^(?:1|true)$/.test(detailsOf(shape).hidden ?? '')) return;
    if (shape.name === 'AlternateContent') {
      const chosen = childOf(shape, 'Choice') ?? childOf(shape, 'Fallback');
      if (chosen) for (const inner of elementsOf(chosen)) this.#shape(part, inner, frame);
    } else if (shape.name === 'grpSp') this.#group(part, shape, frame);
    else if (shape.name === 'graphicFrame') this.#frame(part, shape, frame);
    else if (shape.name === 'sp' || shape.name === 'cxnSp' || shape.name === 'pic')
      this.#drawn(part, shape, frame);
  }

  #group(part: Part, group: XmlElement, frame: Frame): void {
    const place = childOf(group, 'grpSpPr', 'xfrm');
    const [off, ext, chOff, chExt] = ['off', 'ext', 'chOff', 'chExt'].map(
      (name) => childOf(place, name)?.attributes,
    );
    const across = (Number(ext?.cx) || 1) / (Number(chExt?.cx) || Number(ext?.cx) || 1);
    const down = (Number(ext?.cy) || 1) / (Number(chExt?.cy) || Number(ext?.cy) || 1);
    const within: Frame = {
      across: frame.across * across,
      down: frame.down * down,
      x: frame.x + frame.across * (points(off?.x) - points(chOff?.x) * across),
      y: frame.y + frame.down * (points(off?.y) - points(chOff?.y) * down),
    };
    for (const inner of elementsOf(group)) this.#shape(part, inner, place ? within : frame);
  }

  /** The same place in the layout and the master: what a shape does not say itself, they say. */
  #behind(shape: XmlElement): XmlElement[] {
    const place = placeholderOf(shape)?.attributes;
    if (!place) return [];
    const type = place.type ?? 'body';
    return [this.#layout, this.#master].flatMap((part) => {
      const places = placesOf(part?.tree);
      const like = { ctrTitle: 'title', title: 'title' }[type] ?? 'body';
      return places.get(place.idx ?? '') ?? places.get(type) ?? places.get(like) ?? [];
    });
  }

  #box(shape: XmlElement, behind: readonly XmlElement[], frame: Frame) {
    const box = [shape, ...behind].map(boxOf).find((one) => one !== undefined);
    return (
      box && {
        x: frame.x + (frame.across * box.x) / EMU,
        y: frame.y + (frame.down * box.y) / EMU,
        width: (frame.across * box.width) / EMU,
        height: (frame.down * box.height) / EMU,
      }
    );
  }

  #drawn(part: Part, shape: XmlElement, frame: Frame): void {
    const behind = this.#behind(shape);
    const box = this.#box(shape, behind, frame);
    if (!box) return;
    const properties = childOf(shape, 'spPr');
    const style = childOf(shape, 'style');
    const preset = childOf(properties, 'prstGeom')?.attributes.prst ?? 'rect';
    const { rot = '0', ...place } = childOf(properties, 'xfrm')?.attributes ?? {};
    const flips = { flipH: place.flipH === '1', flipV: place.flipV === '1' };
    const turn = Number(rot) / 60_000 || 0;
    const line = this.#line(properties, style);
    const isLine = shape.name === 'cxnSp' || preset === 'line';
    if (isLine) {
      this.#connector(box, { preset, flips, turn, line, properties });
      return;
    }
    const fill = [properties, ...behind.map((one) => childOf(one, 'spPr'))]
      .map((one) => fillIn(one, this.#palette))
      .find((one) => one !== undefined);
    const free = childOf(properties, 'custGeom');
    const path = free ? freePath(free, box, flips) : formPath(preset, box, flips);
    const form = /ellipse|oval/i.test(preset) ? 'ellipse' : /round/i.test(preset) ? 'round' : 'rectangle';
    this.shapes.push(
      shapeAt(box, {
        turn,
        form: path === null ? form : 'path',
        path,
        fill: (fill === undefined ? this.#themed(childOf(style, 'fillRef')) : fill) ?? null,
        line,
        ...this.#picture(part, childOf(shape, 'blipFill') ?? childOf(properties, 'blipFill')),
        text: this.#text(shape, behind, colorIn(childOf(style, 'fontRef'), this.#palette)),
      }),
    );
  }

  #line(properties: XmlElement | undefined, style: XmlElement | undefined): SlideShape['line'] {
    const line = childOf(properties, 'ln');
    const reference = childOf(style, 'lnRef');
    const own = plain(fillIn(line, this.#palette));
    const styled = Number(reference?.attributes.idx ?? 0) > 0 ? colorIn(reference, this.#palette) : undefined;
    const color = own === undefined ? styled : own;
    return color ? { color, width: Math.max(0.5, points(line?.attributes.w, 1)) } : null;
  }

  /** What leads from one place to another, with the heads that say which way. */
  #connector(
    box: Rectangle,
    {
      preset,
      flips,
      turn,
      line,
      properties,
    }: {
      preset: string;
      flips: { flipH: boolean; flipV: boolean };
      turn: number;
      line: SlideShape['line'];
      properties: XmlElement | undefined;
    },
  ): void {
    const way = wayOf(preset, box, flips);
    const straight = flips.flipH === flips.flipV ? 'line' : 'rising';
    this.shapes.push(
      shapeAt(box, { turn, form: way.path === null ? straight : 'path', path: way.path, line }),
    );
    const ends = [
      ['headEnd', way.afterStart, way.start],
      ['tailEnd', way.beforeEnd, way.end],
    ] as const;
    for (const [name, from, to] of ends) {
      const type = childOf(properties, 'ln', name)?.attributes.type ?? 'none';
      if (line && type !== 'none')
        this.shapes.push(
          shapeAt(box, { turn, form: 'path', path: headPath(from, to, line.width), fill: line.color }),
        );
    }
  }

  #frame(part: Part, frame: XmlElement, within: Frame): void {
    const box = this.#box(frame, this.#behind(frame), within);
    if (!box) return;
    const tables = [...allOf(frame, 'tbl')];
    for (const table of tables) this.#table(table, box);
    // A diagram keeps beside its words how they were drawn last.
    const isDiagram = [...allOf(frame, 'relIds')].length > 0;
    const drawing = isDiagram && partAt(part.archive, partOf(part.relationships, 'diagramDrawing'));
    const tree = drawing ? childOf(drawing.tree, 'spTree') : undefined;
    if (drawing && tree)
      for (const shape of elementsOf(tree)) this.#shape(drawing, shape, { ...WHOLE, x: box.x, y: box.y });
    else if (tables.length === 0)
      this.shapes.push(
        ...(this.#chart(part, frame, box) ?? [
          shapeAt(box, { line: { color: '#a0a8ae', width: 1 }, missing: 'other' }),
        ]),
      );
  }

  #chart(part: Part, frame: XmlElement, box: Rectangle): SlideShape[] | null {
    const [named] = allOf(frame, 'chart');
    const id = named?.attributes['r:id'] ?? named?.attributes.id ?? '';
    const chart = partAt(part.archive, part.relationships.get(id)?.target)?.tree;
    const drawn =
      chart &&
      chartShapes(box, chartOf(chart), {
        colorOf: (look) =>
          plain(fillIn(look, this.#palette)) ??
          plain(fillIn(childOf(look, 'ln'), this.#palette)) ??
          undefined,
        accents: [1, 2, 3, 4, 5, 6].flatMap((n) => {
          const color = this.#palette(`accent${n}`);
          return color === undefined ? [] : [`#${color.toLowerCase()}`];
        }),
        ink: this.#ink(),
      });
    return drawn?.slice(0, MOST_SHAPES - this.shapes.length) ?? null;
  }

  #ink(): string {
    const color = this.#palette('tx1');
    return color === undefined ? BLACK : `#${color.toLowerCase()}`;
  }

  #table(table: XmlElement, box: Rectangle): void {
    const columns = childrenOf(childOf(table, 'tblGrid'), 'gridCol').map(({ attributes }) =>
      points(attributes.w),
    );
    const rows = childrenOf(table, 'tr').map((row, index) => ({
      height: points(row.attributes.h),
      cells: childrenOf(row, 'tc').map((cell) => ({
        columns: Number(cell.attributes.gridSpan ?? 1) || 1,
        rows: Number(cell.attributes.rowSpan ?? 1) || 1,
        isCovered: cell.attributes.hMerge !== undefined || cell.attributes.vMerge !== undefined,
        fill: fillIn(childOf(cell, 'tcPr'), this.#palette) ?? null,
        text: this.#text(cell, [], undefined, index === 0),
      })),
    }));
    this.shapes.push(...cellsAt(box, columns, rows));
  }

  #text(
    shape: XmlElement,
    behind: readonly XmlElement[],
    color: string | undefined,
    isHead = false,
  ): SlideText | null {
    const body = childOf(shape, 'txBody');
    if (!body || placeholderOf(shape)?.attributes.type === 'sldNum') return null;
    const bodies = [body, ...behind.map((one) => childOf(one, 'txBody'))];
    const settings = bodies.map((one) => childOf(one, 'bodyPr'));
    const setting = (name: string) =>
      settings.map((one) => one?.attributes[name]).find((one) => one !== undefined);
    const kind =
      placeholderOf(shape) === undefined ? 'otherStyle' : isTitle(shape) ? 'titleStyle' : 'bodyStyle';
    const styles = [
      ...bodies.map((one) => childOf(one, 'lstStyle')),
      childOf(this.#master?.tree, 'txStyles', kind),
    ];
    const scale = Number(childOf(settings[0], 'normAutofit')?.attributes.fontScale ?? 100_000) / 100_000;
    const counts: number[] = [];
    const paragraphs = childrenOf(body, 'p').map((paragraph) =>
      this.#paragraph(paragraph, styles, { scale, color, isHead, counts }),
    );
    if (paragraphs.every(({ runs }) => runs.every(({ text }) => text.trim() === ''))) return null;
    const anchor = setting('anchor') ?? childOf(shape, 'tcPr')?.attributes.anchor;
    return {
      anchor: anchor === 'ctr' ? 'middle' : anchor === 'b' ? 'bottom' : 'top',
      inset: Math.min(7.2, points(setting('lIns'), 7.2)),
      wraps: setting('wrap') !== 'none',
      paragraphs,
    };
  }

  #paragraph(
    paragraph: XmlElement,
    styles: readonly (XmlElement | undefined)[],
    {
      scale,
      color,
      isHead,
      counts,
    }: { scale: number; color: string | undefined; isHead: boolean; counts: number[] },
  ): SlideParagraph {
    const own = childOf(paragraph, 'pPr');
    const level = Math.min(8, Number(own?.attributes.lvl ?? 0) || 0);
    const levels = [own, ...styles.map((style) => childOf(style, `lvl${level + 1}pPr`))];
    const setting = (name: string) =>
      levels.map((one) => one?.attributes[name]).find((one) => one !== undefined);
    const defaults = levels.map((one) => childOf(one, 'defRPr'));
    const bullet = levels
      .flatMap((one) => (one ? elementsOf(one) : []))
      .find(({ name }) => /^bu(?:None|Char|AutoNum)$/.test(name));
    const isNumbered = bullet?.name === 'buAutoNum';
    counts.length = Math.min(counts.length, level + 1);
    counts[level] = isNumbered ? (counts[level] ?? 0) + 1 : 0;
    const runs = elementsOf(paragraph).flatMap((run): SlideRun[] => {
      if (run.name === 'br') return [this.#run('\n', undefined, defaults, { scale, color, isHead })];
      if (run.name !== 'r' && run.name !== 'fld') return [];
      return [
        this.#run(textOf(childOf(run, 't') ?? ''), childOf(run, 'rPr'), defaults, { scale, color, isHead }),
      ];
    });
    const align = setting('algn');
    const hasText = runs.some(({ text }) => text.trim() !== '');
    return {
      align: align === 'ctr' ? 'center' : align === 'r' ? 'right' : 'left',
      indent: points(setting('marL'), level * 36),
      mark: !hasText ? '' : bullet?.name === 'buChar' ? '•' : isNumbered ? `${counts[level]}.` : '',
      runs,
    };
  }

  #run(
    text: string,
    own: XmlElement | undefined,
    defaults: readonly (XmlElement | undefined)[],
    { scale, color, isHead }: { scale: number; color: string | undefined; isHead: boolean },
  ): SlideRun {
    const all = [own, ...defaults];
    const setting = (name: string) =>
      all.map((one) => one?.attributes[name]).find((one) => one !== undefined);
    const raise = Number(own?.attributes.baseline ?? 0);
    const ownColor = plain(fillIn(own, this.#palette)) ?? color;
    const inherited = defaults.map((one) => plain(fillIn(one, this.#palette))).find((one) => one);
    return {
      text,
      size: (scale * Number(setting('sz') ?? 1_800)) / 100,
      isBold: isHead || /^(?:1|true)$/.test(setting('b') ?? ''),
      isSlanted: /^(?:1|true)$/.test(setting('i') ?? ''),
      color: ownColor ?? inherited ?? this.#ink(),
      raise: raise > 0 ? 1 : raise < 0 ? -1 : 0,
    };
  }
}

/** One slide as it looks, by its number. */
export function pptxDrawing(bytes: Uint8Array, page: number): SlideDrawing | null {
  const archive = openZip(bytes);
  const name = slideParts(archive)[page - 1];
  if (name === undefined) return null;
  const size = childOf(elementsOf(xmlTree(archive.text(mainPart(archive)) ?? ''))[0], 'sldSz')?.attributes;
  const room = { width: points(size?.cx, 720), height: points(size?.cy, 540) };
  const drawing = new PptxDrawing(archive, name, room);
  const background = drawing.draw();
  return { ...room, background, shapes: drawing.shapes };
}
