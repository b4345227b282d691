import { infinitiveOf, tokensOf } from '../facts/tags.ts';
import { wrongNumbers } from './figures.ts';

/** What contradicts each other in one place of a sentence; each form is set beside the same form. */
const OPPOSITES = (
  'positive/negative higher/lower high/low highest/lowest increase/decrease increases/decreases increased/decreased increasing/decreasing ' +
  'rise/fall rises/falls rose/fell doubled/halved rising/falling won/lost wins/loses before/after ' +
  'larger/smaller largest/smallest large/small longer/shorter longest/shortest stronger/weaker strongest/weakest strong/weak ' +
  'strengthens/weakens strengthened/weakened elastic/inelastic internal/external inner/outer inside/outside above/below upper/lower ' +
  'hotter/cooler thicker/thinner faster/slower always/never reliable/unreliable ' +
  'reversible/irreversible directly/indirectly soluble/insoluble active/passive long-term/short-term primary/secondary ' +
  'maximum/minimum best/worst early/late earlier/later northern/southern eastern/western north/south east/west majority/minority ' +
  'expand/contract expands/contracts expanded/contracted attract/repel attracts/repels absorbs/releases absorb/release ' +
  'legal/illegal lawful/unlawful voluntary/involuntary simple/complex imports/exports victory/defeat  ' +
  'often/rarely usually/rarely typically/rarely easily/hardly begins/ends began/ended upwards/downwards forwards/backwards ' +
  'acidic/alkaline aerobic/anaerobic organic/inorganic absence/presence sufficient/insufficient able/unable eukaryotic/prokaryotic unreliable/reliable connectionless/connection-oriented conscious/unconscious explicit/implicit ' +
  'equal/unequal natural/artificial temporary/permanent allowed/forbade allows/forbids supported/opposed supports/opposes ' +
  'accepted/rejected accepts/rejects encouraged/discouraged encourages/discourages ' +
  'cheaper/dearer older/newer '
)
  .split(' ')
  .flatMap((pair) => {
    const [one = '', other = ''] = pair.split('/');
    return [
      [one, other],
      [other, one],
    ] as const;
  });
const OPPOSITE = new Map(OPPOSITES.toReversed());

const AUXILIARY =
  /^(is|are|was|were|can|could|will|would|may|might|must|has|have|had|does|do|did)\b(?! not\b)/;

