import { OPENS_LOOSELY, POINTS_BACK } from '../text/leaning.ts';
import { type Clause, namesItself } from './clause.ts';
import type { Dictionary } from './dictionary.ts';
import { LEANS_FOREIGN } from './sayings.ts';
import { infinitiveOf, tokensOf } from './tags.ts';
import { isGeneral, isTermLike } from './term-form.ts';
import type { FigureFact, Unit } from './types.ts';
import { WORDING } from './wording.ts';
import { bare, rootsOf, withoutBrackets, withoutEnd } from './words.ts';

const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December';
const MONTHS_ELSEWHERE =
  'Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|' +
  'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre';
/** "January 15, 2020", "15 January 2020", "15 January", "3. Oktober 1990", "1er août 1789", "16 de septiembre de 1810". */
export const DATE = new RegExp(
  `(?<![\\p{L}\\d])(?:(?:${MONTHS}) \\d{1,2}, \\d{4}|\\d{1,2}(?:\\.|er)? (?:de )?(?:${MONTHS}|${MONTHS_ELSEWHERE})(?: (?:de )?\\d{4})?|(?:${MONTHS}) \\d{1,2}(?!\\d|[–-]| ?(?:to|and)))(?![\\p{L}\\d])`,
  'gu',
);
const ANY_YEAR = /\b(?:1\d{3}|20\d\d)\b/g;
const YEAR = new RegExp(
  `\\b(?:in|In|by|since|until|from)\\s(?:(?:${MONTHS}) )?(1[0-9]{3}|20[0-2]\\d)\\b(?![-–/]|s\\b)`,
);
const COUNT_WORD = 'three|four|five|six|seven|eight|nine|ten|eleven|twelve';

const occur = (statement: string, pattern: RegExp): number => [...statement.matchAll(pattern)].length;
const articleLowered = ({ subject, isName }: Clause, { cased }: Dictionary): string => {
  if (/^(?:The|An?)\s/.test(subject)) return subject.charAt(0).toLowerCase() + subject.slice(1);
  return isName ? subject : cased(subject);
};

/** What happens to a thing once: its year needs no more than the thing. */
const ONCE =
  /\b(?:first|born|died?|discover|invent|found|establish|publish|patent|open|abolish|sign|introduc|develop|describ|launch|win|won|build|built|produc|improv|demonstrat|explain|predict|banned?|end|begin|began|became|propos|finish|join|adopt|ratif|crown|elect|conquer|occup)/;
const SHORTEST_TALE = 5;

/** "In which year did inflation skyrocket?" is asked of nothing: a name, a single event, or much detail says which. */
const saysWhich = (question: string): boolean =>
  /(?<!^)(?<!“)\p{Lu}/u.test(question.replace(/^In which year /, '')) ||
  ONCE.test(question) ||
  rootsOf(question).length > SHORTEST_TALE;

/** Up to where a second clause begins, if the year stands before it. */
const firstPart = (statement: string, year: string): string => {
  const first = statement.replace(/, (?:but|and|so|while|because|although|where) .*$/, '');
  return first.includes(year) ? first : statement;
};

/** "In 1907 the first culture was developed" becomes "In which year was the first culture developed?" */
function yearsIn(unit: Unit, statement: string, clause: Clause | null, dictionary: Dictionary): FigureFact[] {
  const year = YEAR.exec(statement)?.[1];
  if (!clause || !year || clause.subject.length > 70 || POINTS_BACK.test(firstPart(statement, year)))
    return [];
  if (
    /,|\b(?:after|before|during|later|earlier)\b/.test(clause.subject) ||
    OPENS_LOOSELY.test(clause.subject)
  )
    return [];
  if (clause.subject.includes(year) || occur(`${clause.lead} ${clause.predicate}`, ANY_YEAR) !== 1) return [];
  if (isGeneral(clause.subject) && !clause.isName && rootsOf(clause.subject).length < 2) return [];
  if (!isTermLike(clause.subject) && !clause.isName && rootsOf(clause.subject).length < 2) return [];
  const question = whenQuestion(clause, year, dictionary);
  if (!question || !saysWhich(question)) return [];
  return [
    { kind: 'year', unit, about: bare(clause.subject), question, blanked: null, answer: year, weight: 1.5 },
  ];
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
  const question = inverted(articleLowered(clause, dictionary), tail, verb);
  return question ? `In which year ${question}?` : null;
}

