import type { Passage } from '../answer/passages.ts';
import { capitalised, plain } from '../text/plain.ts';
import { sentences } from '../text/sentences.ts';
import type { Unit } from './types.ts';
import { keysOf } from './words.ts';

const ENGLISH = new Set(
  'the of and to in is that it for on with as are by be this an or at from which not has have was were can when their'.split(
    ' ',
  ),
);
/** Small words of other languages; none of them is an English word. */
const OTHERS = new Set(
  (
    'der die das und ist nicht ein eine den dem mit von auf für sich werden wird le la les des est une que dans pour pas sur el los las ' +
    'una del por con para y og det som til er på het een van che di il per sono são uma não'
  ).split(' '),
);

const LEAST_SHARE = 0.05;
const LEAST_LEAD = 3;

/**
 * Notes in catchwords have few small words, so few are asked for; but then hardly any may be of another language. The
 * rules here know English only.
 */
export function isEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const english = words.filter((word) => ENGLISH.has(word)).length;
  const others = words.filter((word) => OTHERS.has(word)).length;
  return english >= LEAST_SHARE * words.length && english >= LEAST_LEAD * others;
}

/** Sentences that lean on what stands around them, speak to the reader, or are not language. */
const UNFIT =
  /\?$|\b(?:I|we|We|our|Our|you|You|your|Your|us|let[’']s|my|My)\b|\b(?:[Ff]igure|Fig\.|Table|(?:below|above)(?=[.,;:)]|$| (?:is|are|was|were|and|shows?)\b)|(?:the|see|shown|described) (?:below|above)|th(?:is|e present) (?:chapter|section|lesson|study|paper|review|article|module|manuscript|work|report|book|course|tutorial|project|case|example)|(?:previous|next|following|earlier|last) (?:section|chapter|lesson|example|step|paragraph)|click|Click|et al|see also|respectively)\b|https?:|www\.|[{}<>|\\=^~]|\$|!\[|✅|⚠|💁|\bcredit\b|\([a-z]\)|\.\.\.|…|\bpp?\. ?\d|\d\(\d+\)|\b\d{1,4}[–-]\d{1,4}\.?$|, \d+, \d|\bdoi\b|\b\p{Lu}\.(?: ?\p{Lu}\.)?, (?:&|\p{Lu})|\(\d{4}(?!-)|^[“"(']|\[|\]|\bref\b|¼|�/u;

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

/** Every sentence once, in the order of the passages. Passages that are not English hold none: the rules are. */
export function unitsOf(passages: readonly Passage[]): Unit[] {
  const units: Unit[] = [];
  const seen = new Set<string>();
  for (const passage of passages) {
    if (!isEnglish(passage.text)) continue;
    const last = passage.heading.split(' > ').at(-1) ?? '';
    let opensSection = true;
    for (const sentence of sentences(passage.text)) {
      if (sentence.kind === 'heading') {
        opensSection = true;
        continue;
      }
      const clean = readable(sentence.text);
      if (seen.has(clean) || isReference(sentence.heading || last)) continue;
      seen.add(clean);
      units.push({
        passage,
        text: sentence.text,
        clean,
        keys: keysOf(clean),
        kind: sentence.kind,
        heading: readable(sentence.heading) || last,
        opensSection,
        order: units.length,
      });
      opensSection = false;
    }
  }
  return units;
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
    /^\p{Lu}/u.test(clean) &&
    (kind === 'item' || /[.!]["”)]*$/.test(clean))
  );
}

/** True for a meaning or an item that can be shown alone. */
export const isFitPart = (text: string): boolean => !UNFIT.test(text);

const JOINING =
  /^(?:(?:As you (?:might|may|can) (?:imagine|expect|guess|see|recall)|To refresh your memory|(?:You|We) (?:may |now |already )?(?:know|recall|remember|have seen) that|It (?:should be noted|is (?:important|worth|useful) (?:to note|to know|to remember|noting)) that|Keep in mind that|Remember|Recall|However|Therefore|Thus|Hence|Moreover|Furthermore|In addition|Additionally|For example|For instance|In fact|Indeed|As a result|Consequently|In contrast|By contrast|On the other hand|Similarly|Likewise|Also|Finally|Recall that|Remember that|Note that|Importantly|Interestingly|In general|Generally|Specifically|In particular|In other words|Of course|Overall|Again|Rather|Instead|Nevertheless|Nonetheless|Still|Meanwhile|Then|Next|Lastly|Unfortunately|Notably|Clearly|Essentially|Abstract: ?|Text: ?|BACKGROUND: ?|CONCLUSIONS?: ?|RESULTS: ?|METHODS: ?),?\s+)+/;

/** The sentence without the words that only tie it to the one before. */
export function statementOf(unit: Unit): string {
  const text = unit.clean.replace(JOINING, '');
  return capitalised(text);
}
