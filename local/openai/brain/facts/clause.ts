import { capitalised } from '../text/plain.ts';
import { infinitiveOf, type Token, textOf, tokensOf } from './tags.ts';
import { isTermLike } from './term-form.ts';
import { bare, keyOf, looksPlural, withoutBrackets } from './words.ts';

export type Clause = {
  /** A time in front of the clause: "In 1907". */
  lead: string;
  subject: string;
  verb: Token;
  /** The verb and all that follows. */
  predicate: string;
  isPlural: boolean;
  isName: boolean;
};

const LEADS = [
  /^((?:In|By|Since|Around) (?:(?:early|late|mid)[- ])?\d{4}),? (.+)$/,
  /^((?:In|By|During|On|At|After|Since|Around) (?:the )?(?:(?:early|late|mid)[- ])?[^,]{2,40}?\b(?:\d{3,4}s?|century|war|War)[^,]{0,25}), (.+)$/,
];
/** "Toroviruses, part of the Coronaviridae, were …": what is said between the commas is a statement of its own. */
export const APPOSITION =
  /^((?:(?:The|An?) )?[\p{L}\p{N}][\p{L}\p{N}’'-]*(?: [\p{L}\p{N}’'()-]+){0,4}), ((?:an?|the|one|part|another|also (?:known|called)|or) [^,;:]{6,110}), (.+)$/u;
const AUXILIARY =
  /^(?:is|are|was|were|has|have|had|can|could|may|might|will|would|should|must|does|do|did)$/i;
/** After one of these the verb that follows is not the verb of the main clause. */
const OPENS_CLAUSE =
  /^(?:that|which|who|whom|whose|where|when|because|if|as|while|than|although|though|whether|how|why|to|since|until|unless)$/;
const PREPOSITION =
  /^(?:of|in|for|from|with|at|on|to|by|between|within|among|against|under|over|into|through)$/i;
const LONGEST_SUBJECT = 11;

export const isFiniteVerb = ({ tags }: Token): boolean =>
  tags.has('Verb') &&
  (tags.has('PresentTense') || tags.has('PastTense')) &&
  !tags.has('Gerund') &&
  !tags.has('Participle');

const isDeterminer = (token: Token | undefined): boolean =>
  token !== undefined &&
  (['Determiner', 'Preposition', 'Possessive'].some((tag) => token.tags.has(tag)) ||
    /^(?:of|the|an?|and|or)$/i.test(token.text));

/**
 * Subject and predicate of a sentence that is simple enough to be asked about; null for all others. Below the heading
 * "Merge sort" a sentence that begins with those words has them for its subject, whatever a tagger makes of "sort splits".
 */
export function clauseOf(sentence: string, heading = ''): Clause | null {
  const clause = readClause(sentence);
  const isUnder = heading.length > 2 && sentence.toLowerCase().startsWith(`${heading.toLowerCase()} `);
  if (!isUnder || (clause && keyOf(clause.subject) === keyOf(heading))) return clause;
  const predicate = sentence.slice(heading.length + 1).replace(/[.!]$/, '');
  const [verb = ''] = predicate.split(' ');
  const isVerb = /^[a-z]{3,}s$/.test(verb) && infinitiveOf(verb, 'PresentTense') !== null;
  if (!isVerb && !/^(?:is|has)$/.test(verb)) return clause;
  const tags = new Set(['Verb', 'PresentTense']);
  const subject = sentence.slice(0, heading.length);
  return {
    lead: '',
    subject,
    verb: { text: verb, before: '', after: ' ', tags },
    predicate,
    isPlural: false,
    isName: false,
  };
}

function readClause(sentence: string): Clause | null {
  const lead = LEADS.map((pattern) => pattern.exec(sentence)).find((match) => match !== null);
  const body = lead?.[2] ?? sentence;
  const apposition = APPOSITION.exec(body);
  const tokens = tokensOf(apposition ? `${apposition[1]} ${apposition[3]}` : body);
  const at = verbIndex(tokens);
  const verb = at === null ? undefined : tokens[at];
  if (at === null || !verb || at >= tokens.length - 1) return null;
  const subjectTokens = tokens.slice(0, at);
  const subject = textOf(subjectTokens);
  const predicate = textOf(tokens.slice(at));
  if (/^\w+(?: \w+)?, (?:which|who|that|where)\b/.test(predicate)) return null;
  const preposition = subjectTokens.findIndex(({ text }) => PREPOSITION.test(text));
  const head = subjectTokens[preposition > 0 ? preposition - 1 : at - 1];
  if (!head || (!head.tags.has('Noun') && !/^[\p{Lu}\d]/u.test(head.text))) return null;
  if (isReducedRelative(verb, tokens.slice(at + 1), predicate)) return null;
  return {
    lead: lead?.[1] ?? '',
    subject,
    verb,
    predicate,
    isPlural: /\band\b/.test(subject) || agreesAsPlural(head, verb.text),
    isName: /^\p{Lu}/u.test(bare(subject)) && subjectTokens[0]?.tags.has('ProperNoun') === true,
  };
}