/** What is so, or will be, has no year of its own; the year of what is reported is that of a paper. */
const NOT_PAST = /^(?:is|are|has|have|had|can|could|will|would|may|might|must|should)$/i;
const REPORTS = /^(?:note|say|report|claim|show|suggest|find|argue|state|have|estimate)$/;

function inverted(subject: string, tail: string, verb: Clause['verb']): string | null {
  const rest = tail.slice(tail.indexOf(verb.text) + verb.text.length).trim();
  if (NOT_PAST.test(verb.text)) return null;
  if (/^(?:was|were)$/i.test(verb.text)) return `${verb.text.toLowerCase()} ${subject} ${rest}`.trim();
  const isPast = verb.tags.has('PastTense') || /ed$/.test(verb.text);
  const base = isPast ? infinitiveOf(verb.text, 'PastTense') : null;
  if (!base || (base === verb.text && /(?:ed|en)$/.test(base)) || REPORTS.test(base) || /\bthat\b/.test(rest))
    return null;
  return `did ${subject} ${base} ${rest}`.trim();
}

const HAS_COUNT = new RegExp(
  `^(has|have|contains?|consists? of|includes?|comprises?|possess(?:es)?) (?:exactly |about |approximately |only |around |over |more than |at least )?(\\d[\\d,]*|two|${COUNT_WORD}) (?!million|billion|percent|hundred|thousand|or\\b|to\\b|and\\b)((?:[\\w-]+ ){0,2}[\\w-]+s)\\b`,
);

/** "An address has 32 bits" becomes "How many bits does an address have?" */
function countsIn(unit: Unit, clause: Clause | null, dictionary: Dictionary): FigureFact[] {
  const [, verb, answer, things = ''] = (!clause?.lead && HAS_COUNT.exec(clause?.predicate ?? '')) || [];
  if (!clause || !verb || !answer || !namesItself(clause.subject)) return [];
  if (POINTS_BACK.test(clause.subject) || OPENS_LOOSELY.test(clause.subject)) return [];
  // "have three structures that animal cells lack": without what follows the number is of nothing.
  const [, rest = ''] = clause.predicate.split(things);
  if (/^ (?!and\b|but\b)/.test(rest)) return [];
  if (
    /\b(?:and|or|is|are|of|in|that|other|more|additional|different|such|following|key|times)\b/.test(things)
  )
    return [];
  const base = verb.startsWith('consist') ? 'consist of' : infinitiveOf(verb, 'PresentTense');
  if (!base) return [];
  const question = `How many ${things} ${clause.isPlural ? 'do' : 'does'} ${articleLowered(clause, dictionary)} ${base}?`;
  return [
    { kind: 'number', unit, about: bare(clause.subject), question, blanked: null, answer, weight: 1.7 },
  ];
}

