import { type Clause, namesItself } from './clause.ts';
import type { Dictionary } from './dictionary.ts';
import { infinitiveOf, tokensOf } from './tags.ts';
import { isGeneral, isTermLike } from './term-form.ts';
import type { FigureFact, Unit } from './types.ts';
import { bare, rootsOf, withoutBrackets, withoutEnd } from './words.ts';

const YEAR = /\b(?:in|In|by|since|until|from)\s(1[0-9]{3}|20[0-2]\d)\b(?![-–/]|s\b)/;
const ANY_YEAR = /\b(?:1\d{3}|20\d\d)\b/g;
const POINTS_BACK =
  /\b(?:it|they|he|she|this|these|that|those|his|her|their|its|such|there|then|here|former|latter)\b/i;
const OPENS_LOOSELY =
  /^(?!(?:By|After|Before|During|From|Since) (?:the )?\d)(?:What|Which|How|Why|Who|This|That|These|Those|It|Its|They|Their|He|She|His|Her|Such|There|Here|One|Another|Others?|Some|Many|Most|Several|Each|Both|Neither|Either|All|Any|Few|As|If|When|While|Although|Though|Because|Since|Unlike|By|With|For|From|After|Before|During|Among|Within|And|But|Or|So|Not|Once|Until|Unless|Despite|Even|Just|Only|Also|Using|Given|Based)\b/;
const MONTH =
  '(?:early|late|mid|January|February|March|April|May|June|July|August|September|October|November|December)';

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
      new RegExp(`,?\\s*\\b(?:(?:early|late|mid) )?(?:in|since|by|from)\\s(?:${MONTH}\\s)?${year}\\b`),
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
const MEASURE =
  /(?<![\d.,/–-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(%(?!\s?[–-])|percent|per cent|°C|°F|degrees|km|kilometers|miles|meters|metres|cm|mm|µm|μm|nm|kg|grams|years?|days?|hours?|minutes?|seconds?|weeks?|months?|million|billion|chromosomes|bones|species|genes|amino acids|countries|times|volts|bits|bytes|people|wires|modes|pins|messages|devices|kilobytes|kB|KB|MB|GB|Mbps|Kbps|hertz|Hz|square kilometers)(?![\w–-])|(?<![\d.,/–-])(\d+(?:\.\d+)?)(%)(?!\s?[–-])/;
const LONGEST_BLANKED = 200;

/** How many of something there are, or how large it is. */
export function numbersIn(
  unit: Unit,
  whole: string,
  clause: Clause | null,
  dictionary: Dictionary,
): FigureFact[] {
  const statement = withoutBrackets(whole).replace(/, reviewed in the literature(?=\.)/, '');
  const count = clause && !clause.lead ? countOf(clause, dictionary) : null;
  if (count && clause) return [{ kind: 'number', unit, about: bare(clause.subject), ...count, weight: 1.7 }];
  if ((clause && isGeneral(clause.subject) && !/\d/.test(clause.subject)) || opensGenerally(statement))
    return [];
  if (isInstruction(statement)) return [];
  // An item of a list may be no sentence at all.
  if (!clause && !/\.$/.test(whole)) return [];
  const measured = MEASURE.exec(statement);
  const amount = measured?.[1] ?? measured?.[3];
  const measure = measured?.[2] ?? measured?.[4];
  if (!measured || !amount || !measure || !isMeasurable(statement, measured.index)) return [];
  const answer = /^[%°]/.test(measure) ? `${amount}${measure}` : `${amount} ${measure}`;
  const isShare = measure === '%' || /per ?cent/.test(measure);
  const blanked = statement.replace(measured[0], '_____');
  const question = `Which ${isShare ? 'percentage' : 'number'} completes the sentence? “${blanked}”`;
  const about = aboutOf(statement.replace(measured[0], ''), clause);
  return [{ kind: 'number', unit, about, question, answer, weight: 1.1 }];
}

/** "Wait for 20 seconds" is a step of something and no fact. */
const isInstruction = (statement: string): boolean => {
  const [first] = tokensOf(statement);
  return first?.tags.has('Verb') === true && !first.tags.has('Gerund') && !first.tags.has('Auxiliary');
};

/** "The case who died …": which one, only the text around it says. */
const opensGenerally = (statement: string): boolean =>
  isGeneral(
    /^(?:The|An?) ((?:\w+ )??\w+) (?:who|that|which|of|in|was|were|is|are|has|had|cleared|selected|for)\b/.exec(
      statement,
    )?.[1] ?? '',
  );

const WORDS_OF_A_CONCEPT = 7;

/** What a measure measures, in a few words that do not hold the figure. */
function aboutOf(statement: string, clause: Clause | null): string {
  const subject = clause ? bare(clause.subject) : '';
  if (subject && !/\d/.test(subject) && subject.length <= 60) return subject;
  return withoutEnd(statement.split(/\s+/).slice(0, WORDS_OF_A_CONCEPT).join(' '));
}

function countOf(clause: Clause, dictionary: Dictionary): { question: string; answer: string } | null {
  const match = HAS_COUNT.exec(clause.predicate);
  const [, verb = '', answer = '', things = ''] = match ?? [];
  if (!match || POINTS_BACK.test(clause.subject) || OPENS_LOOSELY.test(clause.subject)) return null;
  if (
    !namesItself(clause.subject) ||
    /\b(?:and|or|is|are|of|in|that|other|more|additional|different|such|following|key|times)\b/.test(things)
  )
    return null;
  const base = /^ha(?:s|ve)$/.test(verb)
    ? 'have'
    : /^consist/.test(verb)
      ? 'consist of'
      : infinitiveOf(verb, 'PresentTense');
  if (!base) return null;
  const subject = lowerArticle(clause, dictionary);
  return { question: `How many ${things} ${clause.isPlural ? 'do' : 'does'} ${subject} ${base}?`, answer };
}

/** Which virus, which trial, the second case of what: only the sentences around it say that. */
const UNNAMED =
  /\bthe (?:virus|disease|outbreak|vaccine|trial|project|volunteers|patients|participants)\b(?! of\b)|\b(?:first|second|third) (?:[\w-]+ ){0,3}(?:case|transmission|death)s?\b(?! of\b)|\bcurrent\b|\b\d+ cases\b/i;

/** A sentence that can be shown alone with its figure left out. */
export const isStandingAlone = (statement: string): boolean =>
  statement.length < LONGEST_BLANKED &&
  !UNNAMED.test(statement) &&
  !/[“”"();:]/.test(statement) &&
  !POINTS_BACK.test(statement.replace(/\bthat\b|\bthose (?:who|with|infected|in|of)\b/g, '')) &&
  !OPENS_LOOSELY.test(statement.replace(/^(?:On|In|By|Since) _+,? /, 'The ')) &&
  rootsOf(statement).length >= 6;

function isMeasurable(statement: string, at: number): boolean {
  const digits = statement.match(/\d+(?:[.,]\d+)*/g)?.length ?? 0;
  return (
    statement.length < LONGEST_BLANKED &&
    digits <= 3 &&
    !UNNAMED.test(statement) &&
    !/\bfor (?:example|instance)\b/.test(statement) &&
    !/[“”"();:]/.test(statement) &&
    !POINTS_BACK.test(statement.replace(/\bthat\b/g, '')) &&
    !OPENS_LOOSELY.test(statement) &&
    !/\b(?:between|from|to|and|or)\s*$/.test(statement.slice(0, at)) &&
    !/^\S+\s+(?:to|and|or|–)\s+\d/.test(statement.slice(at)) &&
    rootsOf(statement).length >= 6
  );
}
