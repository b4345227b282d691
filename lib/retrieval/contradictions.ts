import { plainLevels } from './raised.ts';
import { stemEnglish } from './stemmers.ts';
import { terms } from './tokenizer.ts';

/**
 * The cheap signs that a sentence says something else than its source although it uses the same words: another number,
 * another name, a negation that came or went, an opposite.
 */

const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  [
    'zero one two three four five six seven eight nine ten eleven twelve',
    'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',
    'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce',
    '零 一 二 三 四 五 六 七 八 九 十 十一 十二',
  ]
    .flatMap((row) => row.split(' ').map((word, value): [string, string] => [word, String(value)]))
    .concat([
      ['twenty', '20'],
      ['zwanzig', '20'],
      ['veinte', '20'],
      ['hundred', '100'],
      ['hundert', '100'],
      ['cien', '100'],
      ['thousand', '1000'],
      ['tausend', '1000'],
      ['mil', '1000'],
      ['half', '50'],
    ]),
);

const NEGATIONS = new Set(
  (
    'not no never none neither nor cannot without nobody nothing nowhere hardly ' +
    'nicht kein keine keinen keiner keines nie niemals ohne ' +
    'pas jamais aucun aucune sans nunca jamás ningún ninguna sin não nem sem non mai nessun nessuna senza ' +
    'niet geen nooit inte aldrig ikke aldri nie bez не нет ни никогда без ' +
    'لا ليس ليست لم لن غير नहीं न मत değil yok không chưa'
  ).split(' '),
);

/** Negation inside scripts without spaces. */
const UNSPACED_NEGATION = /[不没沒無无未]|ない|ません|なかった|ไม่|มิได้/u;

const OPPOSITE_PAIRS = (
  'increase:decrease rise:fall rose:fell more:less more:fewer higher:lower high:low larger:smaller largest:smallest ' +
  'greater:smaller greatest:least most:least maximum:minimum before:after above:below always:never first:last ' +
  'early:late earlier:later faster:slower fast:slow inside:outside positive:negative true:false left:right ' +
  'strong:weak stronger:weaker active:passive internal:external accept:reject accept:refuse win:lose won:lost ' +
  'present:absent same:different hot:cold long:short longer:shorter longest:shortest old:new older:newer ' +
  'north:south east:west possible:impossible able:unable safe:unsafe visible:invisible begin:end start:stop'
).split(' ');

const OPPOSITES = new Map<string, Set<string>>();
for (const pair of OPPOSITE_PAIRS) {
  const [one = '', other = ''] = pair.split(':').map(stemEnglish);
  OPPOSITES.set(one, (OPPOSITES.get(one) ?? new Set()).add(other));
  OPPOSITES.set(other, (OPPOSITES.get(other) ?? new Set()).add(one));
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}]+(?:['’][\p{L}]+)?/gu) ?? [];

/** Every number of a text in one spelling: 1,000 and 1000, "seven" and 7, 5.0 and 5. */
function numbersOf(text: string): Set<string> {
  const found = new Set<string>();
  // What belongs to a word (CO2, x2) is no number of its own.
  const plain = plainLevels(text)
    .normalize('NFKC')
    .replace(/\p{L}+\p{Nd}+/gu, ' ')
    .replace(/(\d)[,\u066c'’ ](?=\d{3}(?!\d))/g, '$1');
  for (const [digits] of plain.matchAll(/\p{Nd}+(?:[.,]\p{Nd}+)?/gu)) {
    found.add(
      digits
        .replace(',', '.')
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, ''),
    );
  }
  for (const word of [...wordsOf(text), ...(text.match(/[零一二三四五六七八九十]{1,2}/g) ?? [])]) {
    const value = NUMBER_WORDS.get(word);
    if (value !== undefined) found.add(value);
  }
  return found;
}

/** A word of `fold`, which has no apostrophes, or a character of a script without spaces. */
export const isNegation = (word: string): boolean =>
  NEGATIONS.has(word) ||
  /^(?:do|does|did|is|are|was|were|have|has|had|ca|could|would|should|wo|must|need)nt$/.test(word) ||
  /^[不没沒無无未非]$/.test(word);

/** Digits must be found; a number word may be a pronoun ("one of them"), so it only helps the other side. */
export function missesNumber(claim: string, source: string): boolean {
  const known = numbersOf(source);
  const asked = numbersOf(claim.replace(/\p{L}+(?![\p{L}\p{Nd}])/gu, ' '));
  return [...asked].some((number) => !known.has(number));
}

export function isNegated(text: string): boolean {
  const words = wordsOf(text);
  return words.some((word) => NEGATIONS.has(word) || /n['’]t$/.test(word)) || UNSPACED_NEGATION.test(text);
}

/** A claim uses a word whose opposite, and not the word itself, stands in the source. */
export function usesOpposite(claim: string, source: string): boolean {
  const asked = new Set(wordsOf(claim).map(stemEnglish));
  const known = new Set(wordsOf(source).map(stemEnglish));
  for (const word of asked) {
    if (known.has(word)) continue;
    for (const opposite of OPPOSITES.get(word) ?? []) {
      if (known.has(opposite) && !asked.has(opposite)) return true;
    }
  }
  return false;
}

/** What stands between the words of one name: "Wuhan City, China", "Treaty of Versailles". */
const INSIDE_NAME = /^(?:[ ,-]|\s(?:of|the|de|la|von)\s)*$/u;

/** Capitalised words inside a sentence and abbreviations, those of one name together: what a paraphrase may not exchange. */
export function namesOf(text: string): string[][] {
  const names: string[][] = [];
  let end = -1;
  for (const match of text.matchAll(/\p{L}[\p{L}\p{M}\p{N}-]*/gu)) {
    const [word] = match;
    const isStart = /(?:^|[.!?:。]\s*|^["“'(]+)$/u.test(text.slice(0, match.index).trimEnd());
    const isAbbreviation = /^\p{Lu}[\p{Lu}\p{N}-]+$/u.test(word);
    const isCapitalised = /^\p{Lu}\p{Ll}/u.test(word) && !isStart && terms(word).length > 0;
    if (!isAbbreviation && !isCapitalised) continue;
    const last = names.at(-1);
    if (last && INSIDE_NAME.test(text.slice(end, match.index))) last.push(word.toLowerCase());
    else names.push([word.toLowerCase()]);
    end = match.index + word.length;
  }
  return names;
}
