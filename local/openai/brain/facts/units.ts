import type { Passage } from '../answer/passages.ts';
import { capitalised, plain } from '../text/plain.ts';
import { type Sentence, sentences } from '../text/sentences.ts';
import type { Unit } from './types.ts';
import { keysOf } from './words.ts';

/** Small words that tell one language from the others; of a language that is not here only what it is not. */
const SMALL_WORDS: Record<string, string> = {
  en: 'the of and to in is that it for on with as are by be this an or at from which not has have was were can when their',
  de: 'der die das und ist nicht ein eine einer den dem des mit von auf für sich werden wird im zum zur aus sind bei oder als durch',
  es: 'el los las del una un que por con para y es en se su al fue son como entre',
  fr: 'le les des est une un que dans pour pas sur et du au aux par qui sont ou ne ce',
  other: 'det som til er på het een van che di il per sono são uma não em o',
};
const LANGUAGES = Object.entries(SMALL_WORDS).map(
  ([language, words]) => [language, new Set(words.split(' '))] as const,
);
export type Language = 'en' | 'de' | 'es' | 'fr';
const isLanguage = (name: string): name is Language => name !== 'other' && name in SMALL_WORDS;

export const isSmall = (word: string, language: Language): boolean =>
  LANGUAGES.some(([name, small]) => name === language && small.has(word.toLowerCase()));

const LEAST_SHARE = 0.04;
const LEAST_LEAD = 1.5;

/** The language of notes; catchwords without small words, in plain letters, are taken for English. */
export function languageOf(text: string): Language | null {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const [best, next] = LANGUAGES.map(([language, small]) => ({
    language,
    share: words.filter((word) => small.has(word)).length / Math.max(1, words.length),
  })).sort((a, b) => b.share - a.share);
  if (!best || !next) return null;
  if (best.share < LEAST_SHARE) return best.language === 'en' || best.share === 0 ? 'en' : null;
  return best.share >= LEAST_LEAD * next.share && isLanguage(best.language) ? best.language : null;
}

