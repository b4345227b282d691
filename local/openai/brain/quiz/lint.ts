import { keyOf, keysOf, rootsOf, wordsOf } from '../facts/words.ts';
import { readsAlike } from './distractors.ts';
import type { Draft } from './types.ts';

type Judged = Draft & { choices: string[]; wrong: string[]; quote: string };
type Rule = { name: string; isBroken: (draft: Judged) => boolean };

/** Kinds whose wrong choices are whole statements, or may stand in the quote by their nature. */
const NAMES_WRONG_ONES = new Set<Draft['kind']>(['sequence', 'meaning', 'reason']);
const REPEATS_ANSWER = new Set<Draft['kind']>(['number', 'sequence', 'meaning', 'reason']);
const LONGEST_SHORT_CHOICE = 5;
const LONGEST_CHOICE = 220;
const PAIRS = [
  ['(', ')'],
  ['“', '”'],
  ['[', ']'],
] as const;

/** Words in single quotation marks are commands and options more often than language. */
const CODE = /[‘`]|(?:^|\s)'[\w-]/;

const isCapital = (text: string): boolean => /^\p{Lu}\p{Ll}/u.test(text);

const openingOf = (choice: string): string => {
  if (/^(?:an?|the)\s/i.test(choice)) return 'article';
  return /^\d/.test(choice) ? 'digit' : 'word';
};

/** What every published question keeps to. A draft that breaks one is dropped, never mended. */
const RULES: Rule[] = [
  {
    name: 'R1 four choices',
    isBroken: ({ choices }) =>
      choices.length !== 4 || choices.some((text) => !text.trim() || text.length > LONGEST_CHOICE),
  },
  {
    name: 'R2 choices are distinct',
    isBroken: ({ choices }) =>
      choices.some((a, i) =>
        choices.some(
          (b, j) =>
            j > i &&
            (a.toLowerCase() === b.toLowerCase() ||
              (!/^[\d.,]/.test(a) && wordsOf(a).length <= LONGEST_SHORT_CHOICE && readsAlike(a, b))),
        ),
      ),
  },
  { name: 'R3 the quote is verbatim', isBroken: ({ unit }) => !unit.passage.text.includes(unit.text) },
  {
    name: 'R4 the answer stands in the quote',
    isBroken: ({ answer, quote }) =>
      answer.length < 60 && !` ${quote} `.includes(keyOf(answer.replace(/^Because /, '').replace(/%$/, ''))),
  },
  {
    name: 'R5 no wrong choice stands in the quote',
    isBroken: ({ kind, wrong, quote }) =>
      !NAMES_WRONG_ONES.has(kind) &&
      wrong.some((text) => keysOf(text).trim() !== '' && quote.includes(keysOf(text))),
  },
  {
    name: 'R6 the question does not hold the answer',
    isBroken: ({ kind, question, answer, wrong }) => {
      if (REPEATS_ANSWER.has(kind)) return false;
      const asked = new Set(rootsOf(question));
      return rootsOf(answer).some(
        (root) => asked.has(root) && !wrong.every((text) => rootsOf(text).includes(root)),
      );
    },
  },
  {
    name: 'R7 lengths are alike',
    isBroken: ({ answer, choices, wrong }) => {
      const mean = wrong.reduce((sum, { length }) => sum + length, 0) / Math.max(1, wrong.length);
      const lengths = choices.map(({ length }) => length);
      const longest = Math.max(...lengths);
      if (answer.length > 12 && (answer.length > mean * 1.6 || answer.length < mean / 2.2)) return true;
      return longest > 45 && longest / Math.min(...lengths) > 2.5;
    },
  },
  {
    name: 'R8 the question is one clean sentence',
    isBroken: ({ question }) =>
      question.length < 18 ||
      question.length > 300 ||
      !/^[\p{Lu}“]/u.test(question) ||
      !/[?”]$/.test(question),
  },
  {
    name: 'R9 the question stands alone',
    isBroken: ({ question, choices }) =>
      [question, ...choices].some((text) => CODE.test(text)) ||
      /\b(?:Figure|Table|(?:shown|described|mentioned|see|the) (?:above|below)|following (?:section|figure|table)|this (?:chapter|section))\b|\[\d|https?:|\*\*|[$\\{|`]/.test(
        [question, ...choices].join(' '),
      ) ||
      /^(?:Which of the following|Who|What) (?:it|they|he|she|this|these)\b/.test(question),
  },
  {
    name: 'R10 brackets and quotation marks close',
    isBroken: ({ question, choices }) =>
      [question, ...choices].some((text) =>
        PAIRS.some(([open, close]) => text.split(open).length !== text.split(close).length),
      ) || question.split('"').length % 2 === 0,
  },
  {
    name: 'R11 no choice speaks of the others',
    isBroken: ({ choices }) =>
      /\b(?:all|none|both|neither) of (?:the above|these|them)\b/i.test(choices.join(' ')),
  },
  {
    name: 'R12 choices are parallel',
    isBroken: ({ answer, choices, wrong }) =>
      new Set(choices.map(openingOf)).size > 1 ||
      (isCapital(answer) && wrong.filter(isCapital).length < 2) ||
      (/^\p{Ll}/u.test(answer) && wrong.filter(isCapital).length > 1),
  },
  {
    name: 'R13 no article gives the answer away',
    isBroken: ({ question }) => /\ban?\s*(?:_____)?\s*\?$/.test(question),
  },
  {
    name: 'R14 no word is doubled',
    isBroken: ({ question }) => /\b(\w+) \1\b/i.test(question.replace(/\b(?:that that|had had)\b/gi, '')),
  },
];

/** The rule that a draft breaks, or null. */
export function brokenRule(draft: Draft): string | null {
  const wrong = draft.distractors.map(({ text }) => text);
  const judged = { ...draft, wrong, choices: [draft.answer, ...wrong], quote: keysOf(draft.unit.text) };
  return RULES.find(({ isBroken }) => isBroken(judged))?.name ?? null;
}
