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

/** What a document calls itself: its outermost first heading, where one stands at the beginning of its text. */
export function titleInText(firstPage: string): string | null {
  const heading = /^ {0,3}#{1,2}[ \t]+(.+?)[ \t]*#*[ \t]*$/m.exec(firstPage.slice(0, FIRST_CHARACTERS))?.[1];
  const title =
    heading
      ?.replace(/[*_`]+/g, '')
      .replace(/\s+/g, ' ')
      .trim() ?? '';
  const isTitle =
    title.length >= SHORTEST && title.length <= LONGEST && /\p{L}{3}/u.test(title) && !/[|<>{}]/.test(title);
  return isTitle ? title : null;
}
