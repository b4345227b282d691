import { listOf } from '../calendar/words.ts';
import type { Account } from '../domain/account.ts';
import { encodingName, type LocatorKind, TEXT_ENCODINGS, type TextEncoding } from '../domain/sets.ts';
import { listening, sayCapital, saying } from '../language/said.ts';
import { inEnglish, type Message, type Translate, text } from '../language/text.ts';
import { extentOf } from './locator.ts';

/** Runs of pages named in a sentence before it says how many more there are. */
const NAMED_RUNS = 6;

const PARTS = text('{count, plural, one {part} other {parts}} {list}');
const WORDS: Readonly<Record<LocatorKind, Message>> = {
  page: text('{count, plural, one {page} other {pages}} {list}'),
  section: text('{count, plural, one {section} other {sections}} {list}'),
  slide: text('{count, plural, one {slide} other {slides}} {list}'),
  row: PARTS,
  sheet: PARTS,
  time: PARTS,
};

/** "pages 3–5, 9, 12", "page 3". */
export function pagesNamed(pages: readonly number[], kind: LocatorKind, t = inEnglish): string {
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
  const list = named.join(', ');
  return t(WORDS[kind], {
    count: pages.length,
    list: more > 0 ? t('{list} and {more} more', { list, more }) : list,
  });
}

const capital = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

const picturesText = (pages: readonly number[], kind: LocatorKind, t: typeof inEnglish) =>
  t('{pages} {count, plural, one {is a picture} other {are pictures}}', {
    pages: pagesNamed(pages, kind, t),
    count: pages.length,
  });

/** "Pages 3–5 are pictures", for whoever listens. */
export const arePictures = (pages: readonly number[], kind: LocatorKind): string =>
  sayCapital(picturesText(pages, kind, saying));

/** What an answer needs to know of a document that was not read whole; null when it was. */
export function unreadText(
  { pagesRead, pageCount, pictures, undecodable }: Account,
  kind: LocatorKind,
  t = inEnglish,
): string | null {
  if (pictures.length === 0 && undecodable.length === 0) return null;
  const extent = extentOf({ pageCount, locator: kind }, t) ?? '';
  const parts = [t('read {read} of {extent}', { read: pagesRead, extent })];
  if (pictures.length > 0) parts.push(picturesText(pictures, kind, t));
  if (undecodable.length > 0) {
    const pages = pagesNamed(undecodable, kind, t);
    parts.push(
      kind === 'page'
        ? t('the text layer of {pages} cannot be read', { pages })
        : t('{pages} cannot be read', { pages }),
    );
  }
  return parts.join('; ');
}

const SCRIPTS: readonly Message[] = [
  text('Western'),
  text('Central European'),
  text('Baltic'),
  text('Cyrillic'),
  text('Greek'),
  text('Turkish'),
  text('Hebrew'),
  text('Arabic'),
  text('Thai'),
  text('Vietnamese'),
  text('Japanese'),
  text('Chinese'),
  text('Korean'),
];

/** What a text can be read as, in the words of whoever chooses. */
export const encodingsNamed = (t = inEnglish) =>
  (Object.keys(TEXT_ENCODINGS) as TextEncoding[]).map((value) => {
    const [script, name] = TEXT_ENCODINGS[value];
    const said = SCRIPTS.find((known) => known.text === script);
    return { value, stored: encodingName(value), name: said ? `${t(said)} (${name})` : name };
  });

/** An encoding as an account names it. */
const encodingSaid = (stored: string, t: typeof inEnglish): string =>
  encodingsNamed(t).find((known) => known.stored === stored)?.name ?? stored;

const MOST_NOTES = 20;

/** What a reader has to tell beside its pages, with what that is made of. */
export function notesOf(make: () => string[]): Pick<Account, 'notes' | 'said'> {
  const { made: notes, said } = listening(() => make().slice(0, MOST_NOTES));
  return { notes, said };
}

type FailedReading = { errorCode: string | null; errorMessage: string | null; account: Account };

/** Why a reading failed; undefined where nothing says it. */
export const readingFault = ({ errorCode, errorMessage, account }: FailedReading, t: Translate) =>
  errorMessage === null
    ? undefined
    : t.fault({ code: errorCode ?? 'internal', message: errorMessage, said: account.said });

/** All that a student should know of how a file was read, as sentences; empty when there is nothing to tell. */
export function accountSentences(account: Account, kind: LocatorKind, t = inEnglish): string[] {
  const {
    encoding,
    rivalEncoding,
    fromPictures,
    byModel,
    annotations,
    hiddenText,
    droppedPictures,
    notes,
    said,
  } = account;
  const leftOut = [
    annotations > 0 ? t('{count, plural, one {# comment} other {# comments}}', { count: annotations }) : '',
    hiddenText > 0
      ? t('{count, plural, one {# piece} other {# pieces}} of hidden text', { count: hiddenText })
      : '',
    droppedPictures > 0
      ? t('{count, plural, one {# picture} other {# pictures}}', { count: droppedPictures })
      : '',
  ].filter(Boolean);
  const unread = unreadText(account, kind, t);
  const byPrint = fromPictures.filter((page) => !byModel.includes(page));
  const named = (pages: readonly number[]) => ({ pages: pagesNamed(pages, kind, t) });
  return [
    ...(unread ? [`${capital(unread)}.`] : []),
    ...(byPrint.length > 0 ? [t('Read from pictures, so it may hold errors: {pages}.', named(byPrint))] : []),
    ...(byModel.length > 0
      ? [t('Read from pictures by a model, so it may hold errors: {pages}.', named(byModel))]
      : []),
    ...(encoding ? [t('Read as {encoding}.', { encoding: encodingSaid(encoding, t) })] : []),
    ...(rivalEncoding
      ? [t('It may be {encoding} instead.', { encoding: encodingSaid(rivalEncoding, t) })]
      : []),
    ...(leftOut.length > 0 ? [t('Left out: {list}.', { list: listOf(leftOut, t.language) })] : []),
    ...notes.map((message) => t.fault({ message, said })),
  ];
}
