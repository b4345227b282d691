import { AppError } from '../../errors.ts';
import { pictureText } from './clean.ts';
import { numberAs } from './word-styles.ts';
import {
  allOf,
  childOf,
  childrenOf,
  elementsOf,
  escaped,
  textOf,
  type XmlElement,
  type XmlNode,
  xmlTree,
} from './xml.ts';
import { type Archive, openZip } from './zip-guard.ts';

/** What the open document formats share: their package, their styles and their text. */
export function openOdf(bytes: Uint8Array): { archive: Archive; xml: string } {
  const archive = openZip(bytes);
  if (/<(?:\w+:)?encryption-data\b/.test(archive.text('META-INF/manifest.xml') ?? ''))
    throw new AppError('file_password');
  const xml = archive.text('content.xml');
  if (xml === undefined) throw new AppError('file_damaged');
  return { archive, xml };
}

type Styles = {
  raised: ReadonlyMap<string, 'sup' | 'sub'>;
  hidden: ReadonlySet<string>;
  /** The formats of each level of a list; what no number stands before is not in it. */
  lists: ReadonlyMap<string, ReadonlyMap<number, string>>;
  /** A paragraph's style may make it an item. */
  hiddenPages: ReadonlySet<string>;
};

const NUMBER_FORMATS: Readonly<Record<string, string>> = {
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
};

/** Styles stand before the text, so both parts are looked through for them without its tree. */
export function odfStyles(archive: Archive, xml: string): Styles {
  const raised = new Map<string, 'sup' | 'sub'>();
  const [hidden, hiddenPages] = [new Set<string>(), new Set<string>()];
  const lists = new Map<string, Map<number, string>>();
  const automatic = /<office:automatic-styles\b[^>]*>[\s\S]*?<\/office:automatic-styles>/.exec(xml)?.[0];
  const named = archive.text('styles.xml');
  const namespaced = (part: string) => xmlTree(`<styles>${part}</styles>`);
  for (const part of [named && xmlTree(named), automatic && namespaced(automatic)]) {
    if (!part) continue;
    for (const style of allOf(part, 'style')) {
      const name = style.attributes.name ?? '';
      const text = childOf(style, 'text-properties')?.attributes ?? {};
      const position = text['text-position'] ?? '';
      if (/^super|^[1-9]/.test(position)) raised.set(name, 'sup');
      else if (/^sub|^-/.test(position)) raised.set(name, 'sub');
      if (text.display === 'none' && text['style:display'] !== 'true') hidden.add(name);
      if (childOf(style, 'drawing-page-properties')?.attributes.visibility === 'hidden')
        hiddenPages.add(name);
    }
    for (const list of allOf(part, 'list-style')) {
      const levels = childrenOf(list, 'list-level-style-number').map((level): [number, string] => [
        Number(level.attributes.level ?? 1),
        level.attributes['num-format'] ?? '',
      ]);
      lists.set(list.attributes.name ?? '', new Map(levels));
    }
  }
  return { raised, hidden, hiddenPages, lists };
}

const MOST_SPACES = 100;
const MOST_ROWS = 1_000;

export class OdfReader {
  readonly #archive: Archive;
  readonly #styles: Styles;
  readonly account = { equations: 0, annotations: 0, hiddenText: 0, droppedPictures: 0 };
  #behind: string[] = [];
  #noteCount = 0;
  /** Tables around what is read: notes stand behind the outermost. */
  #depth = 0;
  readonly #counts = new Map<string, number[]>();

  constructor(archive: Archive, styles: Styles) {
    this.#archive = archive;
    this.#styles = styles;
  }

  /** One block and what stands behind it. */
  block(element: XmlElement): string {
    return this.#block(element) + this.#takeBehind();
  }

