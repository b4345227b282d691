import type { Clause } from './clause.ts';
import { isStandingAlone } from './figures.ts';
import { isGeneral } from './term-form.ts';
import type { FigureFact, Unit } from './types.ts';
import { bare, withoutBrackets, withoutEnd } from './words.ts';

const YEAR =
  /(?<=\b(?:in|In|since|until|during) (?:(?:early|late|mid) )?)(1[89]\d\d|20[0-2]\d)\b(?![-–/]|s\b)/g;
const ANY_YEAR = /\b(?:1[89]\d\d|20[0-2]\d)\b/g;
/** "three genotypes", "36 states": what is counted, in the plural. Two of something is too often said by the sense alone. */
const COUNT =
  /(?<![\w.,/–-])(three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3}(?:,\d{3})+|\d{2,5})(?= (?:[\p{L}-]+ ){0,2}?(?!cases\b|deaths\b|years\b|days\b|patients\b|others?\b|have\b|has\b|was\b|is\b|times\b|weeks\b)\p{Ll}{3,}s\b)/gu;
const ANY_COUNT =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|(?<![\w-])\d[\d.,]*(?![\w-])/g;
/** What only the sentences around it make clear. */
const LEANS =
  /\b(?:remaining|the following|additional|these|each|case|cases|respondents|questions?|steps?|version|the (?:first|second|third|last)|one|lesson)\b|^(?:The|An?) (?:[\p{L}-]+ )?(?:outbreak|disease|virus|epidemic|vaccine|tool|method|sensor|device|area|time|list|table|images?)\b/iu;
/** "100,000 daltons or more" holds for less as well, and what is listed can be counted. */
const TELLS_COUNT = /\bor (?:more|less|fewer|greater|so)\b|, [^,]+, (?:and|or) /;
const LONGEST_CONCEPT = 9;
const FIRST_CALENDAR_YEAR = 1800;

/** A sentence with its only year or its only count left out, where no question can be made of it. */
export function blanksIn(unit: Unit, whole: string, clause: Clause | null): FigureFact[] {
  if (unit.kind !== 'prose' || !/\.$/.test(whole)) return [];
  const statement = withoutBrackets(whole);
  if (LEANS.test(statement) || (clause && isGeneral(clause.subject) && !/\d/.test(clause.subject))) return [];
  const years = [...statement.matchAll(YEAR)];
  const [year] = years;
  if (year && [...statement.matchAll(ANY_YEAR)].length === 1) return blank('year', unit, statement, year);
  const [count, ...others] = [...statement.matchAll(COUNT)];
  if (TELLS_COUNT.test(statement)) return [];
  if (!count || others.length > 0 || [...statement.matchAll(ANY_COUNT)].length !== 1) return [];
  return isYear(count[0]) ? [] : blank('number', unit, statement, count);
}

const isYear = (text: string): boolean =>
  /^\d{4}$/.test(text) && Number(text) >= FIRST_CALENDAR_YEAR && Number(text) < 2100;

function blank(kind: 'year' | 'number', unit: Unit, statement: string, found: RegExpExecArray): FigureFact[] {
  const before = statement.slice(0, found.index);
  const after = statement.slice(found.index + found[0].length);
  const left = `${before}_____${after}`;
  if (!isStandingAlone(left) || /\b(?:between|from)\s*$/.test(before) || /^ (?:to|or|and) \d/.test(after))
    return [];
  const words = `${before}${after}`.trim().split(/\s+/);
  const about = withoutEnd(bare(words.slice(0, LONGEST_CONCEPT).join(' ')));
  return [
    {
      kind,
      unit,
      about,
      question: `Which ${kind} completes the sentence? “${left}”`,
      answer: found[0],
      weight: kind === 'year' ? 1.2 : 0.9,
    },
  ];
}
