import { counted } from '../calendar/words.ts';
import type { Locator, LocatorKind } from '../domain/document.ts';

/** Where in a document a passage stands. Files without pages count sections or rows. */
export type PassageLocator = Omit<Locator, 'label'> & Partial<Pick<Locator, 'label'>>;

/** A printed number, such as page "xii" or section "8.1"; headings are labels too, but are no place to count. */
const PRINTED = /^[\w.-]{1,8}$/;

function printedLabel({ kind, label }: PassageLocator): string | undefined {
  if (label == null) return undefined;
  return kind === 'page' || (PRINTED.test(label) && /\d/.test(label)) ? label : undefined;
}

/** "page 244", "section 2", "row 12": the printed number wins over the count. */
export function locatorName(locator: PassageLocator): string {
  return `${locator.kind} ${printedLabel(locator) ?? locator.index}`;
}

/** "page 244 of 334". A printed number that is not the count is followed by the count: "page xii (14 of 334)". */
export function locatorText(locator: PassageLocator): string {
  const { index, total } = locator;
  const printed = printedLabel(locator);
  const name = locatorName(locator);
  if (total === null) return name;
  return printed !== undefined && printed !== String(index)
    ? `${name} (${index} of ${total})`
    : `${name} of ${total}`;
}

/** Whether the words stand on it or in it. */
export function locatorPlace(locator: PassageLocator): string {
  if (locator.kind === 'page') return `on ${locatorName(locator)}`;
  return locator.total === 1 ? 'in your file' : `in ${locatorName(locator)}`;
}

/** "334 pages", "6 sections". A table is read in parts of many rows, and only the parts are counted. */
export function extentOf(document: { pageCount: number | null; locator: LocatorKind }): string | undefined {
  const { pageCount, locator } = document;
  if (pageCount === null) return undefined;
  return counted(pageCount, locator === 'row' ? 'part' : locator);
}
