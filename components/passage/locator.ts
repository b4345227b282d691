/** Where in a document a passage stands. Files without pages count sections or rows. */
export type PassageLocator = {
  kind: 'page' | 'section' | 'row';
  index: number;
  total: number | null;
  /** The number or name printed in the document, where it differs from the count. */
  label?: string | null;
};

/** "page 244", "section 2", "row 12": the printed label wins over the count. */
export function locatorName({ kind, index, label }: PassageLocator): string {
  return `${kind} ${label ?? index}`;
}

/** "page 244 of 334". A printed label that is not the count is followed by the count: "page xii (14 of 334)". */
export function locatorText(locator: PassageLocator): string {
  const { index, total, label } = locator;
  const name = locatorName(locator);
  if (total === null) return name;
  return label != null && label !== String(index) ? `${name} (${index} of ${total})` : `${name} of ${total}`;
}

/** Whether the words stand on it or in it. */
export const locatorPlace = (locator: PassageLocator) =>
  `${locator.kind === 'section' ? 'in' : 'on'} ${locatorName(locator)}`;

/** The reader's address for a passage, with the exact words to mark. */
export function documentHref(docId: string, page: number, marks?: { from: number; to: number }): string {
  const query = new URLSearchParams({ p: String(page) });
  if (marks) {
    query.set('from', String(marks.from));
    query.set('to', String(marks.to));
  }
  return `/library/${docId}?${query}`;
}
