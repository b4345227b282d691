import type {
  SlideDrawing,
  SlideFill,
  SlideParagraph,
  SlideRun,
  SlideShape,
  SlideText,
} from '../../domain/slide.ts';
import { odfChartOf } from './chart.ts';
import { openOdf } from './odf.ts';
import { boxOf, pointsOf } from './odt.ts';
import {
  BLACK,
  type Canvas,
  cellsAt,
  MOST_SHAPES,
  pictureOf,
  type Rectangle,
  shapeAt,
  WHITE,
} from './slide-canvas.ts';
import { chartShapes } from './slide-chart.ts';
import { fittedPath, formPath, headPath } from './slide-forms.ts';
import { allOf, childOf, childrenOf, elementsOf, type XmlElement, type XmlNode, xmlTree } from './xml.ts';
import type { Archive } from './zip-guard.ts';

const MOST_PARENTS = 12;
const colorOf = (value: string | undefined): string | undefined =>
  value !== undefined && /^#[\da-f]{6}$/i.test(value) ? value.toLowerCase() : undefined;

/** Styles by family and name, and what those of a shape say, the nearest first. */
class Looks {
  readonly #styles = new Map<string, XmlElement>();
  /** Gradients and pictures that fills name. */
  readonly #fills = new Map<string, XmlElement>();

  constructor(parts: readonly XmlElement[]) {
    for (const part of parts) {
      for (const style of allOf(part, 'style'))
        this.#styles.set(`${style.attributes.family} ${style.attributes.name}`, style);
      for (const kind of ['gradient', 'fill-image'])
        for (const fill of allOf(part, kind)) this.#fills.set(`${kind} ${fill.attributes.name}`, fill);
    }
  }

  fill(chain: readonly XmlElement[], group: string): SlideFill | null {
    const kind = said(chain, group, 'fill');
    if (kind === 'gradient') {
      const gradient = this.#fills.get(`gradient ${said(chain, group, 'fill-gradient-name')}`);
      if (gradient) return gradientOf(gradient);
    }
    return kind === 'none' || kind === undefined ? null : (colorOf(said(chain, group, 'fill-color')) ?? null);
  }

  /** The picture that fills something. */
  filling(chain: readonly XmlElement[], group: string): string | undefined {
    if (said(chain, group, 'fill') !== 'bitmap') return undefined;
    return this.#fills.get(`fill-image ${said(chain, group, 'fill-image-name')}`)?.attributes.href;
  }

  chain(family: string, name: string | undefined): XmlElement[] {
    const found: XmlElement[] = [];
    let style = this.#styles.get(`${family} ${name}`);
    while (style && found.length < MOST_PARENTS) {
      found.push(style);
      style = this.#styles.get(`${family} ${style.attributes['parent-style-name']}`);
    }
    return found;
  }
}

const said = (chain: readonly XmlElement[], group: string, name: string): string | undefined =>
  chain
    .map((style) => childOf(style, `${group}-properties`)?.attributes[name])
    .find((one) => one !== undefined);

/** A gradient of the file: its colours change from the top down, turned the other way than elsewhere. */
function gradientOf({ attributes }: XmlElement): SlideFill | null {
  const [start, end] = [colorOf(attributes['start-color']), colorOf(attributes['end-color'])];
  if (!start || !end) return start ?? end ?? null;
  const style = attributes['draw:style'] ?? attributes.style ?? 'linear';
  const turned = Number.parseFloat(attributes.angle ?? '0') || 0;
  // Without a unit it counts tenths of a degree.
  const angle = 90 - (/[a-z]/.test(attributes.angle ?? '') ? turned : turned / 10);
  const both = [
    { at: 0, color: start },
    { at: 1, color: end },
  ];
  if (style === 'linear') return { angle, stops: both };
  const inward = both.map(({ at, color }) => ({ at: 1 - at, color })).reverse();
  if (style !== 'axial') return { angle: null, stops: inward };
  return {
    angle,
    stops: [both[0], { at: 0.5, color: end }, { at: 1, color: start }].flatMap((stop) => stop ?? []),
  };
}

