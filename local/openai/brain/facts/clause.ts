import { match, patterns, rewritten, says } from '../words.ts';
import { isFiniteVerb, isGeneral, isInstruction, type Token, textOf, tokensOf } from './term-form.ts';
import { looksPlural, rootsOf, withoutBrackets, withoutEnd } from './words.ts';

export type Clause = {
  subject: string;
  verb: string;
  /** The verb and all that follows. */
  predicate: string;
  isPlural: boolean;
};

const LONGEST_SUBJECT = 11;

const isDeterminer = ({ text, tags }: Token): boolean =>
  ['Determiner', 'Preposition', 'Possessive'].some((tag) => tags.has(tag)) ||
  /^(?:of|the|an?|and|or)$/i.test(text);

/** Subject and predicate of a sentence that is simple enough to be asked about; null for all others. */
export function clauseOf(sentence: string): Clause | null {
  const apposition = match('apposition', sentence);
  const tokens = tokensOf(apposition ? `${apposition[1]} ${apposition[3]}` : sentence);
  const at = verbIndex(tokens);
  const verb = tokens[at];
  if (!verb || at >= tokens.length - 1) return null;
  const subject = tokens.slice(0, at);
  const predicate = textOf(tokens.slice(at));
  const preposition = subject.findIndex(({ text }) => says('preposition', text));
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
    isPlural || verb.tags.has('PastTense') || says('auxiliary', verb.text) || /(?:s|ed)$/.test(verb.text);
  return agrees ? { subject: whole, verb: verb.text, predicate, isPlural } : null;
}

function verbIndex(tokens: readonly Token[]): number {
  for (let i = 1; i < Math.min(tokens.length - 1, LONGEST_SUBJECT); i++) {
    const [previous, token, next] = tokens.slice(i - 1, i + 2);
    if (!previous || !token || !next || [previous, token].some(({ text }) => says('opens-clause', text)))
      return -1;
    if (/[,;:—–]/.test(previous.after) || /[(—]/.test(token.before)) return -1;
    // "FIFO evicts the page": before an article stands no second noun, whatever the tagger makes of the word.
    const isHidden =
      /[^su]s$/.test(token.text) &&
      previous.tags.has('Noun') &&
      !previous.tags.has('Plural') &&
      /^(?:the|an?|its|no|each|every|when|if|because)$/.test(next.text);
    const isVerb =
      /^(?:refers|means|consists|leads)$/.test(token.text) ||
      says('auxiliary', token.text) ||
      isHidden ||
      (isFiniteVerb(token) && !token.tags.has('Noun'));
    if (isVerb && !isDeterminer(previous)) {
      // "The figures helps …": the first of two was a noun.
      const isNoun =
        !says('auxiliary', token.text) &&
        !/[,;]/.test(token.after) &&
        (says('auxiliary', next.text) ||
          (isFiniteVerb(next) &&
            (/(?:s|ed)$/.test(next.text) || /^(?!helps|lets|makes).*s$/.test(token.text))));
      return isNoun ? i + 1 : i;
    }
  }
  return -1;
}

/** In "cells found in the skin are …" the first past form is not the verb of the sentence. */
function isReducedRelative({ text, tags }: Token, rest: readonly Token[], predicate: string): boolean {
  const isPast = tags.has('PastTense');
  if (
    says('auxiliary', text) ||
    says('opens-clause', rest[0]?.text ?? '') ||
    !(isPast || /(?:ed|en)$/.test(text))
  )
    return false;
  if (
    !isPast &&
    (says('preposition', rest[0]?.text ?? '') || /^(?:as|during|using)$/.test(rest[0]?.text ?? ''))
  )
    return true;
  const hasVerb = rest.some((token) => /^(?:is|are|was|were|has|have|can|may|will)$/i.test(token.text));
  return hasVerb && !/[,;]/.test(predicate.slice(0, 40));
}

function agreesAsPlural(head: Token, { text, tags }: Token): boolean {
  if (/^(?:are|were|have|do)$/i.test(text)) return true;
  if (/^(?:is|was|has|does)$/i.test(text) || (/[^s]s$/.test(text) && !tags.has('PastTense'))) return false;
  return head.tags.has('Plural') || looksPlural(head.text);
}

/** What a predicate says at first, up to where it goes on. */
export function firstStatement(predicate: string): string {
  const first = patterns('goes-on').reduce((text, { pattern }) => {
    const cut = text.replace(pattern, '');
    return says('open-relative', cut) ? text : cut;
  }, withoutBrackets(predicate));
  return withoutEnd(/\bboth\b/.test(first) ? first : rewritten('second-verb', first));
}

const FEWEST_ROOTS = 4;

/** "The case who died …": which one, only the text around it says. */
const opensGenerally = (statement: string): boolean => {
  const [, subject = ''] =
    /^(?:[^,]{2,40}, )?(?:[Tt]he|[Aa]n?) ((?:\w+ )??\w+) (?:who|that|which|of|in|was|were|is|are|has|had|for|can|must|\w+s|\w+ed)\b/.exec(
      statement,
    ) ?? [];
  return isGeneral(subject);
};

/** Whether a sentence says all that is needed to know whether it is true: a pronoun is understood after what it stands for. */
export function standsAlone(statement: string): boolean {
  const pronoun = match('any-pronoun', statement)?.index;
  return (
    /^\p{Lu}/u.test(statement) &&
    !says('leans', statement) &&
    !opensGenerally(statement) &&
    !isInstruction(statement) &&
    (pronoun === undefined || rootsOf(statement.slice(0, pronoun)).length >= 2) &&
    (!says('of-person', statement) || says('opens-with-name', statement)) &&
    rootsOf(statement).length >= FEWEST_ROOTS
  );
}

const LONGEST = 200;
/** What is quoted, or set in brackets or behind a colon, makes a sentence with a gap hard to read. */
export const isPlain = (statement: string): boolean =>
  statement.length <= LONGEST && !/[“”"«»„();:]/.test(statement) && standsAlone(statement);

const ROOTS_BEFORE_PRONOUN = 2;

/** "sorts each half and merges them": what a pronoun in a predicate stands for is said before it. */
export const pointsBack = (predicate: string): boolean => {
  const said = predicate.replace(/(?<=\bone\b.*)\banother\b/, '');
  const before = said.replace(/\b(?:it|its|itself|they|them|their|themselves)\b.*$/, '');
  return says('stands-for', rootsOf(before).length >= ROOTS_BEFORE_PRONOUN ? before : said);
};

/** True for a sentence, a meaning or an item that can be shown alone. */
export const isFitText = (text: string): boolean => !says('unfit', rewritten('general-we', text));
