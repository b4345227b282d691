import { UNSPACED } from './find-quote.ts';
import type { Folded } from './fold.ts';
import { isEnglishDocument, isEnglishQuery } from './tokenizer.ts';

/** `size`: a script without spaces gives its characters, each worth half a word. `at`: range in the original text. */
export type Word = {
  text: string;
  from: number;
  to: number;
  size: number;
  at: { start: number; end: number };
};

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Articles and the like, which a claim may leave out or put in. No preposition, no "or". */
const LIGHT = set(
  'a an the of is are was it its and der die das den dem des ein und ist el la los las un una y de es le les du et est 的 了',
);
/** What a claim may leave out besides; put in, it would be a word the notes do not have. */
const FREE = set(
  'that this these those were be been being do does did has have had their his her will ' +
    'eine einen einem einer eines sind war waren wird werden wurde wurden hat haben hatte ' +
    'lo unos unas e del son era eran fue fueron está están ha han se su sus que une sont était étaient a ont',
);

/** Words of a lead-in: "According to your notes,", "Your notes say that". */
const LEADING = set(
  'according to in your my our these notes note passage passages text document source sources material says say said states state stated ' +
    'describe describes described explains explain write writes written put puts as so mention mentions mentioned defines define read reads here also ' +
    'therefore thus however finally specifically first second next ' +
    'laut nach deinen ihren notizen unterlagen mitschrift steht zufolge sagen schreiben heißt dass gemäß ' +
    'según tus sus apuntes notas dicen dice indican explican documento texto que en ' +
    'selon tes vos notes cours disent again answer summary',
);
const SOURCE = set(
  'notes note passage passages text document source sources material notizen unterlagen mitschrift apuntes notas documento texto cours again answer summary',
);
const UNSPACED_LEAD =
  /^(?:根据|按照|依据|據|根據)?(?:你|您|我)?(?:的|们的)?(?:这些|这份|这段)?(?:笔记|筆記|资料|材料|讲义|文档|课文|原文)(?:中|里|上)?(?:明确)?(?:说|写道|指出|提到|显示|记载|所述|认为)?[，,：:]\s*/u;

/** Cuts folded text into words; a script without spaces gives its characters. */
export function wordsOf(folded: Folded): Word[] {
  const words: Word[] = [];
  const { characters, gaps, starts, ends } = folded;
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? '';
    const isUnspaced = UNSPACED.test(character);
    const last = words.at(-1);
    const [start = 0, end = 0] = [starts[index], ends[index]];
    if (last && !isUnspaced && last.size === 1 && gaps[index] !== 1) {
      last.text += character;
      last.to = index + 1;
      last.at.end = end;
    } else {
      const size = isUnspaced ? 0.5 : 1;
      words.push({ text: character, from: index, to: index + 1, size, at: { start, end } });
    }
  }
  return words;
}

export const isLight = ({ text }: Word): boolean => LIGHT.has(text);
export const isFree = (word: Word): boolean => isLight(word) || FREE.has(word.text);

export const sizeOf = (words: readonly Word[]): number => words.reduce((sum, word) => sum + word.size, 0);

const isLeading = (word: Word | undefined): boolean =>
  word !== undefined && (isFree(word) || LEADING.has(word.text));

/** The words without a lead-in: the longest beginning made of nothing else that names where the rest is from. */
export function withoutLead(words: readonly Word[]): readonly Word[] {
  let end = 0;
  while (isLeading(words[end])) end += 1;
  while (end > 0 && !words.slice(0, end).some(({ text }) => SOURCE.has(text))) end = 0;
  return words.slice(end);
}

/** Whether the words around a quotation say no more than that it is one. */
export const isLeadOnly = (words: readonly Word[]): boolean => words.every(isLeading);

export const withoutUnspacedLead = (claim: string): string => claim.replace(UNSPACED_LEAD, '');

/** Endings of one word: what is left of two forms behind their common beginning, as `one:other`. */
const ENGLISH_ENDINGS = set(
  ':s :es :ed :d :ing e:ing y:ies y:ied s:ed s:ing es:ing ed:ing d:s d:es ies:ied ying:ied y:ying s:d ies:ying es:ed',
);
const OTHER_ENDINGS =
  /^(?:|e|n|en|s|es|em|er|ern|t|st|te|ten|tes|et|est|a|o|as|os|an|on|ar|ir|ó|ió|aron|ieron|aba|aban|ía|ían|ado|ada|ados|adas|ido|ida|idos|idas|ando|iendo|é|ée|és|ées|ent|ait|aient|x)$/u;
const LEAST_COMMON = 4;

/** Two forms of one word; in doubt they are two words. */
export function isSameWord(one: string, other: string, english: boolean): boolean {
  if (one === other) return true;
  if (/\P{L}/u.test(one + other)) return false;
  let common = 0;
  while (common < one.length && one[common] === other[common]) common += 1;
  if (common < LEAST_COMMON && !(english && common >= 3)) return false;
  const [a, b] = [one.slice(common), other.slice(common)];
  if (english)
    return (
      ENGLISH_ENDINGS.has(`${a}:${b}`) || ENGLISH_ENDINGS.has(`${b}:${a}`) || isDoubled(a, b, one[common - 1])
    );
  return 2 * common >= Math.max(one.length, other.length) && OTHER_ENDINGS.test(a) && OTHER_ENDINGS.test(b);
}

/** stop and stopped, stopping. */
const isDoubled = (a: string, b: string, last = ''): boolean => {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return (short === '' || short === 's') && (long === `${last}ed` || long === `${last}ing`);
};

/** The claim may be too short to tell its language. */
export const isEnglish = (claim: string, passage: string): boolean =>
  isEnglishDocument(passage) || (isEnglishQuery(claim) && isEnglishQuery(passage));
