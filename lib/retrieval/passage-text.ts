import { type Locator, READ_FROM_PICTURE } from '../domain/document.ts';
import { plainForModel } from '../privacy/foreign-text.ts';

/** A passage as a model reads it. */
export type QuotedPassage = {
  n: number;
  text: string;
  /** The title of the document. */
  source: string;
  page: number | null;
  headingPath: readonly string[];
  locator: Omit<Locator, 'total'>;
  /** Stands beside what was asked for: to be compared with, never to be asked about. */
  isContext?: boolean;
};

/** One line for an attribute: nothing in a title or heading may close it or open another. */
export const passageAttribute = (value: string) =>
  plainForModel(value)
    .replace(/\s+/g, ' ')
    .replaceAll('"', "'")
    .replace(/[<＜﹤]/g, ' ')
    .trim();

/** Text that is quoted to the model may not close its own quotation, or open another. */
const quoted = (value: string) =>
  // First what cannot be seen: it would stand inside a tag that is none without it.
  plainForModel(value).replace(/[<＜﹤](?=[\s/／]*passage)/gi, '&lt;');

function whereOf({ page, locator: { kind, index, label } }: QuotedPassage): string {
  if (label === READ_FROM_PICTURE) return `${kind} ${page ?? index}, ${label}`;
  if (kind === 'page') return `page ${label ?? page ?? index}`;
  return kind === 'sheet' || kind === 'time' ? `${kind} ${label ?? index}` : `${kind} ${index}`;
}

/** A passage as a marked quotation: data for the model, whatever it says. */
function passageText(passage: QuotedPassage): string {
  const heading =
    passage.headingPath.length > 0 ? ` heading="${passageAttribute(passage.headingPath.join(' > '))}"` : '';
  const role = passage.isContext ? ' role="context"' : '';
  const tag = `<passage n="${passage.n}" title="${passageAttribute(passage.source)}" where="${passageAttribute(whereOf(passage))}"${heading}${role}>`;
  return `${tag}\n${quoted(passage.text)}\n</passage>`;
}

/** Whole passages, best first, up to a number of characters, or of what `measure` counts; the first is always shown. */
export function passagesText(
  passages: readonly QuotedPassage[],
  most: number,
  measure: (text: string) => number = ({ length }) => length,
): { text: string; shown: number } {
  const lines: string[] = [];
  let size = 0;
  for (const passage of passages) {
    const text = passageText(passage);
    const added = measure(text);
    if (lines.length > 0 && size + added > most) break;
    size += added;
    lines.push(text);
  }
  return { text: lines.join('\n'), shown: lines.length };
}
