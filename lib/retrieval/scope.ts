import { terms } from './tokenizer.ts';

export type NamedDocument = { id: string; title: string; course: string | null };

/** What a text names of the library, and what is left of it beside the name. */
export type Scope = {
  documents: NamedDocument[];
  rest: string;
  /** Whether the name stands there in full. */
  isWritten: boolean;
};

const EXTENSION = /\.[a-z]\w{1,4}$/i;
/** Share of a title's words that a text needs to name the document. */
const TITLE_SHARE = 0.6;
const LEAST_LETTERS = 4;

/** "What is left" of a sentence that only pointed at a document. */
const POINTING =
  /^(?:[\s,:;.!?“”"'()-]|\b(?:the|a|an|my|of|in|from|on|about|out|for|to|and|with|this|that|its?|file|document|pdf|notes?|chapter|text|whole|entire|all|main|key|points?|ideas?|contents?|everything|summary|summar(?:y|ise|ize)|overview)\b)*$/i;

const spelt = (title: string): string =>
  title
    .replace(EXTENSION, '')
    .replace(/[_-]+/g, ' ')
    .replace(/\b(ch|chap|lec|lect|wk)(?=\.? ?\d)/gi, (short) =>
      short.toLowerCase().startsWith('c')
        ? 'chapter '
        : short.toLowerCase().startsWith('l')
          ? 'lecture '
          : 'week ',
    )
    .replace(/(\p{L})(\d)/gu, '$1 $2')
    .replace(/\b0+(?=\d)/g, '');

const wordsOf = (text: string): string[] => terms(spelt(text));

const shareOf = (words: readonly string[], held: ReadonlySet<string>) =>
  words.filter((word) => held.has(word)).length / Math.max(1, words.length);

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The place of a document's name in a text: with its ending, or its whole title where that is more than one word. */
function namedAt(text: string, { title }: NamedDocument): RegExpExecArray | null {
  const bare = title.replace(EXTENSION, '');
  const isName = bare.length >= LEAST_LETTERS && /[\s_\d-]/.test(bare.trim());
  const names = [...(EXTENSION.test(title) ? [title] : []), ...(isName ? [bare, spelt(title)] : [])];
  for (const name of names) {
    const found = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name.trim())}(?![\\p{L}\\p{N}])`, 'iu').exec(text);
    if (found) return found;
  }
  return null;
}

/** "This file", "its main points": the document that was spoken of last. */
const POINTS = '(?:main |key |important |central )*(?:points?|ideas?|contents?|summary)';
const DOCUMENT = '(?:documents?|files?|chapters?|pdfs?|lectures?|slides|texts?|papers?|articles?|notes?)';
const LAST = new RegExp(
  `^(?:(?:the |all )?${POINTS} (?:of|in|from) )?(?:it|this|that|(?:this|that|the same) (?:\\S+ )?${DOCUMENT})$|^its ${POINTS}$`,
  'i',
);

export const meansLast = (topic: string): boolean => LAST.test(topic.trim().replace(/[.?!]+$/, ''));

/** The documents whose names stand in a question, written out. A word that is also a title names none. */
export function writtenOut(text: string, documents: readonly NamedDocument[]): Scope {
  const found = documents.flatMap((document) => {
    const at = namedAt(text, document);
    return at ? [{ document, at }] : [];
  });
  const longest = Math.max(0, ...found.map(({ at }) => at[0].length));
  const chosen = found.filter(({ at }) => at[0].length === longest);
  const rest = chosen.reduce((left, { at }) => left.replace(at[0], ' '), text);
  return {
    documents: chosen.map(({ document }) => document),
    rest: POINTING.test(rest) ? '' : rest.replace(/\s+/g, ' ').trim(),
    isWritten: chosen.length > 0,
  };
}

/** Documents that a topic names: written out, or by most words of a title, or as a course. */
export function documentsNamed(topic: string, documents: readonly NamedDocument[]): Scope {
  const written = writtenOut(topic, documents);
  if (written.documents.length > 0) return written;
  const asked = wordsOf(topic);
  if (asked.length === 0) return { documents: [], rest: topic, isWritten: false };
  const named = documents.filter(({ title, course }) => {
    if (course?.toLocaleLowerCase() === topic.trim().toLocaleLowerCase()) return true;
    const words = wordsOf(title);
    if (words.length === 0 || shareOf(asked, new Set(words)) < 1) return false;
    const isNumbered = /\p{L}+ ?\d+/u.test(topic) && asked.length > 1;
    return (
      isNumbered ||
      (shareOf(words, new Set(asked)) >= TITLE_SHARE && (words.length > 1 || asked.length === words.length))
    );
  });
  return { documents: named, rest: named.length > 0 ? '' : topic, isWritten: false };
}
