import { AppError } from '../../errors.ts';
import { pictureText } from './clean.ts';
import { withEquations } from './equations.ts';
import { htmlToText } from './html.ts';
import { drawnHtml, mainPart, partOf, type Relationship, relationshipsOf, titleOf } from './office.ts';
import { type Box, readingOrder } from './reading-order.ts';
import { slidePages } from './slides.ts';
import type { FormatRequest, ReadPages } from './types.ts';
import { numberAs } from './word-styles.ts';
import { allOf, childOf, childrenOf, elementsOf, escaped, textOf, type XmlElement, xmlTree } from './xml.ts';
import { type Archive, openZip } from './zip-guard.ts';

/** Placeholders that hold the number of the slide. */
const NUMBERS = new Set(['sldNum']);
const LISTED = new Set(['body', 'obj', 'subTitle', 'half']);

export const placeholderOf = (shape: XmlElement): XmlElement | undefined =>
  elementsOf(shape)
    .filter(({ name }) => name.startsWith('nv'))
    .map((properties) => childOf(properties, 'nvPr', 'ph'))[0];
export const detailsOf = (shape: XmlElement): Record<string, string> =>
  elementsOf(shape)
    .filter(({ name }) => name.startsWith('nv'))
    .map((properties) => childOf(properties, 'cNvPr')?.attributes)[0] ?? {};

function runsOf(paragraph: XmlElement): string {
  return elementsOf(paragraph)
    .map((run) => {
      if (run.name === 'br') return '<br>';
      if (run.name === 'm' || run.name === 'AlternateContent')
        return runsOf(
          run.name === 'm'
            ? run
            : (childOf(run, 'Choice') ?? childOf(run, 'Fallback') ?? { ...run, children: [] }),
        );
      if (run.name !== 'r' && run.name !== 'fld') return '';
      const text = escaped(textOf(childOf(run, 't') ?? ''));
      const raised = Number(childOf(run, 'rPr')?.attributes.baseline ?? 0);
      return raised > 0 ? `<sup>${text}</sup>` : raised < 0 ? `<sub>${text}</sub>` : text;
    })
    .join('');
}

const NUMBERED: Readonly<Record<string, string>> = {
  alphaLc: 'lowerLetter',
  alphaUc: 'upperLetter',
  romanLc: 'lowerRoman',
  romanUc: 'upperRoman',
};

/** What stands before numbered points, counted at each level until something else stands there. */
class PointNumbers {
  readonly #counts: number[] = [];

  next(depth: number, numbered: XmlElement | undefined): string | null {
    this.#counts.length = Math.min(this.#counts.length, depth + 1);
    if (!numbered) {
      this.#counts.length = Math.min(this.#counts.length, depth);
      return null;
    }
    const { type = '', startAt = '1' } = numbered.attributes;
    const count = this.#counts[depth] === undefined ? Number(startAt) || 1 : this.#counts[depth] + 1;
    this.#counts[depth] = count;
    const [, kind = '', end = ''] = /^([a-z]+(?:Lc|Uc)?)(Period|ParenR|ParenBoth)?/.exec(type) ?? [];
    const number = numberAs(NUMBERED[kind] ?? 'decimal', count);
    return end === 'ParenBoth' ? `(${number})` : `${number}${end === 'ParenR' ? ')' : '.'}`;
  }
}

/** Paragraphs of a box: points of a list where the layout makes them so. */
function textHtml(body: XmlElement | undefined, isListed: boolean): string {
  const numbers = new PointNumbers();
  return childrenOf(body, 'p')
    .map((paragraph) => {
      const text = runsOf(paragraph);
      const properties = childOf(paragraph, 'pPr');
      const numbered = childOf(properties, 'buAutoNum');
      const hasBullet = childOf(properties, 'buChar') ?? numbered;
      if (text.trim() === '') return '';
      const depth = Math.min(8, Number(properties?.attributes.lvl ?? 0) || 0);
      const mark = numbers.next(depth, numbered) ?? '-';
      if (childOf(properties, 'buNone') || !(isListed || hasBullet)) return `<p>${text}</p>`;
      return `<ul><li data-depth="${depth}" data-mark="${mark}">${text}</li></ul>`;
    })
    .join('')
    .replaceAll('</ul><ul>', '');
}

