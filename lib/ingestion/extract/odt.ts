import { htmlToText } from './html.ts';
import { OdfReader, odfStyles, openOdf } from './odf.ts';
import { type Box, readingOrder } from './reading-order.ts';
import { slidePages } from './slides.ts';
import { sectionExtraction } from './text.ts';
import type { FormatRequest, ReadPages } from './types.ts';
import {
  allOf,
  childOf,
  eachOutermost,
  elementsOf,
  escaped,
  textOf,
  type XmlElement,
  xmlTree,
} from './xml.ts';

const BLOCKS = new Set([
  'h',
  'p',
  'list',
  'table',
  'frame',
  'custom-shape',
  'rect',
  'g',
  'tracked-changes',
  'forms',
  'annotation',
]);

export async function extractOdt(request: FormatRequest): Promise<ReadPages> {
  const { archive, xml } = openOdf(request.bytes);
  const reader = new OdfReader(archive, odfStyles(archive, xml));
  const html: string[] = [];
  eachOutermost(xml, BLOCKS, (block, around) => {
    if (around.some(({ name }) => name === 'text')) html.push(reader.block(block));
  });
  return sectionExtraction(htmlToText(html.join('')), request, reader.account);
}

/** A presentation: every page with its title first and its notes last. */
export async function extractOdp(request: FormatRequest): Promise<ReadPages> {
  const { archive, xml } = openOdf(request.bytes);
  const styles = odfStyles(archive, xml);
  const slides: XmlElement[] = [];
  const declared = new Map<string, string>();
  eachOutermost(xml, new Set(['page', 'footer-decl']), (element, around) => {
    if (!around.some(({ name }) => name === 'presentation')) return;
    if (element.name === 'page') slides.push(element);
    else declared.set(element.attributes.name ?? '', textOf(element).trim());
  });
  const footers = footersOf(slides, declared, archive.text('styles.xml'));
  let equations = 0;
  let annotations = 0;
  const read = slidePages(
    slides.map((slide, index) => () => {
      const reader = new OdfReader(archive, styles);
      const footer = footers[index] ? `<p>${escaped(footers[index])}</p>` : '';
      const text = htmlToText(slideHtml(slide, reader) + footer);
      equations += reader.account.equations;
      annotations += reader.account.annotations;
      return {
        text,
        pictures: reader.account.droppedPictures,
        hidden: reader.account.hiddenText,
        isHidden: styles.hiddenPages.has(
          slide.attributes['draw:style-name'] ?? slide.attributes['style-name'] ?? '',
        ),
      };
    }),
    request,
  );
  return { ...read, account: { ...read.account, equations, annotations } };
}

/** What stands below slides, told on the first that shows it, as the running lines of pages are. */
function footersOf(
  slides: readonly XmlElement[],
  declared: ReadonlyMap<string, string>,
  styles: string | undefined,
): string[] {
  const masters = new Map<string, string>();
  for (const master of styles ? allOf(xmlTree(styles), 'master-page') : []) {
    const footer = elementsOf(master).find(({ attributes }) => attributes['presentation:class'] === 'footer');
    masters.set(master.attributes.name ?? '', footer ? textOf(footer).trim() : '');
  }
  const told = new Set<string>();
  return slides.map(({ attributes }) => {
    const footer =
      declared.get(attributes['use-footer-name'] ?? '') ??
      masters.get(attributes['master-page-name'] ?? '') ??
      '';
    if (told.has(footer)) return '';
    told.add(footer);
    return footer;
  });
}

const NUMBERS = new Set(['page-number', 'date-time']);

const POINTS: Readonly<Record<string, number>> = { cm: 28.35, mm: 2.835, in: 72, pt: 1, pc: 12, px: 0.75 };
/** A length of the file in points. */
export function pointsOf(length = ''): number {
  const [, figure, unit = ''] = /^(-?[\d.]+)([a-z]+)$/.exec(length) ?? [];
  return Number(figure ?? Number.NaN) * (POINTS[unit] ?? Number.NaN);
}

/** Where a shape stands: a turned one says where it is moved to, a group is where its parts are. */
export function boxOf({ attributes, children }: XmlElement): Box | undefined {
  const [, left, top] = /translate\s*\(([^\s,)]+)[\s,]+([^\s)]+)\)/.exec(attributes.transform ?? '') ?? [];
  const box = {
    x: pointsOf(attributes['svg:x'] ?? left),
    y: pointsOf(attributes['svg:y'] ?? top),
    width: pointsOf(attributes['svg:width'] ?? '0pt'),
    height: pointsOf(attributes['svg:height'] ?? '0pt'),
  };
  if (Object.values(box).every(Number.isFinite)) return box;
  const parts = children.flatMap((child) => (typeof child === 'string' ? [] : (boxOf(child) ?? [])));
  if (parts.length === 0) return undefined;
  const [x, y] = [Math.min(...parts.map((part) => part.x)), Math.min(...parts.map((part) => part.y))];
  return {
    x,
    y,
    width: Math.max(...parts.map((part) => part.x + part.width)) - x,
    height: Math.max(...parts.map((part) => part.y + part.height)) - y,
  };
}

function slideHtml(slide: XmlElement, reader: OdfReader): string {
  const shapes = elementsOf(slide).filter(
    ({ attributes }) => !NUMBERS.has(attributes['presentation:class'] ?? ''),
  );
  const isTitle = (shape: XmlElement) => shape.attributes['presentation:class'] === 'title';
  const title = shapes
    .filter(isTitle)
    .map((shape) =>
      reader
        .block(shape)
        .replace(/<\/p><p>/g, ' ')
        .replace(/<\/?(?:p|ul|li)\b[^>]*>/g, ''),
    )
    .filter((text) => text.trim() !== '')
    .map((text) => `<h1>${text}</h1>`);
  const notes = shapes.find(({ name }) => name === 'notes');
  const spoken = notes
    ? elementsOf(notes)
        .filter((shape) => childOf(shape, 'text-box'))
        .map((shape) => reader.block(shape))
        .join('')
        .replace('<p>', '<p>Notes: ')
    : '';
  const body = shapes.filter((shape) => !isTitle(shape) && shape !== notes && shape.name !== 'animations');
  return (
    title.join('') +
    readingOrder(
      body.map((shape) => ({
        html: shape.name === 'annotation' ? '' : reader.block(shape),
        box: boxOf(shape),
      })),
    ) +
    spoken
  );
}