/** The same with "not" in it, or without; null where a verb would have to be guessed. */
export function denied({ says, isPlural }: { says: string; isPlural: boolean | null }): string | null {
  if (/ not |\b(?:never|no|cannot|only|few|little|rarely|neither)\b|n['’]t\b/.test(says)) return null;
  if (/^(?:has|have|had) (?!been\b|\p{L}+(?:ed|en)\b)/u.test(says)) return null;
  if (AUXILIARY.test(says)) return says.replace(AUXILIARY, (verb) => `${verb} not`);
  const [verb = ''] = says.split(' ');
  const [{ tags } = { tags: new Set<string>() }] = tokensOf(verb);
  const isPast = tags.has('PastTense') || /ed$/.test(verb);
  if (isPlural && !isPast) return /^[a-z]+[^s]$/.test(verb) ? `do not ${says}` : null;
  if (!isPast && !/[^s]s$/.test(verb)) return null;
  const base = infinitiveOf(verb, isPast ? 'PastTense' : 'PresentTense');
  if (!base || base === verb || base.slice(0, 1) !== verb.slice(0, 1)) return null;
  return `${isPast ? 'did' : 'does'} not ${base}${says.slice(verb.length)}`;
}

const ONLY_ONCE =
  /\b(?:born|died|(?:discover|invent|found|establish|publish|patent|abolish|sign|launch|adopt|elect|crown|finish|propos|occupi)ed|became)\b/;
export const CONDITION =
  /^(?:if|when|once|unless|until|as|where|while|whereas|since|for most|for a few|during)\b/i;
const TIME = /^ (?:the|an?|his|her|its|their|\d|\p{Lu}|\p{L}+ing\b|acceptance\b)/u;
const OPEN =
  /\b(?:may|might|can|could|some|few|many|several|sometimes|often|possible|possibly|at least|more than|less than|up to|over|under|above|below|within|not|no|never|only|cannot|nothing|neither)\b/i;

/** "an increase" becomes "a decrease". */
const withArticle = (before: string, word: string): string =>
  before.replace(
    /\b(a)n?( )$/i,
    (_, a: string, space: string) => `${a}${/^[aeiou]/.test(word) ? 'n' : ''}${space}`,
  ) + word;

const CLAUSE_OPENS =
  /\b(?:that|which|who|whose|when|if|because|as|after|before|while|although|whereas|where|how|what|why|and|or)\b/i;

/** A whole sentence with "not" behind the first verb of its main clause; null where it is not clear which that is. */
export function deniedSentence(text: string): string | null {
  const [, before = '', verb = '', after = ''] =
    /^([^,;]*?\b)(is|are|was|were|can|must|will)( .*)$/.exec(text) ?? [];
  const isClear =
    verb !== '' && !CLAUSE_OPENS.test(before) && !/\b(?:not|no|never|only|few|little|rarely)\b/i.test(text);
  return isClear ? `${before}${verb === 'can' ? 'cannot' : `${verb} not`}${after}` : null;
}

/** What contradicts a text in a word or a figure, the nearest to it first. */
export function contradictions(says: string, quote: string): string[] {
  // What may be so, or is so of some, does not exclude that the opposite is so of others.
  // Under another condition the same may be so: only what follows from it is turned.
  const from = CONDITION.test(says) ? says.indexOf(',') : -1;
  // What is named as an example is not what is said.
  const until = /\b(?:such as|including|like)\b/.exec(says)?.index ?? says.length;
  const isOpen = OPEN.test(says) || (from < 0 && CONDITION.test(says));
  const words = isOpen
    ? []
    : [...says.matchAll(/[\p{L}-]+/gu)].filter(({ index }) => index > from && index < until);
  const turned = words.flatMap(({ 0: word, index }) => {
    const opposite = OPPOSITE.get(word);
    const isTwice = opposite !== undefined && new RegExp(`\\b${opposite}\\b`).test(quote);
    // "more than", "at least", "first" and "after all" are turned by more than one word.
    const isPhrase = /^(?: or| and| all\b| of all\b)/.test(says.slice(index + word.length));
    // "before huge crowds" is a place.
    const isPlace = /^(?:before|after)$/.test(word) && !TIME.test(says.slice(index + word.length));
    return opposite && !isTwice && !isPhrase && !isPlace
      ? [withArticle(says.slice(0, index), opposite) + says.slice(index + word.length)]
      : [];
  });
  const swapped =
    /^(.*?\b)((?:in|by|for|to|of|on|with) [^,]{3,40}) but not ((?:in|by|for|to|of|on|with) [^,]{3,40})$/.exec(
      says,
    );
  const figures = [...says.matchAll(/(?<![\p{L}\d.,/–-])\d+(?:,\d{3})*(?:\.\d+)?(?![\d–-]|s\b)/gu)];
  const [figure] = figures;
  // What was so in one year may have been so in the next; what happened once was not.
  const isYear = /^(?:1\d|20)\d\d$/.test(figure?.[0] ?? '') && !ONLY_ONCE.test(says);
  const changed =
    figure && figures.length === 1 && !isYear && !OPEN.test(says) && !CONDITION.test(says)
      ? wrongNumbers(figure[0], '', '', quote)
          .slice(0, 2)
          .map((other) => says.slice(0, figure.index) + other + says.slice(figure.index + figure[0].length))
      : [];
  return [
    ...(swapped ? [`${swapped[1]}${swapped[3]} but not ${swapped[2]}`] : []),
    ...turned.slice(0, 2),
    ...changed,
  ];
}
