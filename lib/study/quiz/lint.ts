import type { StudySource } from '../../domain/citation.ts';
import type { QuizDraft } from './draft.ts';
import type { Breach, RuleCode } from './rules.ts';
import {
  choiceKey,
  contentWords,
  heldShare,
  holdsPhrase,
  isEnglishDraft,
  isFormula,
  isUnspaced,
  jaccard,
  visibleLength,
  withoutFormulas,
} from './words.ts';

const MAX_CHOICE_LENGTH = 220;
const MAX_WHY_LENGTH = 400;
const MAX_EXPLANATION_LENGTH = 1_200;
const QUOTE_LENGTH = { least: 20, most: 700 };
const QUESTION_LENGTH = { least: 18, most: 300 };
const LONG_ANSWER = 60;
const LONG_ANSWER_SHARE = 0.6;
const SAME_NAME_SHARE = 0.5;
const WORDS_OF_A_NAME = 6;

/** What a check looks at. `all` begins with the answer. */
type Subject = {
  draft: QuizDraft;
  source: StudySource | null;
  isEnglish: boolean;
  all: string[];
  wrong: string[];
};
type Check = (subject: Subject) => string | null;

const words = (text: string) => text.match(/[\p{L}\p{N}]+(?:[’'.-][\p{L}\p{N}]+)*/gu) ?? [];
const isName = (text: string) => /^\p{Lu}\S* (?:\S+ )*\p{Lu}/u.test(text);

function alike(one: string, other: string, isEnglish: boolean): boolean {
  const [a, b] = [choiceKey(one, isEnglish), choiceKey(other, isEnglish)];
  if (a === b) return true;
  if (isFormula(one) || isFormula(other) || isUnspaced(a) || /\d/.test(a + b)) return false;
  const isShort = words(one).length < WORDS_OF_A_NAME && words(other).length < WORDS_OF_A_NAME;
  if (isShort && (` ${a} `.includes(` ${b} `) || ` ${b} `.includes(` ${a} `))) return true;
  return isName(one) && isName(other) && jaccard(one, other, isEnglish) >= SAME_NAME_SHARE;
}

/** What a page cannot show and the database cannot hold. */
const isUnreadable = (text: string) => /[^\P{Cc}\n\t]/u.test(text) || !text.isWellFormed();

function complete({ draft, all, wrong }: Subject): string | null {
  const { concept, explanation, question, distractors } = draft;
  const whys = distractors.map(({ why }) => why);
  if (wrong.length !== 3) return `it has ${wrong.length} wrong choices`;
  if (all.some((text) => text.trim() === '')) return 'a choice is empty';
  if (all.some((text) => text.length > MAX_CHOICE_LENGTH)) return 'a choice is too long';
  if (whys.some((why) => why.trim() === '')) return 'a wrong choice does not say why';
  if (whys.some((why) => why.length > MAX_WHY_LENGTH)) return 'the reason of a wrong choice is too long';
  if (concept.trim() === '' || concept.length > MAX_CHOICE_LENGTH) return 'it does not name what it tests';
  if (explanation.trim() === '') return 'it has no explanation';
  if (explanation.length > MAX_EXPLANATION_LENGTH) return 'the explanation is too long';
  const isBroken = [question, concept, explanation, ...all, ...whys].some(isUnreadable);
  return isBroken ? 'it holds characters that cannot be shown' : null;
}

function distinct({ all, isEnglish }: Subject): string | null {
  for (const [index, one] of all.entries()) {
    const other = all.slice(index + 1).find((text) => alike(one, text, isEnglish));
    if (other !== undefined) return `“${one}” and “${other}” are the same choice, or one contains the other`;
  }
  return null;
}

function answerInQuote({ draft, source, isEnglish }: Subject): string | null {
  const quote = source?.quote ?? '';
  // What is called true is the statement itself, and what is called false is put right by what stands behind it.
  const stated = draft.kind === TRUE_OR_FALSE ? draft.question.replace(/^[^“"]*/, '') : '';
  const given = /^true\b/i.test(draft.answer)
    ? stated
    : draft.answer.replace(/^false\b:?\s*(?:(?:this|it|that) is )?(?:said of )?/i, '');
  const answer = (draft.kind === TRUE_OR_FALSE ? given : draft.answer).replace(
    /^(?:because|since|that)\s+/i,
    '',
  );
  if (holdsPhrase(quote, answer, isEnglish)) return null;
  const share = isFormula(answer) ? null : heldShare(answer, quote, isEnglish);
  const isLong = visibleLength(answer) > LONG_ANSWER;
  const needed = isLong || isUnspaced(answer) ? LONG_ANSWER_SHARE : 1;
  return share !== null && share >= needed ? null : `“${draft.answer}” does not stand in the quote`;
}

const TRUE_OR_FALSE = 'true or false';
const MAY_NAME_THE_OTHERS = new Set(['contrast', 'matching', 'sequence', 'meaning', 'reason', 'application']);

function wrongInQuote({ draft, source, wrong, isEnglish }: Subject): string | null {
  if (MAY_NAME_THE_OTHERS.has(draft.kind ?? '')) return null;
  const found = wrong.find((text) => holdsPhrase(source?.quote ?? '', text, isEnglish));
  return found === undefined ? null : `the wrong choice “${found}” stands in the quote too`;
}

const SPEAKS_OF_THE_SAME = new Set([
  'matching',
  'meaning',
  'statement',
  'reason',
  'number',
  'list',
  'sequence',
]);

function givenAway({ draft, wrong, isEnglish }: Subject): string | null {
  if (isFormula(draft.answer) || draft.kind === TRUE_OR_FALSE) return null;
  const inQuestion = new Set(contentWords(draft.question, isEnglish).flat());
  const isIn = (forms: readonly string[], held: ReadonlySet<string>) => forms.some((form) => held.has(form));
  const others = wrong.map((text) => new Set(contentWords(text, isEnglish).flat()));
  const own = contentWords(draft.answer, isEnglish).filter(
    (forms) => !others.every((held) => isIn(forms, held)),
  );
  const leaked = own.filter((forms) => isIn(forms, inQuestion));
  // One word tells where a term is asked for. A meaning or a reason speaks of the same things as its question.
  const oneTells = isEnglish && !SPEAKS_OF_THE_SAME.has(draft.kind ?? '');
  const tells = oneTells ? leaked.length > 0 : own.length > 0 && leaked.length === own.length;
  return tells ? `the question holds “${leaked[0]?.[0] ?? draft.answer}”, a word of the answer` : null;
}

function lengths({ draft, all, wrong }: Subject): string | null {
  if (draft.kind === TRUE_OR_FALSE) return null;
  const [answer = 0, ...others] = all.map(visibleLength);
  const mean = others.reduce((sum, length) => sum + length, 0) / Math.max(1, wrong.length);
  if (answer > 12 && answer > 1.6 * mean) return 'the answer is much longer than the other choices';
  if (answer > 12 && answer < mean / 2.2) return 'the answer is much shorter than the other choices';
  const [longest, shortest] = [Math.max(answer, ...others), Math.min(answer, ...others)];
  return longest > 45 && longest / Math.max(1, shortest) > 2.5
    ? 'the choices differ too much in length'
    : null;
}

function cleanQuestion({ draft }: Subject): string | null {
  const question = draft.question.trim();
  const length = visibleLength(question);
  if (length < QUESTION_LENGTH.least) return 'the question is too short to be understood';
  if (length > QUESTION_LENGTH.most) return 'the question is too long';
  const first = question.match(/\p{L}/u)?.[0] ?? '';
  const startsWithFormula = /^[$\\(]/.test(question);
  if (/\p{Ll}/u.test(first) && !startsWithFormula) return 'the question does not begin with a capital';
  // A question mark, in any script, or the closing mark of what is quoted or left out.
  return /[?？؟;…][”"’»」』)]*$|[”"»」』]$|_{3,}[.。]?$/u.test(question)
    ? null
    : 'the question does not end as one';
}

const POINTS_OUTSIDE =
  /\b(?:figure|fig\.|table|equation|example|exercise)\s*\d|\b(?:shown|described|mentioned|listed|given|see|as|the|discussed)\s+(?:above|below)\b|\b(?:above|below|following|preceding)\s+(?:figure|table|section|text|passage|diagram|paragraph|example|image)\b|\bthis (?:chapter|section|passage|figure|table|text|paragraph|unit|lesson|page|book|document)\b|\baccording to the (?:passage|text|author|document)\b/i;
const MARKUP = /https?:|www\.|\]\(|\[\^?\d|\*\*|(?:^|\s)#{1,6}\s|<\/?[a-z][^>]*>/i;
/** Openings whose "these" and "this" are no lost pronouns, and what only opens a question. */
const LEAD_IN =
  /^(?:(?:in|according to) (?:these|your|the) notes,?\s*)?(?:which (?:one )?of (?:these|those|the following)\s*|why is this so\b)?/i;
const LOST_PRONOUN = /\b(?:it|they|he|she|this|these|those)\b/i;

function standsAlone({ draft, all, isEnglish }: Subject): string | null {
  const shown = withoutFormulas([draft.question, ...all].join('\n'));
  if (MARKUP.test(shown)) return 'it holds a link, a reference or markup';
  if (!isEnglish) return null;
  const pointer = POINTS_OUTSIDE.exec(shown)?.[0];
  if (pointer !== undefined) return `“${pointer}” points outside the question`;
  const opening = words(draft.question.replace(LEAD_IN, '')).slice(0, 3).join(' ');
  const pronoun = LOST_PRONOUN.exec(opening)?.[0];
  return pronoun === undefined ? null : `“${pronoun}” stands for a noun the question does not name`;
}

const count = (text: string, character: string) => text.split(character).length - 1;

function marksClose({ draft, all, isEnglish }: Subject): string | null {
  const pairs = isEnglish ? ['()', '[]', '“”'] : ['()', '[]', '«»', '「」', '『』', '（）'];
  for (const text of [draft.question, ...all].map(withoutFormulas)) {
    for (const [open = '', close = ''] of pairs) {
      // „…“ and »…« are written by other rules; what opens and closes alike is counted in pairs.
      if (count(text, open) !== count(text, close)) return `${open}${close} does not close in “${text}”`;
    }
    if (count(text.replace(/\d"/g, ''), '"') % 2 === 1) return `a quotation mark does not close in “${text}”`;
  }
  return null;
}

const CATCH_ALL =
  /\b(?:all|none|both|neither|any|either) of (?:the above|these|those|them|the others|the following)\b|\b(?:both|neither) (?:a|b|c|d) (?:and|nor|or) (?:a|b|c|d)\b|^(?:all|none|all the above|none of the above)$|\ball(?:e|es)? (?:der )?(?:oben )?genannten\b|\bkeine der (?:genannten|antworten)\b|\btodas las anteriores\b|\bninguna de las anteriores\b|\btoutes (?:ces|les) réponses\b|\baucune (?:de ces|des) réponses\b|以上(?:都|皆|全|均)|以上すべて/i;

function catchAll({ all }: Subject): string | null {
  const found = all.find((text) => CATCH_ALL.test(text));
  return found === undefined ? null : `“${found}” is not a choice of its own`;
}

function parallel({ draft, all, wrong, isEnglish }: Subject): string | null {
  const startsWith = (pattern: RegExp) => new Set(all.map((text) => pattern.test(text.trim()))).size > 1;
  if (!all.some(isFormula) && startsWith(/^[\p{Sc}-]?\p{N}/u))
    return 'some choices begin with digits and some do not';
  if (isEnglish && startsWith(/^(?:an?|the)\s/i)) return 'some choices begin with an article and some do not';
  const isCapital = (text: string) => /^\p{Lu}\p{Ll}/u.test(text.trim());
  const capitals = wrong.filter(isCapital).length;
  if (isCapital(draft.answer) && capitals < 2) return 'only the answer begins with a capital';
  return /^\p{Ll}/u.test(draft.answer.trim()) && capitals > 1
    ? 'the answer begins with a small letter and the others do not'
    : null;
}

function articleClue({ draft, isEnglish }: Subject): string | null {
  if (!isEnglish) return null;
  return /\ban?\s+_{2,}|\ban?\s*[?”:.…]*$/i.test(draft.question.trim())
    ? '“a” or “an” before the gap tells the answer'
    : null;
}

function doubledWord({ draft, all, isEnglish }: Subject): string | null {
  if (!isEnglish) return null;
  const text = withoutFormulas([draft.question, ...all].join('\n')).replace(
    /\b(?:that that|had had)\b/gi,
    '',
  );
  const doubled = /\b(\p{L}+)[ \t]+\1\b/iu.exec(text)?.[1];
  return doubled === undefined ? null : `“${doubled}” stands there twice`;
}

const CHECKS: readonly (readonly [RuleCode, Check])[] = [
  ['R1', complete],
  ['R2', distinct],
  [
    'R3',
    ({ source }) => {
      if (source === null) return 'the quote does not stand in the passage word for word';
      const length = visibleLength(source.quote);
      if (length < QUOTE_LENGTH.least) return 'the quote is too short to prove anything';
      return length > QUOTE_LENGTH.most ? 'the quote is too long to be a proof' : null;
    },
  ],
  ['R4', answerInQuote],
  ['R5', wrongInQuote],
  ['R6', givenAway],
  ['R7', lengths],
  ['R8', cleanQuestion],
  ['R11', catchAll],
  ['R9', standsAlone],
  ['R10', marksClose],
  ['R12', parallel],
  ['R13', articleClue],
  ['R14', doubledWord],
];

/** The first rule a draft breaks by itself, or null. `source` is its quote as found in its passage. */
export function lintDraft(draft: QuizDraft, source: StudySource | null, passage: string): Breach | null {
  const wrong = draft.distractors.map(({ text }) => text);
  const subject = {
    draft,
    source,
    wrong,
    all: [draft.answer, ...wrong],
    isEnglish: isEnglishDraft(draft, passage),
  };
  for (const [rule, check] of CHECKS) {
    const reason = check(subject);
    if (reason !== null) return { rule, reason };
  }
  return null;
}

const SAME_QUESTION_SHARE = 0.6;

/** A question that already has its place in the quiz. */
export type Placed = { draft: Pick<QuizDraft, 'concept' | 'question'>; source: StudySource };

/** R15: whether the quiz asks this already. */
export function lintOnce(draft: QuizDraft, source: StudySource, placed: readonly Placed[]): Breach | null {
  const isEnglish = isEnglishDraft(draft, source.quote);
  const concept = choiceKey(draft.concept, isEnglish);
  for (const other of placed) {
    const overlaps =
      source.docId === other.source.docId &&
      source.quoteStart < other.source.quoteEnd &&
      source.quoteEnd > other.source.quoteStart;
    if (overlaps) return { rule: 'R15', reason: 'the same sentence is asked about already' };
    if (concept === choiceKey(other.draft.concept, isEnglish)) {
      return { rule: 'R15', reason: `“${draft.concept}” is asked about already` };
    }
    if (jaccard(draft.question, other.draft.question, isEnglish) > SAME_QUESTION_SHARE) {
      return { rule: 'R15', reason: 'another question asks almost the same' };
    }
  }
  return null;
}
