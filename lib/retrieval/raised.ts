/**
 * Raised and lowered characters. Stored text holds them as Unicode has them (10²³, H₂O); people also write 10^23, x^{n}, H_2O
 * and H2O. To compare, a raised character is never read as one of the line: 10²³ is no 1023.
 */
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ';
const RAISED_PLAIN = '0123456789+-=()ni';
const LOWERED = '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎';
const LOWERED_PLAIN = '0123456789+-=()';

export const isRaised = (character: string): boolean => character !== '' && RAISED.includes(character);
export const isLowered = (character: string): boolean => character !== '' && LOWERED.includes(character);

const SETS = { raised: [RAISED_PLAIN, RAISED, '^'], lowered: [LOWERED_PLAIN, LOWERED, '_'] } as const;

/** Longer text is raised for its looks. */
const LONGEST = 12;

/** Text set above or below the line, as it is stored: in Unicode's characters where it has them all, else as `^a`, `_{ab}`. */
export function setOff(text: string, level: keyof typeof SETS, before: string): string {
  const [plain, characters, sign] = SETS[level];
  const inner = text.trim().replaceAll('−', '-');
  if (inner.length > LONGEST || !/^[\p{L}\p{N}+\-=()., ]+$/u.test(inner)) return text;
  // An ordinal (19th, XIXe), or a mark such as ™: its height says nothing.
  if (!/[\p{L}\p{N}]/u.test(inner) || /^tm$/i.test(inner)) return text;
  if (/[\dIVXLC]$/.test(before) && /^(?:st|nd|rd|th|er|re|e|ème|o|a)$/iu.test(inner)) return text;
  const mapped = [...inner].map((character) => characters[plain.indexOf(character)] ?? '');
  const marked = [...inner].length === 1 ? `${sign}${inner}` : `${sign}{${inner}}`;
  const written = mapped.every((character) => character !== '') ? mapped.join('') : marked;
  return text.replace(text.trim(), () => written);
}

/** Every way of writing one: `10^23`, `10_2`, and what is lowered behind a letter or two as part of the word (h2o). */
export function plainLevels(text: string): string {
  if (!/[⁰¹²³⁴-⁹⁺-ⁿⁱ₀-₎^_]|<su[bp]>/i.test(text)) return text;
  return text
    .replace(/<(su[bp])>([^<]{1,12})<\/\1>/gi, (_, tag: string, inner: string) =>
      tag.toLowerCase() === 'sup' ? `^${inner}` : `_${inner}`,
    )
    .replace(/(?<=[\p{L}\p{N})])[⁰¹²³⁴-⁹⁺-ⁿⁱ]+/gu, (run) => `^${run}`)
    .replace(/(?<=\d)[₀-₎]+/g, (run) => `_${run}`)
    .replace(/(?<=(?<!\p{L})\p{L}{1,2})_\{?(\d{1,3})\}?/gu, '$1')
    .normalize('NFKC');
}
