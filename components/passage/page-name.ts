import type { ReaderDocument, ReaderPage } from '@/lib/db/queries/reader';
import { type LocatorKind, READ_FROM_PICTURE } from '@/lib/domain/document';
import { inEnglish } from '@/lib/language/text';
import { countedName, placeCalled } from '@/lib/study/locator';
import { spokenClock } from '@/lib/study/moments';
import { sentenceCase } from '@/lib/study/sentence-case';

type Place = Pick<ReaderDocument, 'locator' | 'pageCount'> & Pick<ReaderPage, 'page' | 'label'>;

/** "page 244 of 334", "page xii (14 of 334)", "section 2 of 6", "rows 1–24 (1 of 6)". */
export function pageName({ locator, pageCount, page, label }: Place, t = inEnglish): string {
  const of = pageCount === null ? '' : ` ${t('of {pageCount}', { pageCount })}`;
  const counted = `${countedName(locator, page, t)}${of}`;
  if (label === READ_FROM_PICTURE) return t('{place}, read from a picture', { place: counted });
  if (label === null || label === String(page) || locator === 'slide') return counted;
  return `${printedName(locator, label, t)} (${page}${of})`;
}

/** "rows 1–24", "sheet Sales, rows 2–9", "12:03", "section Storage" */
export function printedName(locator: LocatorKind, label: string, t = inEnglish): string {
  // The reader of tables calls its parts by their rows, in English.
  const rows = /^rows? (.*)$/i.exec(label)?.[1];
  if (locator === 'row') return rows === undefined ? label : t('rows {rows}', { rows });
  return locator === 'time' ? spokenClock(label) : placeCalled(locator, label, t);
}

/** A whole number from an address, kept between 1 and the last page. */
export function pageFromAddress(value: unknown, pageCount: number | null): number | undefined {
  if (typeof value !== 'string' || !/^\d{1,6}$/.test(value)) return undefined;
  return Math.min(Math.max(1, Number(value)), pageCount ?? Number.MAX_SAFE_INTEGER);
}

export type QuoteRange = { from: number; to: number };

/** Where a quote stands, as offsets into the whole document. */
export function rangeFromAddress(from: unknown, to: unknown): QuoteRange | undefined {
  if (typeof from !== 'string' || typeof to !== 'string') return undefined;
  if (!/^\d{1,9}$/.test(from) || !/^\d{1,9}$/.test(to)) return undefined;
  const range = { from: Number(from), to: Number(to) };
  return range.to > range.from ? range : undefined;
}

/** The part of the quote that stands on this page, as offsets into it. Null when none of it does. */
export function marksOnPage(
  range: QuoteRange,
  page: Pick<ReaderPage, 'charStart' | 'content'>,
): { start: number; end: number } | null {
  const start = Math.max(0, range.from - page.charStart);
  const end = Math.min(page.content.length, range.to - page.charStart);
  return end > start && page.content.slice(start, end).trim() !== '' ? { start, end } : null;
}

/** The section that a page begins in: the one it opens itself, else the one it goes on with. */
export function sectionOf({
  content,
  headingPath,
}: {
  content: string;
  headingPath: readonly string[];
}): string[] {
  const [begins = ''] = content.replace(/^(?:\s*<!--[\s\S]*?-->)*\s*/, '').split('\n', 1);
  const opened = /^#{1,6}[ \t]+(.+?)[ \t]*$/.exec(begins)?.[1];
  if (opened === undefined) {
    // A heading that comes further down is not what the page begins in.
    const later = headingPath.findIndex((heading) => content.includes(`# ${heading}\n`));
    return headingPath.slice(0, later < 0 ? undefined : later).map(sentenceCase);
  }
  const at = headingPath.indexOf(opened);
  return (at < 0 ? [opened] : headingPath.slice(0, at + 1)).map(sentenceCase);
}