function verbIndex(tokens: readonly Token[]): number | null {
  for (let i = 1; i < Math.min(tokens.length - 1, LONGEST_SUBJECT); i++) {
    const token = tokens[i];
    const previous = tokens[i - 1];
    if (!token || !previous) return null;
    if (/[,;:—–]/.test(previous.after) || /[(—]/.test(token.before)) {
      // "A, B, and C are …" is the only subject that may hold a comma.
      const next = tokens
        .slice(i, i + 4)
        .map(({ text }) => text)
        .join(' ');
      if (!/^, ?$/.test(previous.after) || !/\b(?:and|or)\b/.test(next)) return null;
    }
    if (OPENS_CLAUSE.test(token.text.toLowerCase())) return null;
    // "FIFO evicts the page": before an article stands no second noun, whatever the tagger makes of the word.
    const isHidden =
      /[^su]s$/.test(token.text) &&
      previous.tags.has('Noun') &&
      !previous.tags.has('Plural') &&
      /^(?:the|an?|its|no|each|every)$/.test(tokens[i + 1]?.text ?? '');
    const isVerb = AUXILIARY.test(token.text) || isHidden || (isFiniteVerb(token) && !token.tags.has('Noun'));
    if (isVerb && !isDeterminer(previous)) {
      const following = tokens[i + 1];
      // "The figures helps …": the first of two was a noun.
      const isNoun =
        !AUXILIARY.test(token.text) &&
        following !== undefined &&
        !/[,;]/.test(token.after) &&
        (AUXILIARY.test(following.text) || (isFiniteVerb(following) && /(?:s|ed)$/.test(following.text)));
      return isNoun ? i + 1 : i;
    }
    if (token.tags.has('Gerund') && !isDeterminer(previous) && previous.tags.has('Noun')) return null;
  }
  return null;
}

/** In "cells found in the skin are …" the first past form is not the verb of the sentence. */
function isReducedRelative(verb: Token, rest: readonly Token[], predicate: string): boolean {
  if (AUXILIARY.test(verb.text)) return false;
  if (!verb.tags.has('PastTense') && !/(?:ed|en)$/.test(verb.text)) return false;
  if (
    /^(?:by|in|with|from|on|at|to|for|as|between|within|during|using)$/.test(rest[0]?.text ?? '') &&
    !verb.tags.has('PastTense')
  )
    return true;
  return (
    rest.some(({ text }) => /^(?:is|are|was|were|has|have|can|may|will)$/i.test(text)) &&
    !/[,;]/.test(predicate.slice(0, 40))
  );
}

function agreesAsPlural(head: Token, verb: string): boolean {
  if (/^(?:are|were|have|do)$/i.test(verb)) return true;
  if (/^(?:is|was|has|does)$/i.test(verb)) return false;
  return head.tags.has('Plural') || looksPlural(head.text);
}

/** True for a subject that names something by itself. */
export const namesItself = (subject: string): boolean => isTermLike(subject) && !REFERS_BACK.test(subject);

const REFERS_BACK =
  /^(?:this|that|these|those|it|its|they|their|he|she|his|her|such|there|here|one|another|some|many|most|several|each|both|neither|either|all|any|few|what|which|who)\b/i;

/** Where a second statement may begin inside a predicate. */
const SECOND_STATEMENT =
  /,? (?:and |but |so |while )(?=(?:the|an?|this|these|some|each|other|many|most|\p{Lu}\p{L}+) )|, (?=(?:the|an?|this|these|some|each) )/gu;
const OPEN_PAIR = /\b(?:both|between|either|from)\b(?!.*\b(?:and|or|to)\b)/;
const RELATIVE = /^.*\b(?:in which|that|which|who|how|when|where|whose)\s(.*)$/;

const JOINS =
  '(?:and|but|so|yet|after which|during which|in which case|while|whereas|although|though|even though|as well as its|however)';
const OWN_SUBJECT = '(?:it|they|this|these|he|she|there|then|therefore|thus)\\b';
const OTHER_SUBJECT =
  '(?![\\w ,-]{0,30}\\b(?:that|which|who|whose|where)\\b)[\\w -]{3,30} (?:is|are|was|were|has|have|can|will)\\b';
const OWN_VERB = '(?:was|were|is|are|has|have|had|can|will|may)\\b';

const NEW_SUBJECT = new RegExp(`,? ${JOINS} (?:${OWN_SUBJECT}|${OTHER_SUBJECT}).*$`);
const NEW_VERB = new RegExp(`,? ${JOINS} (?:${OWN_VERB}).*$`);
const AFTERTHOUGHT =
  /,? (?:after which|since|because|resulting in|thereby|thus|for example|such as|including|e\.g\.|i\.e\.)\b.*$/;
const LONG = 110;

/** A predicate up to where a second statement begins. */
export function firstStatement(predicate: string): string {
  return withoutSecondVerb(firstSubject(predicate));
}

/** All that a predicate says of its own subject: "is a member of … and was found in …". */
export function firstSubject(predicate: string): string {
  for (const join of predicate.matchAll(SECOND_STATEMENT)) {
    const before = predicate.slice(0, join.index);
    if (join.index <= 20 || OPEN_PAIR.test(before)) continue;
    const relative = RELATIVE.exec(before)?.[1];
    if (relative !== undefined && !tokensOf(relative).some(isFiniteVerb)) continue;
    if (clauseOf(capitalised(predicate.slice(join.index + join[0].length)))) return trimmed(before);
  }
  return trimmed(predicate);
}

const withoutSecondVerb = (predicate: string): string =>
  /\bboth\b/.test(predicate) ? predicate : predicate.replace(NEW_VERB, '').replace(/[,\s]+$/, '');

const trimmed = (predicate: string): string =>
  withoutBrackets(predicate)
    .replace(/\s*[;:]\s.*$/, '')
    .replace(/\s*[—–]\s.*$/, '')
    .replace(/, (?:while|whereas|unlike) .*$/, '')
    .replace(NEW_SUBJECT, '')
    .replace(AFTERTHOUGHT, (tail) => (predicate.length > LONG ? '' : tail))
    .replace(/[,\s]+$/, '');
