/** Marks that a text of the script may have or not: points and signs of reading, and what only stretches a word. */
const OPTIONAL =
  /[\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E8\u06EA-\u06ED\u00AD\u200B-\u200D\u2060\uFEFF]/g;
/** Letters that are written for each other: by another keyboard, or because nobody minds. */
const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({ أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ى: 'ي', ی: 'ي', ک: 'ك', ہ: 'ه', ё: 'е' }),
);
const WRITTEN_OTHERWISE = /[أإآٱىیکہё]/g;
/** Digits of Arabic and Indic scripts, of Thai, Lao, Tibetan, Burmese and Khmer. */
const DIGITS =
  /[\u0660-\u0669\u06F0-\u06F9\u0966-\u096F\u09E6-\u09EF\u0A66-\u0A6F\u0AE6-\u0AEF\u0B66-\u0B6F\u0BE6-\u0BEF\u0C66-\u0C6F\u0CE6-\u0CEF\u0D66-\u0D6F\u0E50-\u0E59\u0ED0-\u0ED9\u0F20-\u0F29\u1040-\u1049\u17E0-\u17E9]/g;
const FIRST_INDIC = 0x0966;
const LAST_INDIC = 0x0d6f;

/** The digits of India begin at the sixth place of a row, all others at its first. */
function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  return String((code & 0xf) - (code >= FIRST_INDIC && code <= LAST_INDIC ? 6 : 0));
}

const CONCERNED =
  /[\u00AD\u0451\u0590-\u06FF\u0966-\u0D6F\u0E50-\u0ED9\u0F20-\u1049\u17E0-\u17E9\u200B-\u200D\u2060\uFEFF]/;

/** One spelling of what a script lets be spelled in several ways; lower case and composed already. */
export function plainScript(text: string): string {
  if (!CONCERNED.test(text)) return text;
  return text
    .replace(OPTIONAL, '')
    .replace(WRITTEN_OTHERWISE, (letter) => LETTERS.get(letter) ?? letter)
    .replace(DIGITS, asciiDigit);
}