function tableHtml(table: XmlElement): string {
  const rows = childrenOf(table, 'tr').map((row) => {
    const cells = childrenOf(row, 'tc').filter(({ attributes }) => !attributes.hMerge && !attributes.vMerge);
    return `<tr>${cells
      .map((cell) => {
        const { gridSpan = '1', rowSpan = '1' } = cell.attributes;
        return `<td colspan="${escaped(gridSpan)}" rowspan="${escaped(rowSpan)}">${textHtml(childOf(cell, 'txBody'), false)}</td>`;
      })
      .join('')}</tr>`;
  });
  return `<table>${rows.join('')}</table>`;
}

/** Where a shape stands, as far as it says so itself. */
export function boxOf(shape: XmlElement): Box | undefined {
  if (shape.name === 'AlternateContent') {
    const [inner] = elementsOf(childOf(shape, 'Choice') ?? childOf(shape, 'Fallback') ?? shape);
    return inner && boxOf(inner);
  }
  const place = childOf(shape, 'spPr', 'xfrm') ?? childOf(shape, 'grpSpPr', 'xfrm') ?? childOf(shape, 'xfrm');
  const [at, size] = [childOf(place, 'off')?.attributes, childOf(place, 'ext')?.attributes];
  if (!at || !size) return undefined;
  return { x: Number(at.x), y: Number(at.y), width: Number(size.cx), height: Number(size.cy) };
}

/** The places that a layout or a master keeps: by their number, and by what they are for. */
export function placesOf(tree: XmlElement | undefined): Map<string, XmlElement> {
  const places = new Map<string, XmlElement>();
  for (const shape of tree ? allOf(tree, 'sp') : []) {
    const place = placeholderOf(shape)?.attributes;
    if (!place || !boxOf(shape)) continue;
    if (place.idx !== undefined) places.set(place.idx, shape);
    const type = place.type ?? 'body';
    if (!places.has(type)) places.set(type, shape);
  }
  return places;
}

/** Places of a slide's layout, and of the master behind it. */
function placesBehind(
  archive: Archive,
  relationships: ReadonlyMap<string, Relationship>,
): Map<string, XmlElement>[] {
  const layout = partOf(relationships, 'slideLayout');
  const master = layout === undefined ? undefined : partOf(relationshipsOf(archive, layout), 'slideMaster');
  return [layout, master].map((part) => {
    const xml = part === undefined ? undefined : archive.text(part);
    return placesOf(xml === undefined ? undefined : xmlTree(xml));
  });
}

export const isTitle = (shape: XmlElement): boolean =>
  /^(?:ctrTitle|title)$/i.test(placeholderOf(shape)?.attributes.type ?? '');

class SlideReader {
  readonly #archive: Archive;
  readonly #relationships: ReadonlyMap<string, Relationship>;
  readonly #places: readonly Map<string, XmlElement>[];
  pictures = 0;
  hidden = 0;

  constructor(
    archive: Archive,
    relationships: ReadonlyMap<string, Relationship>,
    places: readonly Map<string, XmlElement>[],
  ) {
    this.#archive = archive;
    this.#relationships = relationships;
    this.#places = places;
  }