/** Sentences that lean on what stands around them, speak to the reader, or are not language. */
const UNFIT =
  /\?$|\b(?:I|we|We|our|Our|you|You|your|Your|us|let[’']s|my|My)\b|\b(?:[Ff]igure|Fig\.|Table|(?:below|above)(?=[.,;:)]|$| (?:is|are|was|were|and|shows?)\b)|(?:the|see|shown|described|discussed|mentioned|listed|given) (?:below|above)|th(?:is|e present) (?:chapter|section|lesson|study|paper|review|article|module|manuscript|work|report|book|course|tutorial|project|case|example)|(?:previous|next|following|earlier|last) (?:section|chapter|lesson|example|step|paragraph)|click|Click|et al|see also|respectively)\b|https?:|www\.|[{}<>|\\=^~]|\$|!\[|✅|⚠|💁|\bcredit\b|\([a-z]\)|\.\.\.|…|\bpp?\. ?\d|\d\(\d+\)|\b\d{1,4}[–-]\d{1,4}\.?$|, \d+, \d|\bdoi\b|\b\p{Lu}\.(?: ?\p{Lu}\.)?, (?:&|\p{Lu})|\(\d{4}(?!-)|^[“"(']|\[|\]|\bref\b|¼|�/u;

/** All of us, and not who wrote the notes: "events we have experienced". */
const GENERAL_WE =
  /(?<=\b(?:events|facts|those|memories|things|information|experiences|people|what) )we\b|\bour(?= (?:skin|bod(?:y|ies)|brains?|memor(?:y|ies)|consciousness|cells|eyes|blood|lives|senses|bones|muscles)\b)/g;

const SHORTEST = 25;
const LONGEST = 330;

/** A citation in brackets breaks the sentence for whoever reads it in a question. */
const AUTHOR_YEAR =
  /\s*\((?:[^()]*\b(?:et al\.?|\p{Lu}\p{L}+,? (?:and|&) \p{Lu}\p{L}+|\p{Lu}\p{L}+),? ?(?:19|20)\d\d[a-z]?[^()]*)\)/gu;

/** What a question may show of a text: markup, citations and the words that tie it to the sentence before are gone. */
export function readable(text: string): string {
  return plain(text)
    .replace(AUTHOR_YEAR, '')
    .replace(/^\d{1,3}(?:, ?\d{1,3})* (?=(?:The|An?|In|On|As|[A-Z]\p{Ll}{3,})[ ,])/u, '')
    .replace(/\s*\(\s+(?:Figure|Fig\.?|Table)[^)]*\)/g, '')
    .replace(/\s*\[\d[\d,]*,\.$/, '.')
    .replace(/(^|[^\p{L}\p{N}])[*_](\S[^*_]*)[*_](?=$|[^\p{L}\p{N}])/gu, '$1$2')
    .replace(/\p{Extended_Pictographic}\uFE0F?\s*/gu, '')
    .replace(/\s+([.,;:?!])/g, '$1')
    .replace(/\.{2,}$/, '.')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Every sentence and every line of catchwords once, in the order of the passages; none of a language that is not known here. */
export function unitsOf(passages: readonly Passage[]): Unit[] {
  const units: Unit[] = [];
  const seen = new Set<string>();
  for (const passage of passages) {
    const language = languageOf(passage.text);
    if (!language) continue;
    const last = passage.heading.split(' > ').at(-1) ?? '';
    let opensSection = true;
    let heading = '';
    let list = '';
    for (const sentence of linesAndSentences(passage.text)) {
      if (sentence.kind === 'heading') {
        opensSection = true;
        heading = sentence.text.replace(/^#+\s*/, '');
        list = '';
        continue;
      }
      const clean = readable(sentence.text);
      const opened = OPENS_LIST.exec(clean)?.[1];
      if (opened || !BULLET.test(passage.text.slice(0, sentence.start))) list = opened ?? '';
      if (seen.has(clean) || isReference(heading || last)) continue;
      seen.add(clean);
      units.push({
        passage,
        language,
        text: sentence.text,
        clean,
        keys: keysOf(clean),
        kind: sentence.kind,
        heading: readable(heading) || last,
        list,
        opensSection,
        order: units.length,
      });
      opensSection = false;
    }
  }
  return units;
}

/** "Types of unemployment:" names what is listed below it. */
const OPENS_LIST = /^(\p{L}[\p{L}\d ’'-]{2,40}):$/u;

const BULLET = /(?:[-*•–·◦▪]|\d[.)])[ \t]*$/;

/** "substrate = what an enzyme acts on", "Km -> affinity", "Recession: two quarters …": a line for itself. */
const SIGNED = /^[ \t]*(?![#>|*•\-–\d])[^\n=:→>`$]{2,48}?\s*(?:=|->|→|=>)\s+[^`$\n]{3,160}$/u;
const LABELLED =
  /^[ \t]*(?![#>|*•\-–]|\d{1,2}[.)] )[^\s:]{1,30}(?: [^\s:]{1,30}){0,4}(?::|\s[-–—])\s+[^`$\n]{3,140}$/u;
const ENDS_LINE = /^\s*$|^\s*(?:[-*•#>|]|\d{1,2}[.)])/;

/** Lines of catchwords are no sentences, and run into one another when they are read as such. */
function linesAndSentences(text: string): Sentence[] {
  const lines = text.split('\n');
  const isClear = (line: string | undefined): boolean =>
    line === undefined ||
    ENDS_LINE.test(line) ||
    SIGNED.test(line) ||
    LABELLED.test(line) ||
    /:\s*$/.test(line);
  const found: Sentence[] = [];
  let at = 0;
  for (const [i, line] of lines.entries()) {
    const isLine =
      SIGNED.test(line) || (LABELLED.test(line) && isClear(lines[i - 1]) && isClear(lines[i + 1]));
    if (isLine) {
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

const isReference = (heading: string): boolean =>
  /^(?:references|bibliography|works cited|further reading|acknowledge?ments?|review questions?|self-check questions?|critical thinking|personal application|assignment|post-lecture quiz|pre-lecture quiz|challenge)\b/i.test(
    heading.replace(/^[#\s\d.]+/, ''),
  );

/** A whole sentence that can be understood, and asked about, alone. */
export function isFit(unit: Unit): boolean {
  const { clean, kind } = unit;
  return (
    kind !== 'fragment' &&
    clean.length >= SHORTEST &&
    clean.length <= LONGEST &&
    !UNFIT.test(statementOf(unit).replace(GENERAL_WE, 'they')) &&
    (kind === 'item' || (/^\p{Lu}/u.test(clean) && /[.!]["”)]*$/.test(clean)))
  );
}

/** True for a meaning or an item that can be shown alone. */
export const isFitPart = (text: string): boolean => !UNFIT.test(text);

const JOINING =
  /^(?:(?:As you (?:might|may|can) (?:imagine|expect|guess|see|recall)|To refresh your memory|(?:You|We) (?:may |now |already )?(?:know|recall|remember|have seen) that|It (?:should be noted|is (?:important|worth|useful) (?:to note|to know|to remember|noting)) that|Keep in mind that|Remember|Recall|However|Therefore|Thus|Hence|Moreover|Furthermore|In addition(?! to)|In short|For one|Additionally|For example|For instance|In fact|Indeed|As a result|Consequently|In contrast|By contrast|On the other hand|Similarly|Conversely|Ultimately|Meanwhile|Likewise|Also|Finally|Recall that|Remember that|Note that|Importantly|Interestingly|In general|Generally|Specifically|In particular|In other words|Of course|Overall|Again|Rather|Instead|Nevertheless|Nonetheless|Still|Meanwhile|Then|Next|Lastly|Unfortunately|Notably|Clearly|Essentially|Abstract: ?|Text: ?|BACKGROUND: ?|CONCLUSIONS?: ?|RESULTS: ?|METHODS: ?),?\s+)+/;

/** The sentence without the words that only tie it to the one before. */
export function statementOf(unit: Unit): string {
  const text = unit.clean.replace(JOINING, '');
  return capitalised(text);
}
