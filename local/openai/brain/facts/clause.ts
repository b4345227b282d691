import { isFiniteVerb, type Token, textOf, tokensOf } from './tags.ts';
import { anyOf, looksPlural, withoutBrackets, withoutEnd } from './words.ts';

export type Clause = {
  subject: string;
  verb: string;
  /** The verb and all that follows. */
  predicate: string;
  isPlural: boolean;
};

/** "Toroviruses, part of the Coronaviridae, were …": what is said between the commas is a statement of its own. */
const APPOSITION =
  /^((?:(?:The|An?) )?[\p{L}\p{N}][\p{L}\p{N}’'-]*(?: [\p{L}\p{N}’'()-]+){0,4}), ((?:an?|the|one|part|another|also (?:known|called)|or) [^,;:]{6,110}), (.+)$/u;
const AUXILIARY =
  /^(?:is|are|was|were|has|have|had|can|could|may|might|will|would|should|must|does|do|did)$/i;
/** After one of these the verb that follows is not the verb of the main clause. */
const OPENS_CLAUSE =
  /^(?:that|which|who|whom|whose|where|when|because|if|as|while|than|although|though|whether|how|why|to|since|until|unless)$/i;
const PREPOSITION =
  /^(?:of|in|for|from|with|at|on|to|by|between|within|among|against|under|over|into|through)$/i;
const LONGEST_SUBJECT = 11;

const isDeterminer = ({ text, tags }: Token): boolean =>
  ['Determiner', 'Preposition', 'Possessive'].some((tag) => tags.has(tag)) ||
  /^(?:of|the|an?|and|or)$/i.test(text);

/** Subject and predicate of a sentence that is simple enough to be asked about; null for all others. */
export function clauseOf(sentence: string): Clause | null {
  const apposition = APPOSITION.exec(sentence);
  const tokens = tokensOf(apposition ? `${apposition[1]} ${apposition[3]}` : sentence);
  const at = verbIndex(tokens);
  const verb = tokens[at];
  if (!verb || at >= tokens.length - 1) return null;
  const subject = tokens.slice(0, at);
  const predicate = textOf(tokens.slice(at));
  const preposition = subject.findIndex(({ text }) => PREPOSITION.test(text));
  const head = subject[preposition > 0 ? preposition - 1 : at - 1];
  if (!head || (!head.tags.has('Noun') && !/^[\p{Lu}\d]/u.test(head.text))) return null;
  const [first] = subject;
  const isDeed =
    first?.tags.has('Verb') && !['Gerund', 'Noun', 'Adjective'].some((tag) => first.tags.has(tag));
  if (isDeed || first?.tags.has('Adverb')) return null;
  if (/^\w+(?: \w+)?, (?:which|who|that|where)\b/.test(predicate)) return null;
  if (isReducedRelative(verb, tokens.slice(at + 1), predicate)) return null;
  const whole = textOf(subject);
  const isPlural = /\band\b/.test(whole) || agreesAsPlural(head, verb);
  // "Git fetch downloads": the verb belongs to another subject.
  const agrees =
    isPlural || verb.tags.has('PastTense') || AUXILIARY.test(verb.text) || /(?:s|ed)$/.test(verb.text);
  return agrees ? { subject: whole, verb: verb.text, predicate, isPlural } : null;
}

