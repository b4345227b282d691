import { OPENS_LOOSELY, POINTS_BACK } from '../text/leaning.ts';
import type { Clause } from './clause.ts';
import { tokensOf } from './tags.ts';
import { isGeneral } from './term-form.ts';
import type { FigureFact, Unit } from './types.ts';
import { rootsOf, withoutBrackets, withoutEnd } from './words.ts';

export const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December';
/** "January 15, 2020", "15 January 2020", "15 January". */
export const DATE = new RegExp(
  `\\b(?:(?:${MONTHS}) \\d{1,2}, \\d{4}|\\d{1,2} (?:${MONTHS})(?: \\d{4})?|(?:${MONTHS}) \\d{1,2}(?!\\d|[–-]| ?(?:to|and)))\\b`,
  'g',
);
export const ANY_YEAR = /\b(?:1\d{3}|20\d\d)\b/g;
const MEASURE =
  /(?<![\d.,/–-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(%(?!\s?[–-])|percent|per cent|°C|°F|degrees|km|kilometers|miles|meters|metres|cm|mm|µm|μm|nm|kg|grams|years?|days?|hours?|minutes?|seconds?|weeks?|months?|million|billion|chromosomes|bones|species|genes|amino acids|countries|times|volts|bits|bytes|people|wires|modes|pins|messages|devices|kilobytes|kB|KB|MB|GB|Mbps|Kbps|hertz|Hz|square kilometers)(?![\w–-])/g;
const YEAR_AFTER =
  /(?<=\b(?:in|In|since|until|during) (?:(?:early|late|mid) )?)(1[89]\d\d|20[0-2]\d)\b(?![-–/]|s\b)/g;
/** "three genotypes", "36 states": what is counted, in the plural. Two of something is too often said by the sense alone. */
const COUNT =
  /(?<![\w.,/–-])(three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3}(?:,\d{3})+|\d{2,5})(?= (?:[\p{L}-]+ ){0,2}?(?!cases\b|deaths\b|years\b|days\b|patients\b|others?\b|have\b|has\b|was\b|is\b|times\b|weeks\b)\p{Ll}{3,}s\b)/gu;
const ANY_COUNT =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|(?<![\w-])\d[\d.,]*(?![\w-])/g;
/** "100,000 daltons or more" holds for less as well, and what is listed can be counted. */
const TELLS_COUNT = /\bor (?:more|less|fewer|greater|so)\b|, [^,]+, (?:and|or) /;
/** What only the sentences around it make clear. */
const LEANS =
  /\b(?:remaining|the following|additional|these|each|case|cases|respondents|questions?|steps?|version|the (?:first|second|third|last)|one|lesson)\b|^(?:The|An?) (?:[\p{L}-]+ )?(?:outbreak|disease|virus|epidemic|vaccine|tool|method|sensor|device|area|time|list|table|images?)\b/iu;
/** Which virus, which trial, the second case of what: only the sentences around it say that. */
const UNNAMED =
  /\bthe (?:virus|disease|outbreak|vaccine|trial|project|volunteers|patients|participants)\b(?! of\b)|\b(?:first|second|third) (?:[\w-]+ ){0,3}(?:case|transmission|death)s?\b(?! of\b)|\bcurrent\b|\b\d+ cases\b/i;

const LONGEST_BLANKED = 200;

/** Whether a sentence can be shown alone with its figure left out. */
const standsAlone = (statement: string): boolean =>
  statement.length < LONGEST_BLANKED &&
  !UNNAMED.test(statement) &&
  !/[“”"();:]/.test(statement) &&
  !POINTS_BACK.test(statement.replace(/\bthose (?:who|with|infected|in|of)\b/g, '')) &&
  !OPENS_LOOSELY.test(statement) &&
  rootsOf(statement).length >= 6;

type Blank = {
  noun: 'date' | 'percentage' | 'number' | 'year';
  weight: number;
  figures: RegExp;
  /** Whether the one that was found may be left out; `all` are those of the sentence. */
  isFit: (found: RegExpExecArray, statement: string, all: RegExpExecArray[]) => boolean;
};

const isYear = (text: string): boolean => /^(?:1[89]|20)\d\d$/.test(text);
const isOnly = (all: RegExpExecArray[]): boolean => all.length === 1;
const occur = (statement: string, pattern: RegExp): number => [...statement.matchAll(pattern)].length;

/** What is left out of a sentence: the first kind of figure that it holds. */
const BLANKS: Blank[] = [
  {
    noun: 'date',
    weight: 1.2,
    figures: DATE,
    isFit: ({ index }, statement, all) =>
      isOnly(all) && /(?:^On|\b(?:on|On|since|until|by|of)) $/.test(statement.slice(0, index)),
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
    isFit: (_, statement, all) => isOnly(all) && occur(statement, ANY_YEAR) === 1 && !LEANS.test(statement),
  },
  {
    noun: 'number',
    weight: 0.9,
    figures: COUNT,
    isFit: ([count], statement, all) =>
      isOnly(all) &&
      occur(statement, ANY_COUNT) === 1 &&
      !isYear(count) &&
      ![LEANS, TELLS_COUNT].some((leans) => leans.test(statement)),
  },
];

/** A sentence with its figure left out, where no question can be made of it. */
export function blanksIn(unit: Unit, whole: string, clause: Clause | null): FigureFact[] {
  const statement = withoutBrackets(whole).replace(/, reviewed in the literature(?=\.)/, '');
  const isAboutNoOne = clause !== null && isGeneral(clause.subject) && !/\d/.test(clause.subject);
  // An item of a list may be no sentence at all.
  if (
    (!clause && !/\.$/.test(whole)) ||
    !standsAlone(statement) ||
    opensGenerally(statement) ||
    isInstruction(statement)
  )
    return [];
  for (const { noun, weight, figures, isFit } of BLANKS) {
    const all = [...statement.matchAll(figures)];
    const [found] = all;
    if (!found || !isFit(found, statement, all) || (isAboutNoOne && noun !== 'date')) continue;
    const before = statement.slice(0, found.index);
    const after = statement.slice(found.index + found[0].length);
    if (/\b(?:between|from|to|and|or)\s*$/.test(before) || /^\s*(?:to|and|or|–)\s+\d/.test(after)) continue;
    const isShare = noun === 'number' && /%|per ?cent/.test(found[0]);
    const question = `Which ${isShare ? 'percentage' : noun} completes the sentence? “${before}_____${after}”`;
    const answer = found[0].replace(/(?<=\d)\s?(?=[%°])|(?<=\d)(?=\p{L})/gu, (_, at: number) =>
      /^[%°]/.test(found[0].slice(at).trim()) ? '' : ' ',
    );
    return [
      {
        kind: noun === 'year' ? 'year' : 'number',
        unit,
        about: aboutOf(`${before}${after}`),
        question,
        answer,
        weight,
      },
    ];
  }
  return [];
}

const WORDS_OF_A_CONCEPT = 8;

/** What a figure is said of, in a few words that do not hold it. */
const aboutOf = (rest: string): string =>
  withoutEnd(
    rest
      .replace(/^(?:In|On|Since|By) ?,? /, '')
      .trim()
      .split(/\s+/)
      .slice(0, WORDS_OF_A_CONCEPT)
      .join(' '),
  );

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
