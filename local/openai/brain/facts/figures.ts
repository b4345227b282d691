import { isPlain } from './alone.ts';
import { isGeneral } from './term-form.ts';
import type { Figure, Unit } from './types.ts';
import { isFit, statementOf } from './units.ts';
import { rootsOf, withoutBrackets } from './words.ts';

const MONTHS =
  'January|February|March|April|May|June|July|August|September|October|November|December|' +
  'Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|' +
  'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre';
/** "January 15, 2020", "15 January 2020", "15 January", "3. Oktober 1990", "1er août 1789", "16 de septiembre de 1810". */
export const DATE = new RegExp(
  `(?<![\\p{L}\\d])(?:(?:${MONTHS}) \\d{1,2}, \\d{4}|\\d{1,2}(?:\\.|er)? (?:de )?(?:${MONTHS})(?: (?:de )?\\d{4})?|(?:${MONTHS}) \\d{1,2}(?!\\d|[–-]| ?(?:to|and)))(?![\\p{L}\\d])`,
  'gu',
);
const ANY_YEAR = /\b(?:1\d{3}|20\d\d)\b/g;
const MEASURE =
  /(?<![\d.,/–-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(%(?!\s?[–-])|percent|per cent|°C|°F|degrees|km\/h|mph|m\/s|km|kilometers|kilometres|miles|meters|metres|litres?|liters?|ml|cm|mm|µm|μm|nm|kg|grams|years?|days?|hours?|minutes?|seconds?|weeks?|months?|million|billion|chromosomes|bones|species|genes|amino acids|countries|times|volts|bits|bytes|people|wires|modes|pins|messages|devices|kilobytes|kB|KB|MB|GB|Mbps|Kbps|hertz|Hz|square kilometers)(?![\w–/-])/g;
const YEAR = new RegExp(
  `(?<=(?<!\\p{L})(?:in|In|since|until|during|by|By|from|\\p{Ll}{3,}ten?|wurden?|Jahr|seit|Seit|bis|en|En|desde|Desde|hasta|depuis|Depuis) (?:(?:early|late|mid|${MONTHS}) (?:de )?)?)(1[0-9]\\d\\d|20[0-2]\\d|[1-9]\\d\\d(?=,|\\.|$| (?:the|an?|he|she|they|\\p{Lu})\\b))\\b(?![-–/]|s\\b)`,
  'gu',
);
const COUNT_WORD = 'three|four|five|six|seven|eight|nine|ten|eleven|twelve';
/** "three genotypes", "36 states": what is counted, in the plural. Two of something is too often said by the sense alone. */
const COUNT = new RegExp(
  `(?<![\\w.,/–-])(${COUNT_WORD}|\\d{1,3}(?:,\\d{3})+|\\d{2,5})(?= (?:[\\p{L}-]+ ){0,2}?(?!cases\\b|deaths\\b|years\\b|days\\b|patients\\b|others?\\b|have\\b|has\\b|was\\b|is\\b|times\\b|weeks\\b)\\p{Ll}{3,}s\\b)`,
  'gu',
);
const ANY_COUNT = new RegExp(`\\b(?:two|${COUNT_WORD})\\b|(?<![\\w-])\\d[\\d.,]*(?![\\w-])`, 'g');
/** "100,000 daltons or more" holds for less as well, and what is listed can be counted. */
const TELLS_COUNT =
  /^(?:The|Of the) (?:\w+|[\d,]+) |\bor (?:more|less|fewer|greater|so)\b|, [^,]+,? (?:and|or) |\bboth\b/;
/** What only the sentences around it make clear: which trial, the second case of what. */
const LEANS =
  /\b(?:additional|each|case|cases|questions?|steps?|version|the (?:second|third|last)|one)\b|^(?:The|An?) (?:[\p{L}-]+ )?(?:outbreak|disease|virus|epidemic|vaccine|tool|method|sensor|device|area|time|list|table|images?)\b/iu;
/** What happens to a thing once: its year needs no more than the thing. */
const ONCE =
  /\b(?:first|born|died?|discover|invent|found|establish|publish|patent|open|abolish|sign|introduc|develop|describ|launch|win|won|build|built|produc|improv|demonstrat|explain|predict|banned?|end|begin|began|became|propos|finish|join|adopt|ratif|crown|elect|conquer|occup)/;
const SHORTEST_TALE = 5;

const occur = (statement: string, pattern: RegExp): number => [...statement.matchAll(pattern)].length;
/** "Inflation skyrocketed in _____" is said of nothing: a name, a single event, or much detail says which; what had been so lasted. */
const saysWhich = (statement: string): boolean =>
  !/\b(?:had|has|have) (?!been\b|\p{L}+(?:ed|en|t)\b)/u.test(statement) &&
  (/(?<!^)\p{Lu}/u.test(statement) || ONCE.test(statement) || rootsOf(statement).length > SHORTEST_TALE + 1);

type Kind = Pick<Figure, 'kind'> & {
  pattern: RegExp;
  /** Whether the one that was found may be left out; `all` is how many of its kind the sentence holds. */
  isFit: (found: RegExpExecArray, statement: string, all: number) => boolean;
};
/** What is left out of a sentence: the first kind of figure that it holds. */
const KINDS: Kind[] = [
  {
    kind: 'date',
    pattern: DATE,
    isFit: ({ index }, statement, all) =>
      all === 1 &&
      /(?:^On|^Le|(?<!\p{L})(?:on|On|since|until|by|of|am|Am|el|El|le|Le|du|nuit du|del|seit|bis|au)) $/u.test(
        statement.slice(0, index),
      ),
  },
  {
    kind: 'number',
    pattern: MEASURE,
    isFit: (_, statement) =>
      occur(statement, /\d+(?:[.,]\d+)*/g) <= 3 && !/\bfor (?:example|instance)\b/.test(statement),
  },
  {
    kind: 'year',
    pattern: YEAR,
    isFit: (_, statement, all) =>
      all === 1 && occur(statement, ANY_YEAR) === 1 && !LEANS.test(statement) && saysWhich(statement),
  },
  {
    kind: 'number',
    pattern: COUNT,
    isFit: ([count], statement, all) =>
      all === 1 &&
      occur(statement, ANY_COUNT) === 1 &&
      !/^(?:1[89]|20)\d\d$/.test(count) &&
      ![LEANS, TELLS_COUNT].some((leans) => leans.test(statement)),
  },
];

function blankIn(unit: Unit, statement: string): Figure[] {
  for (const { kind, pattern, isFit: mayGo } of KINDS) {
    const [found, ...others] = statement.matchAll(pattern);
    if (!found || !mayGo(found, statement, others.length + 1)) continue;
    const before = statement.slice(0, found.index);
    const after = statement.slice(found.index + found[0].length);
    if (/\b(?:between|from|to|and|or)\s*$/.test(before) || /^\s*(?:to|and|or|–)\s+\d/.test(after)) continue;
    const isShare = kind === 'number' && /%|per ?cent/.test(found[0]);
    const answer = found[0].replace(/(?<=\d)\s(?=[%°])/g, '');
    return [{ unit, kind: isShare ? 'percentage' : kind, answer, before, after, event: null }];
  }
  return [];
}

const DATED = new RegExp(
  `^(${DATE.source}|(?:1\\d|20)\\d\\d)\\s*(?::|[-–—]|=|->|→|,)\\s+([^:=;]{8,110}?)[.\\s]*$`,
  'u',
);
/** A sentence of a language without a tagger that leans on the one before it. */
const LEANS_FOREIGN =
  /(?:^|\s)(?:er|sie|ihn|ihm|ihr\p{L}*|dies\p{L}*|il|elle|ils|elles|lui|ce|cette|él|ella|ellos|est[aeo]s?|lo)(?:\s|$)|^(?:Es[aeo]?s?|Ces|Sus?|Son|Sa|Ses|Leurs?|Sein\p{L}*|Da|Dort|Hier|Ici|Là|Aquí|Allí|Aber|Mais|Pero|Und|Et|Y)\b/iu;
const LONGEST = 200;

/** What a sentence can be asked for in figures; "1917 - October Revolution" is asked for its date. */
export function figuresIn(unit: Unit): Figure[] {
  const { clean, kind, language } = unit;
  const [, answer, event = ''] = (kind === 'item' && DATED.exec(clean)) || [];
  if (answer && !/\d{4}/.test(event)) return [{ unit, kind: 'date', answer, before: '', after: '', event }];
  const statement = language === 'en' ? withoutBrackets(statementOf(unit)) : clean;
  const [, subject = ''] = /^(?:The|An?) ([^,]+?) (?:was|were|is|are|has|had)\b/.exec(statement) ?? [];
  const isAlone =
    language === 'en'
      ? isFit(unit) && isPlain(statement) && !(isGeneral(subject) && !/\d/.test(subject))
      : /^\p{Lu}.*\.$/u.test(clean) &&
        !LEANS_FOREIGN.test(clean) &&
        !/[“”"«»„();:]/.test(clean) &&
        rootsOf(clean).length > SHORTEST_TALE;
  return isAlone && statement.length < LONGEST ? blankIn(unit, statement) : [];
}
