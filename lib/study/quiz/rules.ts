/**
 * The published rules of a sound question. A draft that breaks one is rejected with the rule and the reason, and asked
 * for again; it is never repaired. docs/quiz-rules.md prints this list.
 */
export const QUIZ_RULES = {
  R1: {
    sentence: 'There are exactly four choices, and each wrong one says why it is wrong.',
    threshold:
      '4 choices of at most 220 characters, 3 reasons of at most 400, an explanation of at most 1,200',
  },
  R2: {
    sentence: 'The choices differ by more than case, article or inflection, and none contains another.',
    threshold: 'two names of two or more words: less than half of their words shared',
  },
  R3: {
    sentence: 'The quote stands word for word in the passage and is long enough to prove something.',
    threshold: '20 to 700 characters',
  },
  R4: {
    sentence: 'The answer stands in the quote.',
    threshold:
      'every content word, by its stem; answers over 60 characters: 60 % of them; of true or false the statement, or what it is true of',
  },
  R5: {
    sentence: 'No wrong choice stands in the quote.',
    threshold:
      'except in questions about a contrast, a sequence, pairs, a meaning, a reason or a case to apply them to',
  },
  R6: {
    sentence: 'The question does not give the answer away.',
    threshold:
      'no content word of the answer, unless all choices hold it; outside English, and in questions about a meaning, a statement, a reason, a number, a list, a sequence or pairs: not all of its words; not of true or false',
  },
  R7: {
    sentence: 'The choices are alike in length, so that length says nothing.',
    threshold:
      'answer at most 1.6 × the mean of the others and at least the mean / 2.2 (over 12 characters); longest / shortest at most 2.5 (over 45); over a quiz the answer is the longest at most 3 times in 10; not of true or false',
  },
  R8: {
    sentence: 'The question is one clean sentence or case.',
    threshold:
      '18 to 300 characters, begins with a capital where the script has them, ends in ? or a closing quotation mark',
  },
  R9: {
    sentence:
      'The question stands alone: it points to no figure, page, chapter or link, and to no noun it does not name.',
    threshold: 'none',
  },
  R10: { sentence: 'Brackets and quotation marks close.', threshold: 'in the question and in every choice' },
  R11: { sentence: 'No choice is “all of the above”, “none of these” or the like.', threshold: 'none' },
  R12: {
    sentence:
      'The choices are parallel: they begin with an article or none does, with digits or none does, with capitals like the answer.',
    threshold:
      'articles and digits: all or none; capitals: at least two of the wrong choices like the answer',
  },
  R13: { sentence: 'No “a” or “an” before the gap tells the answer.', threshold: 'none' },
  R14: { sentence: 'No word is doubled.', threshold: 'none, except “that that” and “had had”' },
  R15: {
    sentence: 'Every concept and every sentence is asked about once.',
    threshold: 'same concept, overlapping quotes, or questions that share more than 60 % of their words',
  },
} as const satisfies Record<string, { sentence: string; threshold: string }>;

export type RuleCode = keyof typeof QUIZ_RULES;

/** Why a draft was rejected. */
export type Breach = { rule: RuleCode; reason: string };
