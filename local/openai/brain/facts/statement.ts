import { clauseOf, isFiniteVerb } from './clause.ts';
import { tokensOf } from './tags.ts';
import { capitalised, withoutBrackets } from './words.ts';

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