  #takeBehind(): string {
    const behind = this.#behind.join('');
    this.#behind = [];
    return behind;
  }

  #block(element: XmlElement): string {
    switch (element.name) {
      case 'h': {
        const level = Math.min(6, Math.max(1, Number(element.attributes['outline-level'] ?? 1) || 1));
        const text = this.#inline(element);
        return text.trim() === '' ? '' : `<h${level}>${text}</h${level}>`;
      }
      case 'p': {
        const text = this.#inline(element);
        return text.trim() === '' ? '' : `<p>${text}</p>`;
      }
      case 'list':
        return `<ul>${this.#list(element, 0, element.attributes['style-name'])}</ul>`;
      case 'table':
        return this.table(element);
      case 'tracked-changes':
      case 'forms':
      case 'sequence-decls':
        return '';
      case 'frame':
      case 'custom-shape':
      case 'rect':
      case 'g':
        return this.drawing(element);
      default:
        return elementsOf(element)
          .map((child) => this.#block(child))
          .join('');
    }
  }

  /** Blocks of a box or a cell. */
  blocks(element: XmlElement): string {
    return elementsOf(element)
      .map((child) => this.#block(child))
      .join('');
  }

  #list(list: XmlElement, depth: number, style: string | undefined): string {
    const name = list.attributes['style-name'] ?? style ?? '';
    const format = this.#styles.lists.get(name)?.get(depth + 1);
    const counts = this.#counts.get(name) ?? [];
    this.#counts.set(name, counts);
    if (list.attributes['continue-numbering'] !== 'true' && !list.attributes['continue-list'])
      counts[depth] = 0;
    return elementsOf(list)
      .map((item) => {
        const start = Number(item.attributes['start-value'] ?? Number.NaN);
        counts[depth] = Number.isNaN(start) ? (counts[depth] ?? 0) + 1 : start;
        const mark =
          format && item.name === 'list-item'
            ? `${numberAs(NUMBER_FORMATS[format] ?? 'decimal', counts[depth] ?? 1)}.`
            : '-';
        let isFirst = true;
        return elementsOf(item)
          .map((child) => {
            if (child.name === 'list') return this.#list(child, Math.min(8, depth + 1), name);
            const text = child.name === 'p' || child.name === 'h' ? this.#inline(child) : this.#block(child);
            if (text.trim() === '') return '';
            const begins = isFirst ? `<li data-mark="${mark}" data-depth="${depth}">` : '<br>';
            isFirst = false;
            const behind = this.#depth === 0 ? this.#takeBehind() : '';
            return begins + text + (behind && `</ul>${behind}<ul>`);
          })
          .join('');
      })
      .join('');
  }

  #inline(element: XmlElement): string {
    return element.children.map((child) => this.#piece(child)).join('');
  }

  #piece(piece: XmlNode): string {
    if (typeof piece === 'string') return escaped(piece);
    const { attributes } = piece;
    switch (piece.name) {
      case 's':
        return ' '.repeat(Math.min(MOST_SPACES, Number(attributes.c ?? 1) || 1));
      case 'tab':
        return ' ';
      case 'line-break':
        return '<br>';
      case 'span': {
        if (this.#styles.hidden.has(attributes['style-name'] ?? '')) {
          this.account.hiddenText += 1;
          return '';
        }
        const tag = this.#styles.raised.get(attributes['style-name'] ?? '');
        return tag ? `<${tag}>${this.#inline(piece)}</${tag}>` : this.#inline(piece);
      }
      case 'note':
        return this.#note(piece);
      case 'annotation':
        this.account.annotations += 1;
        return '';
      case 'annotation-end':
      case 'tracked-changes':
      case 'page-number':
        return '';
      case 'hidden-text':
      case 'hidden-paragraph':
        this.account.hiddenText += 1;
        return '';
      case 'frame':
      case 'custom-shape':
      case 'rect':
      case 'g':
        return this.#inFlow(piece);
      case 'ruby':
        return `${this.#inline(childOf(piece, 'ruby-base') ?? piece)} (${this.#inline(childOf(piece, 'ruby-text') ?? piece)})`;
      default:
        return this.#inline(piece);
    }
  }

  /** A formula stays in its sentence; a box with its own text stands behind the paragraph. */
  #inFlow(drawing: XmlElement): string {
    const formula = this.#formula(drawing);
    if (formula !== null) return formula;
    const html = this.drawing(drawing);
    if (/^<p>\[Picture: [^<]*<\/p>$/.test(html)) return ` ${html.slice(3, -4)} `;
    this.#behind.push(html);
    return '';
  }

  #note(note: XmlElement): string {
    this.#noteCount += 1;
    const place = this.#behind.length;
    const body = childOf(note, 'note-body');
    const text = body
      ? elementsOf(body)
          .map((child) => this.#inline(child))
          .join(' ')
      : '';
    this.#behind.splice(place, 0, `<p>[${this.#noteCount}] ${text}</p>`);
    return `[${this.#noteCount}]`;
  }

  /** A formula as it was typed; its own small language is close to how it is said. */
  #formula(frame: XmlElement): string | null {
    const part = childOf(frame, 'object')?.attributes.href?.replace(/^\.\//, '');
    const xml = part === undefined ? undefined : this.#archive.text(`${part}/content.xml`);
    if (xml === undefined || !/<(?:\w+:)?math\b/.test(xml)) return null;
    const typed = [...allOf(xmlTree(xml), 'annotation')].map(textOf).join(' ');
    if (typed.trim() === '') return null;
    this.account.equations += 1;
    return `$${escaped(latexOf(typed))}$`;
  }

  drawing(drawing: XmlElement): string {
    const formula = this.#formula(drawing);
    if (formula !== null) return `<p>${formula}</p>`;
    const said = pictureText(
      [childOf(drawing, 'title'), childOf(drawing, 'desc')]
        .map((one) => (one ? textOf(one).trim() : ''))
        .filter(Boolean)
        .join('. '),
    );
    if (childOf(drawing, 'image') && !childOf(drawing, 'text-box') && !childOf(drawing, 'table'))
      this.account.droppedPictures += 1;
    const inner = elementsOf(drawing)
      .filter(
        ({ name }) =>
          !['title', 'desc', 'image', 'object', 'object-ole', 'event-listeners', 'glue-point'].includes(name),
      )
      .map((child) => this.#block(child))
      .join('');
    return inner + this.#chart(drawing) + (said === '' ? '' : `<p>${escaped(said)}</p>`);
  }

  /** An embedded chart by its title and its table. */
  #chart(frame: XmlElement): string {
    const part = childOf(frame, 'object')?.attributes.href?.replace(/^\.\//, '');
    const xml = part === undefined ? undefined : this.#archive.text(`${part}/content.xml`);
    if (xml === undefined || !/<chart:chart\b/.test(xml)) return '';
    const tree = xmlTree(xml);
    return [...allOf(tree, 'chart')]
      .flatMap((chart) => elementsOf(chart))
      .filter(({ name }) => name === 'title' || name === 'subtitle' || name === 'table')
      .map((one) => (one.name === 'table' ? this.table(one) : `<p>${escaped(`Chart: ${textOf(one)}`)}</p>`))
      .join('');
  }

  table(table: XmlElement): string {
    this.#depth += 1;
    const rows = rowsOf(table).map((row) => {
      const cells = childrenOf(row, 'table-cell').map((cell) => {
        const columns = Number(cell.attributes['number-columns-spanned'] ?? 1) || 1;
        const height = Math.min(MOST_ROWS, Number(cell.attributes['number-rows-spanned'] ?? 1) || 1);
        return `<td colspan="${columns}" rowspan="${height}">${this.blocks(cell)}</td>`;
      });
      return `<tr>${cells.join('')}</tr>`;
    });
    this.#depth -= 1;
    return `<table>${rows.join('')}</table>`;
  }
}

/** Rows may stand in groups and heads. */
function rowsOf(table: XmlElement): XmlElement[] {
  return elementsOf(table).flatMap((child) => {
    if (child.name === 'table-row') return [child];
    return /^table-(?:header-rows|rows|row-group)$/.test(child.name) ? rowsOf(child) : [];
  });
}

const GROUP = '(\\{[^{}]*\\}|[\\w.]+)';
const bare = (group: string) => group.replace(/^\{(.*)\}$/, '$1').trim();

/** Fractions and roots as LaTeX; everything else reads the same. */
function latexOf(typed: string): string {
  return typed
    .replace(
      new RegExp(`${GROUP} *\\bover\\b *${GROUP}`, 'g'),
      (_, top: string, below: string) => `\\frac{${bare(top)}}{${bare(below)}}`,
    )
    .replace(new RegExp(`\\bsqrt *${GROUP}`, 'g'), (_, of: string) => `\\sqrt{${bare(of)}}`)
    .replace(/\b(?:times|cdot)\b/g, (word) => `\\${word} `)
    .replace(/%([a-zA-Z]+)/g, '\\$1')
    .replace(/\s+/g, ' ')
    .trim();
}
