import { counted, listOf } from '../calendar/words.ts';
import type { Account } from '../domain/account.ts';
import { type LocatorKind, unitOf } from '../domain/document.ts';

/** Runs of pages named in a sentence before it says how many more there are. */
const NAMED_RUNS = 6;

/** "pages 3–5, 9, 12", "page 3". */
export function pagesNamed(pages: readonly number[], unit: string): string {
  const runs: [number, number][] = [];
  for (const page of [...new Set(pages)].sort((left, right) => left - right)) {
    const last = runs.at(-1);
    if (last && page === last[1] + 1) last[1] = page;
    else runs.push([page, page]);
  }
  const named = runs.slice(0, NAMED_RUNS).map(([from, to]) => {
    if (from === to) return String(from);
    return to === from + 1 ? `${from}, ${to}` : `${from}–${to}`;
  });
  const more = runs.slice(NAMED_RUNS).reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const list = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `${unit}${pages.length === 1 ? '' : 's'} ${list}`;
}

/** "Pages 3–5 are pictures" */
export function arePictures(pages: readonly number[], kind: LocatorKind): string {
  const named = pagesNamed(pages, unitOf(kind));
  return `${named.charAt(0).toUpperCase()}${named.slice(1)} ${pages.length === 1 ? 'is a picture' : 'are pictures'}`;
}

/** What an answer needs to know of a document that was not read whole; null when it was. */
export function unreadText(
  { pagesRead, pageCount, pictures, undecodable }: Account,
  kind: LocatorKind,
): string | null {
  if (pictures.length === 0 && undecodable.length === 0) return null;
  const unit = unitOf(kind);
  const parts = [`read ${pagesRead} of ${counted(pageCount, unit)}`];
  if (pictures.length > 0)
    parts.push(`${pagesNamed(pictures, unit)} ${pictures.length === 1 ? 'is a picture' : 'are pictures'}`);
  if (undecodable.length > 0) parts.push(`the text layer of ${pagesNamed(undecodable, unit)} cannot be read`);
  return parts.join('; ');
}

const readFrom = (how: string, pages: readonly number[], kind: LocatorKind): string[] =>
  pages.length > 0 ? [`${how}, so it may hold errors: ${pagesNamed(pages, unitOf(kind))}.`] : [];

/** All that a student should know of how a file was read, as sentences; empty when there is nothing to tell. */
export function accountSentences(account: Account, kind: LocatorKind): string[] {
  const { encoding, fromPictures, byModel, annotations, hiddenText, droppedPictures, notes } = account;
  const leftOut = [
    annotations > 0 ? counted(annotations, 'comment') : '',
    hiddenText > 0 ? `${counted(hiddenText, 'piece')} of hidden text` : '',
    droppedPictures > 0 ? counted(droppedPictures, 'picture') : '',
  ].filter(Boolean);
  const unread = unreadText(account, kind);
  return [
    ...(unread ? [`${unread.charAt(0).toUpperCase()}${unread.slice(1)}.`] : []),
    ...readFrom(
      'Read from pictures',
      fromPictures.filter((page) => !byModel.includes(page)),
      kind,
    ),
    ...readFrom('Read from pictures by a model', byModel, kind),
    ...(encoding ? [`Read as ${encoding}.`] : []),
    ...(leftOut.length > 0 ? [`Left out: ${listOf(leftOut)}.`] : []),
    ...notes,
  ];
}