  /** The shapes in the order they are read in, the title first. */
  shapes(tree: XmlElement): string {
    const all = elementsOf(tree);
    const titles = all.filter(isTitle).map((shape) => this.#shape(shape, true));
    const others = all
      .filter((shape) => !isTitle(shape))
      .map((shape) => ({ html: this.#shape(shape, false), box: this.#place(shape) }));
    return titles.join('') + readingOrder(others);
  }

  #place(shape: XmlElement): Box | undefined {
    const { idx = '', type = 'body' } = placeholderOf(shape)?.attributes ?? { type: '' };
    const [layout, master] = this.#places;
    return boxOf(shape) ?? boxOf(layout?.get(idx) ?? layout?.get(type) ?? master?.get(type) ?? shape);
  }

  #shape(shape: XmlElement, isTitle: boolean): string {
    const { hidden, descr } = detailsOf(shape);
    const said = pictureText(descr);
    const described = said === '' ? '' : `<p>${escaped(said)}</p>`;
    if (hidden === '1' || hidden === 'true') {
      this.hidden += 1;
      return '';
    }
    switch (shape.name) {
      case 'sp':
      case 'cxnSp': {
        const placeholder = placeholderOf(shape);
        if (NUMBERS.has(placeholder?.attributes.type ?? '')) return '';
        const body = childOf(shape, 'txBody');
        if (!isTitle)
          return textHtml(
            body,
            placeholder !== undefined && LISTED.has(placeholder.attributes.type ?? 'obj'),
          );
        const title = childrenOf(body, 'p').map(runsOf).join(' ').replaceAll('<br>', ' ');
        return title.trim() === '' ? '' : `<h1>${title}</h1>`;
      }
      case 'pic':
        this.pictures += 1;
        return described;
      case 'graphicFrame': {
        const tables = [...allOf(shape, 'tbl')].map(tableHtml).join('');
        const drawn = drawnHtml(shape, this.#archive, this.#relationships);
        return tables + drawn + described;
      }
      case 'grpSp':
        return this.shapes(shape);
      case 'AlternateContent':
        return this.shapes(
          childOf(shape, 'Choice') ?? childOf(shape, 'Fallback') ?? { ...shape, children: [] },
        );
      default:
        return '';
    }
  }
}

/** What stands around the notes on their page. */
const AROUND_NOTES = /^(?:sldImg|sldNum|hdr|ftr|dt)$/;

/** What the speaker says, in the place that is kept for it or in boxes that were put beside it. */
function notesHtml(archive: Archive, part: string | undefined): string {
  const xml = part === undefined ? undefined : archive.text(part);
  if (xml === undefined) return '';
  const bodies = [...allOf(xmlTree(xml), 'sp')].filter(
    (shape) => !AROUND_NOTES.test(placeholderOf(shape)?.attributes.type ?? ''),
  );
  const text = bodies.map((shape) => textHtml(childOf(shape, 'txBody'), false)).join('');
  return text === '' ? '' : text.replace('<p>', '<p>Notes: ');
}

/** The parts of the slides in the order they are shown in; undefined for one that the file names and does not hold. */
export function slideParts(archive: Archive): (string | undefined)[] {
  const main = mainPart(archive);
  const parts = relationshipsOf(archive, main);
  const names = new Set(archive.names.map((name) => name.toLowerCase()));
  return [...allOf(xmlTree(archive.text(main) ?? ''), 'sldId')].flatMap(({ attributes: { 'r:id': id } }) => {
    // The sections of a show name its slides a second time.
    if (id === undefined) return [];
    const part = parts.get(id)?.target;
    return [part !== undefined && names.has(part.toLowerCase()) ? part : undefined];
  });
}

export async function extractPptx(request: FormatRequest): Promise<ReadPages> {
  const archive = openZip(request.bytes);
  let equations = 0;
  let annotations = 0;
  const slides = slideParts(archive).map((part) => () => {
    if (part === undefined) throw new AppError('file_damaged');
    const relationships = relationshipsOf(archive, part);
    const read = withEquations(archive.text(part) ?? '', 'a');
    const slide = childOf(xmlTree(read.xml), 'sld');
    const tree = childOf(slide, 'cSld', 'spTree');
    const reader = new SlideReader(archive, relationships, placesBehind(archive, relationships));
    equations += read.equations;
    const comments = archive.text(partOf(relationships, 'comments') ?? '');
    if (comments) annotations += [...allOf(xmlTree(comments), 'cm')].length;
    const html = (tree ? reader.shapes(tree) : '') + notesHtml(archive, partOf(relationships, 'notesSlide'));
    return {
      text: htmlToText(html),
      pictures: reader.pictures,
      hidden: reader.hidden,
      isHidden: /^(?:0|false)$/.test(slide?.attributes.show ?? ''),
    };
  });
  const read = slidePages(slides, request);
  return { ...read, title: titleOf(archive), account: { ...read.account, equations, annotations } };
}
