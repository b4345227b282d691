/** Where in a document a passage stands. Files without pages count sections or rows. */
export type PassageLocator = {
  kind: 'page' | 'section' | 'row';
  index: number;
  total: number | null;
  /** The number or name printed in the document, where it differs from the count. */
  label?: string | null;
};

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

/** The reader's address for a passage, with the exact words to mark. */
export function documentHref(docId: string, page: number, marks?: { from: number; to: number }): string {
  const query = new URLSearchParams({ p: String(page) });
  if (marks) {
    query.set('from', String(marks.from));
    query.set('to', String(marks.to));
  }
  return `/library/${docId}?${query}`;
}