const TURNED = /rotate\s*\(\s*(-?[\d.e-]+)/;

/** Where a shape stands before it is turned around its middle. */
function placeOf(shape: XmlElement): (Rectangle & { turn: number }) | undefined {
  const { attributes } = shape;
  const [x1, y1, x2, y2] = ['x1', 'y1', 'x2', 'y2'].map((name) => pointsOf(attributes[name]));
  if (Number.isFinite(x1) && x1 !== undefined && y1 !== undefined && x2 !== undefined && y2 !== undefined)
    return {
      x: Math.min(x1, x2),
      y: Math.min(y1, y2),
      width: Math.abs(x2 - x1),
      height: Math.abs(y2 - y1),
      turn: 0,
    };
  const box = boxOf(shape);
  const angle = Number(TURNED.exec(attributes.transform ?? '')?.[1] ?? 0);
  if (!box || angle === 0) return box && { ...box, turn: 0 };
  const [across, down] = [box.width / 2, box.height / 2];
  return {
    ...box,
    x: box.x + across * Math.cos(angle) + down * Math.sin(angle) - across,
    y: box.y - across * Math.sin(angle) + down * Math.cos(angle) - down,
    turn: (-angle * 180) / Math.PI,
  };
}

/** The outline of what was drawn freely, or by the name of its form. */
function pathOf(shape: XmlElement, type: string, box: Rectangle): string | null {
  const geometry = childOf(shape, 'enhanced-geometry');
  const { points, d = geometry?.attributes['enhanced-path'] } = shape.attributes;
  const room = (geometry ?? shape).attributes.viewBox?.split(/[\s,]+/).map(Number) ?? [];
  const [x = 0, y = 0, width = 0, height = 0] = room;
  const named = formPath(type, box);
  if (named !== null || (points === undefined && d === undefined)) return named;
  if (d !== undefined && geometry && /[?$]/.test(d)) return null;
  const drawn = points === undefined ? (geometry ? d?.replace(/[NFS]/g, '') : d) : `M ${points}`;
  const path = fittedPath(drawn ?? '', { x, y, width, height }, box);
  return path !== null && shape.name === 'polygon' ? `${path} Z` : path;
}

class OdpDrawing implements Canvas {
  readonly shapes: SlideShape[] = [];
  roomForPictures = 4_000_000;
  readonly #archive: Archive;
  readonly #looks: Looks;

  constructor(archive: Archive, looks: Looks) {
    this.#archive = archive;
    this.#looks = looks;
  }

  all(holder: XmlElement | undefined, isShown: (shape: XmlElement) => boolean = () => true): void {
    if (holder) for (const shape of elementsOf(holder)) if (isShown(shape)) this.#shape(shape);
  }

  #shape(shape: XmlElement): void {
    const isKnown = /^(?:frame|custom-shape|rect|ellipse|circle|line|connector|polygon|path|polyline)$/.test(
      shape.name,
    );
    if (shape.name === 'g' || shape.name === 'a') this.all(shape);
    if (
      !isKnown ||
      this.shapes.length >= MOST_SHAPES ||
      shape.attributes['presentation:placeholder'] === 'true'
    )
      return;
    const place = placeOf(shape);
    if (!place) return;
    const { turn, ...box } = place;
    const table = childOf(shape, 'table');
    const drawn = table ? this.#table(table, box) : this.#chart(shape, box);
    this.shapes.push(...(drawn ?? this.#drawn(shape, box, turn)).slice(0, MOST_SHAPES - this.shapes.length));
  }

  #drawn(shape: XmlElement, box: Rectangle, turn: number): SlideShape[] {
    const chain = [
      ...this.#looks.chain('presentation', shape.attributes['presentation:style-name']),
      ...this.#looks.chain('graphic', shape.attributes['draw:style-name'] ?? shape.attributes['style-name']),
    ];
    const isLine = shape.name === 'line' || shape.name === 'connector';
    const hasStroke = (said(chain, 'graphic', 'stroke') ?? (isLine ? 'solid' : 'none')) !== 'none';
    const line = hasStroke
      ? {
          color: colorOf(said(chain, 'graphic', 'stroke-color')) ?? BLACK,
          width: Math.max(0.5, pointsOf(said(chain, 'graphic', 'stroke-width')) || 0.75),
        }
      : null;
    const type = childOf(shape, 'enhanced-geometry')?.attributes.type ?? shape.name;
    const path = pathOf(shape, type, box);
    const form = /ellipse|circle/.test(type) ? 'ellipse' : /round/.test(type) ? 'round' : 'rectangle';
    const image = childOf(shape, 'image')?.attributes.href ?? this.#looks.filling(chain, 'graphic');
    const picture = pictureOf(this, this.#archive, image);
    const drawn = shapeAt(box, {
      turn,
      form: path !== null ? 'path' : isLine ? this.#slope(shape) : form,
      path,
      fill: isLine || shape.name === 'polyline' ? null : this.#looks.fill(chain, 'graphic'),
      line,
      picture,
      missing:
        picture !== null ? null : childOf(shape, 'object') ? 'other' : image === undefined ? null : 'picture',
      text: this.#text(childOf(shape, 'text-box') ?? shape, chain),
    });
    return [drawn, ...(line && isLine ? this.#heads(shape, box, { chain, line }) : [])];
  }

  #slope({ attributes: { x1, x2, y1, y2 } }: XmlElement): SlideShape['form'] {
    return (pointsOf(x2) - pointsOf(x1)) * (pointsOf(y2) - pointsOf(y1)) < 0 ? 'rising' : 'line';
  }

  /** The heads of an arrow. */
  #heads(
    { attributes }: XmlElement,
    box: Rectangle,
    { chain, line }: { chain: readonly XmlElement[]; line: { color: string; width: number } },
  ): SlideShape[] {
    const end = (n: number): [number, number] => [
      pointsOf(attributes[`x${n}`]) - box.x,
      pointsOf(attributes[`y${n}`]) - box.y,
    ];
    const heads = [
      said(chain, 'graphic', 'marker-start') ? headPath(end(2), end(1), line.width) : null,
      said(chain, 'graphic', 'marker-end') ? headPath(end(1), end(2), line.width) : null,
    ];
    return heads.flatMap((path) =>
      path === null ? [] : shapeAt(box, { form: 'path', path, fill: line.color }),
    );
  }

  #chart(frame: XmlElement, box: Rectangle): SlideShape[] | null {
    const part = childOf(frame, 'object')?.attributes.href?.replace(/^\.\//, '');
    const xml = part === undefined ? undefined : this.#archive.text(`${part}/content.xml`);
    const chart = xml === undefined ? null : odfChartOf(xmlTree(xml));
    const colorIn = (look: XmlElement | undefined) =>
      colorOf(childOf(look, 'graphic-properties')?.attributes['fill-color']) ??
      colorOf(childOf(look, 'graphic-properties')?.attributes['stroke-color']);
    return chart && chartShapes(box, chart, { colorOf: colorIn });
  }

  #table(table: XmlElement, box: Rectangle): SlideShape[] {
    const columns = childrenOf(table, 'table-column').flatMap(({ attributes }) => {
      const width = pointsOf(
        said(this.#looks.chain('table-column', attributes['style-name']), 'table-column', 'column-width'),
      );
      return Array.from(
        { length: Math.min(100, Number(attributes['number-columns-repeated'] ?? 1) || 1) },
        () => width || 1,
      );
    });
    const rows = childrenOf(table, 'table-row').map((row) => ({
      height:
        pointsOf(
          said(this.#looks.chain('table-row', row.attributes['style-name']), 'table-row', 'row-height'),
        ) || 1,
      cells: elementsOf(row).map((cell) => {
        const chain = this.#looks.chain('table-cell', cell.attributes['style-name']);
        return {
          columns: Number(cell.attributes['number-columns-spanned'] ?? 1) || 1,
          rows: Number(cell.attributes['number-rows-spanned'] ?? 1) || 1,
          isCovered: cell.name === 'covered-table-cell',
          fill: this.#looks.fill(chain, 'graphic') ?? this.#looks.fill(chain, 'table-cell'),
          text: this.#text(cell, chain),
        };
      }),
    }));
    return cellsAt(box, columns, rows);
  }

  #text(holder: XmlElement, chain: readonly XmlElement[]): SlideText | null {
    const paragraphs: SlideParagraph[] = [];
    const read = (element: XmlElement, depth: number, mark: string): void => {
      let next = mark;
      for (const child of elementsOf(element)) {
        if (child.name === 'p' || child.name === 'h') {
          paragraphs.push(this.#paragraph(child, chain, depth, next));
          next = '';
        } else if (child.name === 'list') read(child, depth + 1, '');
        else if (child.name === 'list-item') read(child, depth, '•');
      }
    };
    read(holder, 0, '');
    if (paragraphs.every(({ runs }) => runs.every(({ text }) => text.trim() === ''))) return null;
    const anchor = said(chain, 'graphic', 'textarea-vertical-align');
    return {
      anchor: anchor === 'middle' ? 'middle' : anchor === 'bottom' ? 'bottom' : 'top',
      inset: 7,
      wraps: said(chain, 'graphic', 'wrap-option') !== 'no-wrap',
      paragraphs,
    };
  }

  #paragraph(
    paragraph: XmlElement,
    shape: readonly XmlElement[],
    depth: number,
    mark: string,
  ): SlideParagraph {
    // Points of a lower level have a style of their own beside the one of the box.
    const name = /^(.*-outline)\d+$/.exec(
      shape.find(({ attributes }) => /-outline\d+$/.test(attributes.name ?? ''))?.attributes.name ?? '',
    )?.[1];
    const level = name === undefined || depth < 2 ? [] : this.#looks.chain('presentation', `${name}${depth}`);
    const chain = [...this.#looks.chain('paragraph', paragraph.attributes['style-name']), ...level, ...shape];
    const runs = this.#runs(paragraph, chain);
    const align = said(chain, 'paragraph', 'text-align');
    return {
      align: align === 'center' ? 'center' : align === 'end' || align === 'right' ? 'right' : 'left',
      indent: depth * 18,
      mark: runs.some(({ text }) => text.trim() !== '') ? mark : '',
      runs,
    };
  }

  #runs(element: XmlElement, chain: readonly XmlElement[]): SlideRun[] {
    return element.children.flatMap((child: XmlNode): SlideRun[] => {
      if (typeof child === 'string') return [this.#run(child.replace(/\s+/g, ' '), chain)];
      if (child.name === 'line-break') return [this.#run('\n', chain)];
      if (child.name === 's' || child.name === 'tab') return [this.#run(' ', chain)];
      if (child.name === 'annotation' || child.name === 'note') return [];
      return this.#runs(child, [...this.#looks.chain('text', child.attributes['style-name']), ...chain]);
    });
  }

  #run(text: string, chain: readonly XmlElement[]): SlideRun {
    const of = (name: string) => said(chain, 'text', name);
    // A size may be a share of the one before it.
    const size = chain
      .map((style) => pointsOf(childOf(style, 'text-properties')?.attributes['font-size']))
      .find(Number.isFinite);
    const position = of('text-position') ?? '';
    return {
      text,
      size: size ?? 18,
      isBold: /^(?:bold|[6-9]00)$/.test(of('font-weight') ?? ''),
      isSlanted: of('font-style') === 'italic',
      color: colorOf(of('color')) ?? BLACK,
      raise: /^super|^[1-9]/.test(position) ? 1 : /^sub|^-/.test(position) ? -1 : 0,
    };
  }
}

/** One slide as it looks, by its number. */
export function odpDrawing(bytes: Uint8Array, page: number): SlideDrawing | null {
  const { archive, xml } = openOdf(bytes);
  const content = xmlTree(xml);
  const slide = [...allOf(content, 'presentation')].flatMap((body) => childrenOf(body, 'page'))[page - 1];
  if (!slide) return null;
  const named = xmlTree(archive.text('styles.xml') ?? '<styles/>');
  const looks = new Looks([named, content]);
  const master = [...allOf(named, 'master-page')].find(
    ({ attributes }) => attributes.name === slide.attributes['master-page-name'],
  );
  const layout = [...allOf(named, 'page-layout')].find(
    ({ attributes }) => attributes.name === master?.attributes['page-layout-name'],
  );
  const size = childOf(layout, 'page-layout-properties')?.attributes ?? {};
  const pageLooks = (of: XmlElement | undefined) =>
    looks.chain('drawing-page', of?.attributes['draw:style-name'] ?? of?.attributes['style-name']);
  const room = {
    width: pointsOf(size['page-width']) || 794,
    height: pointsOf(size['page-height']) || 595,
  };
  const drawing = new OdpDrawing(archive, looks);
  const grounds = [slide, master].map(pageLooks);
  const filled = grounds.find((ground) => said(ground, 'drawing-page', 'fill') !== undefined) ?? [];
  const picture = pictureOf(drawing, archive, looks.filling(filled, 'drawing-page'));
  if (picture !== null) drawing.shapes.push(shapeAt({ x: 0, y: 0, ...room }, { picture }));
  drawing.all(master, ({ attributes }) => attributes['presentation:class'] === undefined);
  drawing.all(slide, ({ name }) => name !== 'notes');
  return { ...room, background: looks.fill(filled, 'drawing-page') ?? WHITE, shapes: drawing.shapes };
}
