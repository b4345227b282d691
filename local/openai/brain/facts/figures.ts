import { OPENS_LOOSELY, POINTS_BACK } from '../text/leaning.ts';
import { ANY_YEAR, MONTHS } from './blanks.ts';
import { type Clause, namesItself } from './clause.ts';
import type { Dictionary } from './dictionary.ts';
import { infinitiveOf } from './tags.ts';
import { isTermLike } from './term-form.ts';
import type { FigureFact, Unit } from './types.ts';
import { bare, rootsOf, withoutBrackets } from './words.ts';

const YEAR = /\b(?:in|In|by|since|until|from)\s(1[0-9]{3}|20[0-2]\d)\b(?![-–/]|s\b)/;

/** "In 1907 the first culture was developed" becomes "In which year was the first culture developed?" */
export function yearsIn(
  unit: Unit,
  statement: string,
  clause: Clause | null,
  dictionary: Dictionary,
): FigureFact[] {
  const year = YEAR.exec(statement)?.[1];
  if (!clause || !year || clause.subject.length > 70 || POINTS_BACK.test(statement)) return [];
  if (clause.subject.includes(',') || (!clause.lead && /^\p{Ll}/u.test(clause.subject))) return [];
  if (OPENS_LOOSELY.test(clause.subject) || clause.subject.includes(year)) return [];
  if ([...`${clause.lead} ${clause.predicate}`.matchAll(ANY_YEAR)].length !== 1) return [];
  if (!isTermLike(clause.subject) && !clause.isName && rootsOf(clause.subject).length < 2) return [];
  const question = whenQuestion(clause, year, dictionary);
  return question
    ? [{ kind: 'year', unit, about: bare(clause.subject), question, answer: year, weight: 1.5 }]
    : [];
}

/** "is a member of … and was first described in 2012": only the second verb has the year. */
function partWith(clause: Clause, year: string): Pick<Clause, 'predicate' | 'verb'> {
  const second = /^(.+?),? and ((was|were) .+)$/.exec(clause.predicate);
  if (!second?.[2] || !second[3] || second[1]?.includes(year) || !second[2].includes(year)) return clause;
  if (/\b(?:that|which|who|where)\b/.test(second[1] ?? '')) return clause;
  return { predicate: second[2], verb: { ...clause.verb, text: second[3] } };
}

function whenQuestion(clause: Clause, year: string, dictionary: Dictionary): string | null {
  const { predicate, verb } = partWith(clause, year);
  const at = predicate.indexOf(year);
  const inner = predicate.search(
    /\b(?:which|who|whom|where|when|while|and|but|including|after|before|because|as|that)\b/,
  );
  // The year belongs to another clause.
  if (at >= 0 && inner >= 0 && inner < at) return null;
  const tail = withoutBrackets(predicate)
    .replace(/\s+,/g, ',')
    .replace(
      new RegExp(
        `,?\\s*\\b(?:(?:early|late|mid) )?(?:in|since|by|from)\\s(?:(?:early|late|mid|${MONTHS})\\s)?${year}\\b`,
      ),
      '',
    )
    .replace(/,? which\b.*$/, '')
    .replace(/[,;]\s*(?:and|but|when|where|which|while|after|with)\b.*$/, '')
    .trim();
  if (tail.length > 130 || tail.length < 8 || tail.includes(year) || /\s,|[:;]/.test(tail)) return null;
  if (/\band (?:was|is|were|has|had|then|did)\b|\band \w+ed\b/.test(tail)) return null;
  const question = inverted(lowerArticle(clause, dictionary), tail, verb);
  return question ? `In which year ${question}?` : null;
}

const lowerArticle = ({ subject, isName }: Clause, { cased }: Dictionary): string => {
  if (/^(?:The|An?)\s/.test(subject)) return subject.charAt(0).toLowerCase() + subject.slice(1);
  return isName ? subject : cased(subject);
};

const PAST_BE = /^(?:was|were)$/i;
/** What is so, or will be, has no year of its own. */
const NOT_PAST = /^(?:is|are|has|have|had|can|could|will|would|may|might|must|should)$/i;
/** What is reported rather than done: its year is the year of a paper. */
const REPORTS = /^(?:note|say|report|claim|show|suggest|find|argue|state|have|estimate)$/;

function inverted(subject: string, tail: string, verb: Clause['verb']): string | null {
  const rest = tail.slice(tail.indexOf(verb.text) + verb.text.length).trim();
  if (NOT_PAST.test(verb.text)) return null;
  if (PAST_BE.test(verb.text)) return `${verb.text.toLowerCase()} ${subject} ${rest}`.trim();
  const isPast = verb.tags.has('PastTense') || /ed$/.test(verb.text);
  const base = isPast ? infinitiveOf(verb.text, 'PastTense') : null;
  if (!base || (base === verb.text && /ed$/.test(base))) return null;
  if (REPORTS.test(base) || /\bthat\b/.test(rest)) return null;
  return `did ${subject} ${base} ${rest}`.trim();
}

const HAS_COUNT =
  /^(has|have|contains?|consists? of|includes?|comprises?|possess(?:es)?) (?:exactly |about |approximately |only |around |over |more than |at least )?(\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?!million|billion|percent|hundred|thousand|or\b|to\b|and\b)((?:[\w-]+ ){0,2}[\w-]+s)\b/;
/** "An address has 32 bits" becomes "How many bits does an address have?" */
export function countsIn(unit: Unit, clause: Clause | null, dictionary: Dictionary): FigureFact[] {
  if (!clause || clause.lead) return [];
  const match = HAS_COUNT.exec(clause.predicate);
  const [, verb = '', answer = '', things = ''] = match ?? [];
  if (!match || POINTS_BACK.test(clause.subject) || OPENS_LOOSELY.test(clause.subject)) return [];
  if (
    !namesItself(clause.subject) ||
    /\b(?:and|or|is|are|of|in|that|other|more|additional|different|such|following|key|times)\b/.test(things)
  )
    return [];
  const base = /^ha(?:s|ve)$/.test(verb)
    ? 'have'
    : /^consist/.test(verb)
      ? 'consist of'
      : infinitiveOf(verb, 'PresentTense');
  if (!base) return [];
  const subject = lowerArticle(clause, dictionary);
  const question = `How many ${things} ${clause.isPlural ? 'do' : 'does'} ${subject} ${base}?`;
  return [{ kind: 'number', unit, about: bare(clause.subject), question, answer, weight: 1.7 }];
}
