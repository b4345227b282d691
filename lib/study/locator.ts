import { isPaged, type Locator, type LocatorKind, READ_FROM_PICTURE } from '../domain/document.ts';
import { inEnglish, type Message, text } from '../language/text.ts';
import { spokenClock } from './moments.ts';

/** Where in a document a passage stands. Files without pages count sections or rows. */
export type PassageLocator = Omit<Locator, 'label'> & Partial<Pick<Locator, 'label'>>;

type Words = Readonly<{ name: Message; unit: Message; count: Message; place: Message }>;

const PART = {
  name: text('part {name}'),
  unit: text('part'),
  count: text('{count, plural, one {# part} other {# parts}}'),
};
const WORDS: Readonly<Record<LocatorKind, Words>> = {
  page: {
    name: text('page {name}'),
    unit: text('page'),
    count: text('{count, plural, one {# page} other {# pages}}'),
    place: text('on page {name}'),
  },
  section: {
    name: text('section {name}'),
    unit: text('section'),
    count: text('{count, plural, one {# section} other {# sections}}'),
    place: text('in section {name}'),
  },
  slide: {
    name: text('slide {name}'),
    unit: text('slide'),
    count: text('{count, plural, one {# slide} other {# slides}}'),
    place: text('on slide {name}'),
  },
  // Rows and captions are read in parts of many, so only the parts are counted.
  row: { ...PART, name: text('row {name}'), place: text('in row {name}') },
  sheet: { ...PART, name: text('sheet {name}'), place: text('in sheet {name}') },
  time: { ...PART, place: text('at {name}') },
};

/** "page", "part": what is counted of a file. */
export const unitName = (kind: LocatorKind, t = inEnglish): string => t(WORDS[kind].unit);
/** "page 12", "part 3": the count, whatever is printed there. */
export const countedName = (kind: LocatorKind, index: number, t = inEnglish): string =>
  t(WORDS[kind].count === PART.count ? PART.name : WORDS[kind].name, { name: index });

/** "sheet Sales", "section 8.1". */
export const placeCalled = (kind: LocatorKind, name: string | number, t = inEnglish): string =>
  t(WORDS[kind].name, { name });

/** A printed number, such as page "xii" or section "8.1"; headings are labels too, but are no place to count. */
const PRINTED = /^[\w.-]{1,8}$/;

function printedLabel({ kind, label }: PassageLocator): string | undefined {
  if (label == null || label === READ_FROM_PICTURE) return undefined;
  return kind === 'page' || kind === 'sheet' || (PRINTED.test(label) && /\d/.test(label)) ? label : undefined;
}

/** What a place is called by: its number, its printed number, its clock. */
function calledOf(locator: PassageLocator): string | number {
  const { kind, label, index } = locator;
  if (kind === 'slide') return index;
  if (kind === 'time' && label) return spokenClock(label);
  return (kind === 'time' ? undefined : printedLabel(locator)) ?? index;
}

const fromPicture = (words: string, t: typeof inEnglish) =>
  t('{place}, read from a picture', { place: words });

/** "page 244", "section 2", "row 12", "slide 7", "sheet Sales, row 3", "12:03": the printed number wins over the count. */
export function locatorName(locator: PassageLocator, t = inEnglish): string {
  if (locator.label === READ_FROM_PICTURE) return fromPicture(locatorName({ ...locator, label: null }, t), t);
  const name = calledOf(locator);
  return locator.kind === 'time' && locator.label ? String(name) : placeCalled(locator.kind, name, t);
}

/** "page 244 of 334". A printed number that is not the count is followed by the count: "page xii (14 of 334)". */
export function locatorText(locator: PassageLocator, t = inEnglish): string {
  const { index, total, label } = locator;
  if (label === READ_FROM_PICTURE) return fromPicture(locatorText({ ...locator, label: null }, t), t);
  const place = locatorName(locator, t);
  if (locator.kind === 'sheet' || locator.kind === 'time' || total === null) return place;
  const printed = locator.kind === 'slide' ? undefined : printedLabel(locator);
  return printed !== undefined && printed !== String(index)
    ? t('{place} ({index} of {total})', { place, index, total })
    : t('{place} of {total}', { place, total });
}

/** Whether the words stand on it or in it. */
export function locatorPlace(locator: PassageLocator, t = inEnglish): string {
  const { kind, label, total } = locator;
  if (!isPaged(kind) && kind !== 'time' && total === 1) return t('in your file');
  if (label === READ_FROM_PICTURE) return fromPicture(locatorPlace({ ...locator, label: null }, t), t);
  return t(WORDS[kind].place, { name: calledOf(locator) });
}

/** "334 pages", "6 sections". A table is read in parts of many rows, and only the parts are counted. */
export function extentOf(
  { pageCount, locator }: { pageCount: number | null; locator: LocatorKind },
  t = inEnglish,
): string | undefined {
  return pageCount === null ? undefined : t(WORDS[locator].count, { count: pageCount });
}