function verbIndex(tokens: readonly Token[]): number {
  for (let i = 1; i < Math.min(tokens.length - 1, LONGEST_SUBJECT); i++) {
    const [previous, token, next] = tokens.slice(i - 1, i + 2);
    if (!previous || !token || !next || [previous, token].some(({ text }) => OPENS_CLAUSE.test(text)))
      return -1;
    if (/[,;:—–]/.test(previous.after) || /[(—]/.test(token.before)) {
      // "A, B, and C are …" is the only subject that may hold a comma.
      const isRow = tokens.slice(i, i + 4).some(({ text }) => /^(?:and|or)$/.test(text));
      if (!/^, ?$/.test(previous.after) || !isRow) return -1;
    }
    // "FIFO evicts the page": before an article stands no second noun, whatever the tagger makes of the word.
    const isHidden =
      /[^su]s$/.test(token.text) &&
      previous.tags.has('Noun') &&
      !previous.tags.has('Plural') &&
      /^(?:the|an?|its|no|each|every|when|if|because)$/.test(next.text);
    const isVerb =
      /^(?:refers|means|consists|leads)$/.test(token.text) ||
      AUXILIARY.test(token.text) ||
      isHidden ||
      (isFiniteVerb(token) && !token.tags.has('Noun'));
    if (isVerb && !isDeterminer(previous)) {
      // "The figures helps …": the first of two was a noun.
      const isNoun =
        !AUXILIARY.test(token.text) &&
        !/[,;]/.test(token.after) &&
        (AUXILIARY.test(next.text) ||
          (isFiniteVerb(next) &&
            (/(?:s|ed)$/.test(next.text) || /^(?!helps|lets|makes).*s$/.test(token.text))));
      return isNoun ? i + 1 : i;
    }
    if (token.tags.has('Gerund') && !isDeterminer(previous) && previous.tags.has('Noun')) return -1;
  }
  return -1;
}

/** In "cells found in the skin are …" the first past form is not the verb of the sentence. */
function isReducedRelative({ text, tags }: Token, rest: readonly Token[], predicate: string): boolean {
  const isPast = tags.has('PastTense');
  if (AUXILIARY.test(text) || OPENS_CLAUSE.test(rest[0]?.text ?? '') || !(isPast || /(?:ed|en)$/.test(text)))
    return false;
  if (!isPast && (PREPOSITION.test(rest[0]?.text ?? '') || /^(?:as|during|using)$/.test(rest[0]?.text ?? '')))
    return true;
  const hasVerb = rest.some((token) => /^(?:is|are|was|were|has|have|can|may|will)$/i.test(token.text));
  return hasVerb && !/[,;]/.test(predicate.slice(0, 40));
}

function agreesAsPlural(head: Token, { text, tags }: Token): boolean {
  if (/^(?:are|were|have|do)$/i.test(text)) return true;
  if (/^(?:is|was|has|does)$/i.test(text) || (/[^s]s$/.test(text) && !tags.has('PastTense'))) return false;
  return head.tags.has('Plural') || looksPlural(head.text);
}

const OTHER_SUBJECT =
  '(?:(?:it|they|this|these|he|she|there|then|therefore|thus)\\b|(?![\\w ,-]{0,30}\\b(?:that|which|who|whose|where)\\b)[\\w -]{3,30} (?:is|are|was|were|has|have|can|will)\\b)';
/** Where something else begins: another subject, another verb, a reason, or what only goes on about a part of it. */
const GOES_ON = [
  /\s*[;:—–]\s.*$/,
  /, (?:while|whereas|unlike|which|who|whose|where|some of which|both of which|\p{Ll}+ing) .*$/u,
  new RegExp(
    `,? (?:and|but|so|yet|after which|during which|in which case|while|whereas|although|though|even though|however) ${OTHER_SUBJECT}.*$`,
  ),
  /,? (?:since|because|so that|resulting in|thereby|thus|for example|such as|including|e\.g\.|i\.e\.)\b.*$/,
];
const SECOND_VERB = /,? (?:and|but) (?:was|were|is|are|has|have|had|can|will|may)\b.*$/;

/** "a knot in which water and salt are pressed out": the second verb has its subject before the cut. */
const OPEN_RELATIVE =
  /\b(?:that|which|who|how|when|where|whose|both|between|either) (?:[\p{L}-]+ ){0,3}[\p{L}-]+$/u;

/** What a predicate says at first, up to where it goes on. */
export function firstStatement(predicate: string): string {
  const first = GOES_ON.reduce((text, tail) => {
    const cut = text.replace(tail, '');
    return OPEN_RELATIVE.test(cut) ? text : cut;
  }, withoutBrackets(predicate));
  return withoutEnd(/\bboth\b/.test(first) ? first : first.replace(SECOND_VERB, ''));
}

const VAGUE = new RegExp(
  `^(?:${anyOf('vague')})\\b|\\b(?:later|earlier|soon|still|now|mentioned|discussed|therefore|thus|however|respectively|so far|today)\\b|[“”"—;:]|\\b(?:of|in|to|for|with|by|and|or|that|the|a|an|is|are|from|than)$`,
  'i',
);
const MAY_BE = new RegExp(`^(?:${anyOf('may.be')})\\b`);
const MAY_SHARE = new RegExp(`^(?:${anyOf('may.share')})\\b`);
/** What may be, or mostly is, may well be so of another thing, though no note says it. */
export const mayBe = (predicate: string): boolean => MAY_BE.test(predicate);
/** "has a nucleus": more than one thing has what it has. */
export const mayShare = (predicate: string): boolean => MAY_SHARE.test(predicate);

/** Says little, or something that holds only at a time or for a matter that is not named. */
export const isVague = (predicate: string): boolean => VAGUE.test(predicate);
