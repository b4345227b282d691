import { counted } from '../calendar/words.ts';
import { isPaged, type Locator, type LocatorKind, READ_FROM_PICTURE, unitOf } from '../domain/document.ts';
import { spokenClock } from './moments.ts';

/** Where in a document a passage stands. Files without pages count sections or rows. */
export type PassageLocator = Omit<Locator, 'label'> & Partial<Pick<Locator, 'label'>>;

/** A printed number, such as page "xii" or section "8.1"; headings are labels too, but are no place to count. */
const PRINTED = /^[\w.-]{1,8}$/;

function printedLabel({ kind, label }: PassageLocator): string | undefined {
  if (label == null || label === READ_FROM_PICTURE) return undefined;
  return kind === 'page' || kind === 'sheet' || (PRINTED.test(label) && /\d/.test(label)) ? label : undefined;
}

/** "page 244", "section 2", "row 12", "slide 7", "sheet Sales, row 3", "12:03": the printed number wins over the count. */
export function locatorName(locator: PassageLocator): string {
  if (locator.label === READ_FROM_PICTURE)
    return `${locatorName({ ...locator, label: null })}, ${locator.label}`;
  if (locator.kind === 'slide') return `slide ${locator.index}`;
  if (locator.kind === 'time') return locator.label ? spokenClock(locator.label) : `part ${locator.index}`;
  return `${locator.kind} ${printedLabel(locator) ?? locator.index}`;
}

/** "page 244 of 334". A printed number that is not the count is followed by the count: "page xii (14 of 334)". */
export function locatorText(locator: PassageLocator): string {
  const { index, total, label } = locator;
  if (label === READ_FROM_PICTURE) return `${locatorText({ ...locator, label: null })}, ${label}`;
  if (locator.kind === 'sheet' || locator.kind === 'time') return locatorName(locator);
  const printed = locator.kind === 'slide' ? undefined : printedLabel(locator);
  const name = locatorName(locator);
  if (total === null) return name;
  return printed !== undefined && printed !== String(index)
    ? `${name} (${index} of ${total})`
    : `${name} of ${total}`;
}

/** Whether the words stand on it or in it. */
export function locatorPlace(locator: PassageLocator): string {
  if (isPaged(locator.kind)) return `on ${locatorName(locator)}`;
  if (locator.kind === 'time') return `at ${locatorName(locator)}`;
  return locator.total === 1 ? 'in your file' : `in ${locatorName(locator)}`;
}

/** "334 pages", "6 sections". A table is read in parts of many rows, and only the parts are counted. */
export function extentOf(document: { pageCount: number | null; locator: LocatorKind }): string | undefined {
  const { pageCount, locator } = document;
  if (pageCount === null) return undefined;
  return counted(pageCount, unitOf(locator));
}
