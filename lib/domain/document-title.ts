import { MAX_TITLE_CHARACTERS } from './bounds.ts';

/** The title a document starts with: its name as words, "openstax-psychology-ch08" as "Openstax psychology ch08". */
export function titleOfFile(fileName: string): string {
  const name = fileName.replace(/\.[^.]+$/, '').trim() || fileName;
  const words = /\s/.test(name) ? name : name.replace(/[-_]+/g, ' ').trim() || name;
  return (words.charAt(0).toUpperCase() + words.slice(1)).slice(0, MAX_TITLE_CHARACTERS);
}

const FIRST_CHARACTERS = 600;
const SHORTEST = 4;
const LONGEST = 120;

/** An address in a head is that of whoever wrote it. */
const ADDRESS = /(?:https?:\/\/|www\.)\S+/gi;
/** What the first part of anything is called names nothing. */
const PART =
  /^(?:\d[\d.]*\s*)?(?:abstract|contents|foreword|introduction|overview|preface|summary|table of contents)$/i;

const clean = (title: string) => title.replace(ADDRESS, ' ').replace(/\s+/g, ' ').trim();
const isTitle = (title: string) =>
  title.length >= SHORTEST &&
  title.length <= LONGEST &&
  /\p{L}{3}/u.test(title) &&
  !/[|<>{}]/.test(title) &&
  !PART.test(title);

/** What a document calls itself: its outermost first heading, where one stands at the beginning of its text. */
export function titleInText(firstPage: string): string | null {
  const heading = /^ {0,3}#{1,2}[ \t]+(.+?)[ \t]*#*[ \t]*$/m.exec(firstPage.slice(0, FIRST_CHARACTERS))?.[1];
  const title = clean(heading?.replace(/[*_`]+/g, '') ?? '');
  return isTitle(title) ? title : null;
}

const SHOWN_SHARE = 0.7;

/**
 * What a file says of itself beside its text. Programs write there what they like (a template's name, the first file it was made
 * from), so it counts where its words are what the reader sees on the first pages.
 */
export function titleInMetadata(said: string | undefined, firstPages: string): string | null {
  const title = clean(said ?? '');
  if (!isTitle(title) || /\.[a-z]{2,5}$/i.test(title)) return null;
  const shown = firstPages.toLowerCase();
  const words = title.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return words.filter((word) => shown.includes(word)).length >= SHOWN_SHARE * words.length ? title : null;
}
