import { languageOf } from '../routing/glossary.ts';

/** Two names of one thing: "supply and demand" is no list. */
const PAIRS =
  /\b(supply|cause|crime|war|romeo|pride|research|profit|input|trial|pros|nature|acids?|debits?|mergers|bread|sense|nuts|checks|law|health|mice|stacks|data structures|arts?|design|heat|sound|food|weights?|plate|church|search|life|rise|stimulus)\s+(?:and|&)\s+(demand|effect|punishment|peace|juliet|prejudice|development|loss|output|error|cons|nurture|bases?|credits?|acquisitions|butter|sensibility|bolts|balances|order|safety|men|queues|algorithms|crafts?|technology|transfer|nutrition|measures?|state|sort|death|fall|response)\b/giu;
const NUMBERED =
  /\b(?:chapters?|units?|lectures?|weeks?|parts?|modules?|sections?|lessons?|pages?|topics?|acts?|papers?)\s+\d+(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*[-–]\s*|\s+to\s+)\d+)+/giu;
/** "Memory: How We Store and Recall": a title is written with capitals in English, whatever its words mean to us. */
const NAME = String.raw`(?!(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day|(?:Jan|Febr)uary|March|April|May\b|June|July|August|(?:Sept|Nov|Dec)ember|October)\p{Lu}[\p{L}\d'’-]+`;
const NEXT = String.raw`(?:${NAME}|[A-HJ-Z]\b)`;
const SMALL = 'of|the|in|on|for|to|a|an|from|with|by|at|as|or|vs|our|its|is';
const TITLE = new RegExp(
  String.raw`(?<=[\p{Ll}:,] )${NAME}(?:(?: ${NEXT})?: (?:(?:and|${SMALL}) )*${NEXT}(?:(?: (?:and|${SMALL}))* ${NEXT})*|(?:(?: (?:${SMALL}))* ${NEXT})+)`,
  'gu',
);
const QUOTED = /(?<=["„“«]\s?)[^"„“”«»\n]{3,80}?(?=\s?["“”»])/gu;

const joined = (text: string, patterns: readonly RegExp[]): string =>
  patterns.reduce((held, pattern) => held.replace(pattern, (name) => name.replace(/\P{L}/gu, 'x')), text);

/** The text, letter for letter, with what looks like a list and is one name as one word. */
export const asOneWord = (text: string): string => joined(text, [NUMBERED, PAIRS]);

/** The same for a sentence that is to be read: what is quoted or titled is one name as well. */
export const titlesAsOneWord = (text: string): string =>
  joined(asOneWord(text), languageOf(text) === 'en' ? [QUOTED, TITLE] : [QUOTED]);