const MEASURE =
  /(?<![\d.,/–-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(%(?!\s?[–-])|percent|per cent|°C|°F|degrees|km|kilometers|miles|meters|metres|cm|mm|µm|μm|nm|kg|grams|years?|days?|hours?|minutes?|seconds?|weeks?|months?|million|billion|chromosomes|bones|species|genes|amino acids|countries|times|volts|bits|bytes|people|wires|modes|pins|messages|devices|kilobytes|kB|KB|MB|GB|Mbps|Kbps|hertz|Hz|square kilometers)(?![\w–-])/g;
const YEAR_AFTER = new RegExp(
  `(?<=(?<!\\p{L})(?:in|In|since|until|during|\\p{Ll}{3,}ten?|wurden?|Jahr|seit|Seit|bis|en|En|desde|Desde|hasta|depuis|Depuis) (?:(?:early|late|mid|${MONTHS}|${MONTHS_ELSEWHERE}) (?:de )?)?)(1[0-9]\\d\\d|20[0-2]\\d)\\b(?![-–/]|s\\b)`,
  'gu',
);
/** "three genotypes", "36 states": what is counted, in the plural. Two of something is too often said by the sense alone. */
const COUNT = new RegExp(
  `(?<![\\w.,/–-])(${COUNT_WORD}|\\d{1,3}(?:,\\d{3})+|\\d{2,5})(?= (?:[\\p{L}-]+ ){0,2}?(?!cases\\b|deaths\\b|years\\b|days\\b|patients\\b|others?\\b|have\\b|has\\b|was\\b|is\\b|times\\b|weeks\\b)\\p{Ll}{3,}s\\b)`,
  'gu',
);
const ANY_COUNT = new RegExp(`\\b(?:two|${COUNT_WORD})\\b|(?<![\\w-])\\d[\\d.,]*(?![\\w-])`, 'g');
/** "100,000 daltons or more" holds for less as well, and what is listed can be counted. */
const TELLS_COUNT =
  /^(?:The|Of the) (?:\w+|[\d,]+) |\bor (?:more|less|fewer|greater|so)\b|, [^,]+, (?:and|or) /;
/** What only the sentences around it make clear: which virus, which trial, the second case of what. */
const LEANS =
  /\b(?:remaining|the following|additional|these|each|case|cases|respondents|questions?|steps?|version|the (?:first|second|third|last)|one|lesson)\b|^(?:The|An?) (?:[\p{L}-]+ )?(?:outbreak|disease|virus|epidemic|vaccine|tool|method|sensor|device|area|time|list|table|images?)\b/iu;
export const UNNAMED =
  /\bthe (?:virus|disease|outbreak|vaccine|trial|project|fastest|slowest|former|latter)\b(?! of\b)|^The \w+est\b|\b(?:volunteers|participants|interviewees|patients)\b|\b(?:first|second|third) (?:[\w-]+ ){0,3}(?:case|transmission|death)s?\b(?! of\b)|\bcurrent\b|\b\d+ cases\b|\bthen a\b|\bthe (?:two|three|four|five|six|other) (?!types?\b|kinds?\b)\p{Ll}+/iu;
const LONGEST_BLANKED = 200;

const standsAlone = (statement: string): boolean =>
  statement.length < LONGEST_BLANKED &&
  !UNNAMED.test(statement) &&
  !/[“”"();:]/.test(statement) &&
  !POINTS_BACK.test(statement.replace(/\bthose (?:who|with|infected|in|of)\b/g, '')) &&
  !OPENS_LOOSELY.test(statement) &&
  rootsOf(statement).length >= 5;

type Blank = {
  noun: 'date' | 'percentage' | 'number' | 'year';
  weight: number;
  figures: RegExp;
  /** Whether the one that was found may be left out; `all` are those of the sentence. */
  isFit: (found: RegExpExecArray, statement: string, all: RegExpExecArray[]) => boolean;
};

/** What is left out of a sentence: the first kind of figure that it holds. */
const BLANKS: Blank[] = [
  {
    noun: 'date',
    weight: 1.2,
    figures: DATE,
    isFit: ({ index }, statement, all) =>
      all.length === 1 &&
      /(?:^On|^Le|(?<!\p{L})(?:on|On|since|until|by|of|am|Am|el|El|le|Le|du|nuit du|del|seit|bis|au)) $/u.test(
        statement.slice(0, index),
      ),
  },
  {
    noun: 'number',
    weight: 1.1,
    figures: MEASURE,
    isFit: (_, statement) =>
      occur(statement, /\d+(?:[.,]\d+)*/g) <= 3 && !/\bfor (?:example|instance)\b/.test(statement),
  },
  {
    noun: 'year',
    weight: 1.2,
    figures: YEAR_AFTER,
    isFit: (_, statement, all) =>
      all.length === 1 &&
      occur(statement, ANY_YEAR) === 1 &&
      !LEANS.test(statement) &&
      saysWhich(statement) &&
      (rootsOf(statement).length > SHORTEST_TALE || /(?<!^)\p{Lu}/u.test(statement)),
  },
  {
    noun: 'number',
    weight: 0.9,
    figures: COUNT,
    isFit: ([count], statement, all) =>
      all.length === 1 &&
      occur(statement, ANY_COUNT) === 1 &&
      !/^(?:1[89]|20)\d\d$/.test(count) &&
      ![LEANS, TELLS_COUNT].some((leans) => leans.test(statement)),
  },
];

/** A sentence with its figure left out, where no question can be made of it. */
function blanksIn(unit: Unit, whole: string, clause: Clause | null): FigureFact[] {
  const statement = withoutBrackets(whole).replace(/, reviewed in the literature(?=\.)/, '');
  const isAboutNoOne = clause !== null && isGeneral(clause.subject) && !/\d/.test(clause.subject);
  // An item of a list may be no sentence at all.
  if (!clause && unit.kind !== 'item' && !/\.$/.test(whole)) return [];
  if (!standsAlone(statement) || opensGenerally(statement) || isInstruction(statement)) return [];
  return blankIn(unit, statement, isAboutNoOne);
}

function blankIn(unit: Unit, statement: string, isAboutNoOne: boolean): FigureFact[] {
  for (const { noun, weight, figures, isFit } of BLANKS) {
    const all = [...statement.matchAll(figures)];
    const [found] = all;
    if (!found || !isFit(found, statement, all) || (isAboutNoOne && noun !== 'date')) continue;
    const before = statement.slice(0, found.index);
    const after = statement.slice(found.index + found[0].length);
    if (/\b(?:between|from|to|and|or)\s*$/.test(before) || /^\s*(?:to|and|or|–)\s+\d/.test(after)) continue;
    const isShare = noun === 'number' && /%|per ?cent/.test(found[0]);
    const blanked = `${before}_____${after}`.replaceAll('“', '‘').replaceAll('”', '’');
    const question = WORDING[unit.language].blank(isShare ? 'percentage' : noun, blanked);
    const answer = found[0].replace(/(?<=\d)\s(?=[%°])/g, '').replace(/(?<=\d)(?=\p{L})/gu, ' ');
    const kind = noun === 'year' ? 'year' : 'number';
    return [{ kind, unit, about: aboutOf(`${before}${after}`), question, blanked, answer, weight }];
  }
  return [];
}

const WORDS_OF_A_CONCEPT = 8;

/** What a figure is said of, in a few words that do not hold it. */
export const aboutOf = (rest: string): string =>
  withoutEnd(
    rest
      .replace(/^(?:In|On|Since|By) ?,? /, '')
      .trim()
      .split(/\s+/)
      .slice(0, WORDS_OF_A_CONCEPT)
      .join(' '),
  );

/** "Wait for 20 seconds" is a step of something and no fact. */
export const isInstruction = (statement: string): boolean => {
  const [first] = tokensOf(statement);
  return first?.tags.has('Verb') === true && !first.tags.has('Gerund') && !first.tags.has('Auxiliary');
};

/** "The case who died …": which one, only the text around it says. */
export const opensGenerally = (statement: string): boolean =>
  isGeneral(
    /^(?:The|An?) ((?:\w+ )??\w+) (?:who|that|which|of|in|was|were|is|are|has|had|cleared|selected|for)\b/.exec(
      statement,
    )?.[1] ?? '',
  );

const OPENS_FOREIGN =
  /^(?:Er|Sie|Es|Dies\p{L}*|Il|Elle|Ils|Elles|Ce|Cette|Ces|Él|Ella|Est[aeo]s?|Es[aeo]s?|Sus?|Son|Sa|Ses|Leurs?|Sein\p{L}*|Ihr\p{L}*|Da|Dort|Hier|Ici|Là|Aquí|Allí|Aber|Mais|Pero|Und|Et|Y)\b/u;

/** The figure of a sentence that is not English: only what is written out says that it stands alone. */
export function foreignFiguresIn(unit: Unit): FigureFact[] {
  const { clean } = unit;
  if (
    !/^\p{Lu}.*\.$/u.test(clean) ||
    OPENS_FOREIGN.test(clean) ||
    LEANS_FOREIGN.test(clean) ||
    /[“”"«»„();:]/.test(clean)
  )
    return datedIn(unit);
  const isFit = clean.length < LONGEST_BLANKED && rootsOf(clean).length >= 6;
  return isFit ? blankIn(unit, clean, false) : datedIn(unit);
}

const DATED = new RegExp(
  `^(${DATE.source}|(?:1\\d|20)\\d\\d)\\s*(?::|[-–—]|=|->|→|,)\\s+([^:=;]{8,110}?)[.\\s]*$`,
  'u',
);

/** "1917 - October Revolution": a line that begins with its date. */
export function datedIn(unit: Unit): FigureFact[] {
  const [, answer, event = ''] = (unit.kind === 'item' && DATED.exec(unit.clean)) || [];
  if (!answer || /\d{4}/.test(event)) return [];
  const question = WORDING[unit.language].dated(event);
  return [{ kind: 'year', unit, about: event, question, blanked: null, answer, weight: 2 }];
}

/** What a sentence can be asked for in figures: a year, a count, or a figure left out of it. */
export function figuresIn(
  unit: Unit,
  statement: string,
  clause: Clause | null,
  dictionary: Dictionary,
): FigureFact[] {
  const asked = [
    ...datedIn(unit),
    ...yearsIn(unit, statement, clause, dictionary),
    ...countsIn(unit, clause, dictionary),
  ];
  return asked.length > 0 ? asked : blanksIn(unit, statement, clause);
}
