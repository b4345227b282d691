/**
 * Raised and lowered characters. Stored text holds them as Unicode has them (10²³, H₂O); people also write 10^23, x^{n}, H_2O
 * and H2O. To compare, a raised character is never read as one of the line: 10²³ is no 1023.
 */
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ';
const LOWERED = '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎';

export const isRaised = (character: string): boolean => character !== '' && RAISED.includes(character);
export const isLowered = (character: string): boolean => character !== '' && LOWERED.includes(character);

/** Every way of writing one: `10^23`, `10_2`, and what is lowered behind a letter or two as part of the word (h2o). */
export function plainLevels(text: string): string {
  if (!/[⁰¹²³⁴-⁹⁺-ⁿⁱ₀-₎^_]/.test(text)) return text;
  return text
    .replace(/(?<=[\p{L}\p{N})])[⁰¹²³⁴-⁹⁺-ⁿⁱ]+/gu, (run) => `^${run}`)
    .replace(/(?<=\d)[₀-₎]+/g, (run) => `_${run}`)
    .replace(/(?<=(?<!\p{L})\p{L}{1,2})_\{?(\d{1,3})\}?/gu, '$1')
    .normalize('NFKC');
}
