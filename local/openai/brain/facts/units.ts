import type { Passage } from '../answer/passages.ts';
import type { Language } from '../phrases.ts';
import { capitalised, plain } from '../text/plain.ts';
import { type Sentence, sentences } from '../text/sentences.ts';
import { among, rewritten, says } from '../words.ts';
import { isFitText } from './clause.ts';
import type { Unit } from './types.ts';
import { keysOf, rootsOf } from './words.ts';

/** Small words that tell one language from the others; of a language that is not here only what it is not. */
const LANGUAGES = ['en', 'de', 'es', 'fr', null] as const;
export const isSmall = (word: string, language: Language | null): boolean =>
  among(`small-${language ?? 'other'}`, word.toLowerCase());

const LEAST_SHARE = 0.04;
const LEAST_LEAD = 1.5;

/** The language of notes; catchwords without small words, in plain letters, are taken for English. */
export function languageOf(text: string): Language | null {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const [best, next] = LANGUAGES.map((language) => ({
    language,
    share: words.filter((word) => isSmall(word, language)).length / Math.max(1, words.length),
  })).sort((a, b) => b.share - a.share);
  if (!best || !next) return null;
  if (best.share < LEAST_SHARE) return best.language === 'en' || best.share === 0 ? 'en' : null;
  return best.share >= LEAST_LEAD * next.share ? best.language : null;
}

/** What a question may show of a text: markup, citations and the words that tie it to the sentence before are gone. */
export const readable = (text: string): string => rewritten('as-noted', plain(text)).trim();

/** "Types of unemployment:" names what is listed below it. */
const OPENS_LIST = /^(\p{L}[\p{L}\d ’'-]{2,40}):$/u;
const BULLET = /(?:[-*•–·◦▪]|\d[.)])[ \t]*$/;

/** Every sentence and every line of catchwords once, in the order of the passages; none of a language that is not known here. */
export function unitsOf(passages: readonly Passage[]): Unit[] {
  const units: Unit[] = [];
  const seen = new Set<string>();
  for (const passage of passages) {
    const language = languageOf(passage.text);
    if (!language) continue;
    const last = passage.heading.split(' > ').at(-1) ?? '';
    let heading = '';
    let list = '';
    for (const { text, kind, start } of linesAndSentences(passage.text)) {
      if (kind === 'heading') {
        heading = readable(text.replace(/^#+\s*/, ''));
        list = '';
        continue;
      }
      const clean = readable(text);
      const opened = OPENS_LIST.exec(clean)?.[1];
      if (opened || !BULLET.test(passage.text.slice(0, start))) list = opened ?? '';
      if (seen.has(clean) || says('sources', heading || last)) continue;
      seen.add(clean);
      const keys = keysOf(clean);
      units.push({
        passage,
        language,
        text,
        clean,
        keys,
        roots: new Set(rootsOf(clean)),
        kind,
        heading: heading || last,
        list,
        order: units.length,
      });
    }
  }
  return units;
}

const ENDS_LINE = /^\s*$|^\s*(?:[-*•#>|]|\d{1,2}[.)])|:\s*$/;

/** Lines of catchwords are no sentences, and run into one another when they are read as such. */
function linesAndSentences(text: string): Sentence[] {
  const lines = text.split('\n');
  const isLabelled = (line = ''): boolean => says('signed-line', line) || says('labelled-line', line);
  const isClear = (line = ''): boolean => ENDS_LINE.test(line) || isLabelled(line);
  // The last line of several is one of them, unless the next goes on with it.
  const isLast = (i: number): boolean => isLabelled(lines[i - 1]) && !/^\s*\p{Ll}/u.test(lines[i + 1] ?? '');
  const found: Sentence[] = [];
  let at = 0;
  for (const [i, line] of lines.entries()) {
    if (
      says('signed-line', line) ||
      (says('labelled-line', line) && ((isClear(lines[i - 1]) && isClear(lines[i + 1])) || isLast(i)))
    ) {
      const start = at + line.length - line.trimStart().length;
      found.push({ text: line.trim(), start, end: start + line.trim().length, kind: 'item', heading: '' });
    }
    at += line.length + 1;
  }
  if (found.length === 0) return sentences(text);
  let rest = text;
  for (const { start, end } of found) rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  return [...sentences(rest), ...found].sort((a, b) => a.start - b.start);
}

const SHORTEST = 25;
const LONGEST = 330;

/** A whole sentence that can be understood, and asked about, alone. */
export const isFit = (unit: Unit): boolean =>
  unit.kind !== 'fragment' &&
  unit.clean.length >= SHORTEST &&
  unit.clean.length <= LONGEST &&
  isFitText(statementOf(unit)) &&
  (unit.kind === 'item' || (/^\p{Lu}/u.test(unit.clean) && /[.!]["”)]*$/.test(unit.clean)));

/** A sentence without the words that only tie it to the one before. */
export const untied = (sentence: string): string => capitalised(rewritten('joining', sentence));
export const statementOf = ({ clean }: Unit): string => untied(clean);
