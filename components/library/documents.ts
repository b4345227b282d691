import type { AddedDocument, DocumentView } from '@/lib/db/queries/document';
import { ARRIVAL_MINUTES } from '@/lib/domain/bounds';
import { unitOf } from '@/lib/domain/document';
import { inEnglish, text } from '@/lib/language/text';
import { countedName } from '@/lib/study/locator';

/** What the API tells of a document. */
export type LibraryDocument = DocumentView;
export type CreatedDocument = AddedDocument;

export const isUnfinished = (document: LibraryDocument) =>
  document.status === 'pending' || document.status === 'processing';

/** Read anew after the index has changed: what was read before answers meanwhile. */
export const isReread = ({ status, stage }: LibraryDocument) => status === 'ready' && stage !== null;

/** Its figures change by themselves. */
export const isMoving = (document: LibraryDocument) => isUnfinished(document) || isReread(document);

/** An upload that was cut off leaves a row that waits for a file nobody sends. */
export const isStranded = (document: LibraryDocument, nowMs: number) =>
  document.status === 'pending' &&
  document.progress === 0 &&
  nowMs - Date.parse(document.createdAt) > ARRIVAL_MINUTES * 60_000;

/** What is being done to a document, in words. Pages are named only when they were counted. */
export function activityOf(document: LibraryDocument, t = inEnglish): string {
  const { status, stage, pagesRead, pageCount, locator } = document;
  if (status === 'pending') return t('Waiting for its turn');
  if (stage === 'extracting' && pageCount !== null && pagesRead > 0 && unitOf(locator) !== 'part') {
    return t('Reading {place} of {pageCount}', {
      place: countedName(locator, Math.min(pagesRead, pageCount), t),
      pageCount,
    });
  }
  if (stage === 'chunking') return t('Finding the sections');
  if (stage === 'embedding') return t('Learning where things stand');
  if (stage === 'storing') return t('Putting it in your library');
  return t('Reading');
}

/** By course in alphabetical order, documents without one last; inside a course the order given. */
export function groupByCourse(documents: readonly LibraryDocument[]) {
  const courses = [...new Set(documents.map(({ course }) => course))].sort((left, right) => {
    if (left === null || right === null) return left === null ? 1 : -1;
    return left.localeCompare(right);
  });
  return courses.map((course) => ({
    course,
    documents: documents.filter((document) => document.course === course),
  }));
}

const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** Every word of the query occurs in the title, file name, course or tags; accents and case do not matter. */
export function matchesFind(document: LibraryDocument, query: string): boolean {
  const text = folded(
    `${document.title} ${document.fileName ?? ''} ${document.course ?? ''} ${document.tags.join(' ')}`,
  );
  return folded(query)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Tags as they are typed, with commas between them. */
export const tagsOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(',')
      .map((tag) => tag.trim().replace(/^#/, '').trim())
      .filter(Boolean),
  ),
];

export const SORTS = {
  new: text('Newest first'),
  title: text('By title'),
  size: text('Largest first'),
} as const;
export type Sort = keyof typeof SORTS;
/** What of the library is shown and how, as the address keeps it. */
export type Shown = { q: string; sort: Sort; course: string | null; tag: string | null };
/** Stands in the address for documents without a course, which no course may be called. */
export const NO_COURSE = '-';

export function shownOf(address: Pick<URLSearchParams, 'get'>): Shown {
  const sort = address.get('sort') ?? '';
  return {
    q: address.get('q') ?? '',
    sort: sort in SORTS ? (sort as Sort) : 'new',
    course: address.get('course') || null,
    tag: address.get('tag') || null,
  };
}

export function addressOf({ q, sort, course, tag }: Shown): string {
  const fields = {
    ...(q && { q }),
    ...(sort !== 'new' && { sort }),
    ...(course && { course }),
    ...(tag && { tag }),
  };
  return new URLSearchParams(fields).toString();
}

const BY: Record<Sort, (left: LibraryDocument, right: LibraryDocument) => number> = {
  new: () => 0,
  title: (left, right) => left.title.localeCompare(right.title, undefined, { numeric: true }),
  size: (left, right) => (right.sizeBytes ?? 0) - (left.sizeBytes ?? 0),
};

/** The documents that are asked for, in the order that is. */
export function shownAmong(documents: readonly LibraryDocument[], { q, sort, course, tag }: Shown) {
  const asked = q.trim();
  return documents
    .filter(
      (document) =>
        (asked === '' || matchesFind(document, asked)) &&
        (course === null || (document.course ?? NO_COURSE) === course) &&
        (tag === null || document.tags.includes(tag)),
    )
    .toSorted(BY[sort]);
}
