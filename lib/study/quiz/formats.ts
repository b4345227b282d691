import { MAX_QUESTIONS } from '../../domain/bounds.ts';
import type { QuizFormat, QuizItem } from '../../domain/quiz.ts';
import { inEnglish } from '../../language/text.ts';
import { tellingWords } from '../cards/typed.ts';
import { pathSubject } from '../heading-subject.ts';
import { shuffled } from './assemble.ts';
import type { Sequence } from './sequences.ts';
import { choiceKey, isFormula, isUnspaced } from './words.ts';

/** More words than that nobody writes from memory as the notes have them. */
const MOST_WORDS = 8;
const PAIRS = 4;
const FEWEST_PAIRS = 3;
/** A question that speaks of its choices makes no sense without them. */
const NEEDS_CHOICES = /\b(?:which|what) (?:one )?of (?:these|the following|the above)\b|\bfollowing\b/i;
/** Turning an answer round is another answer. */
const NEGATIONS = [
  'not',
  'no',
  'never',
  'without',
  'nicht',
  'kein',
  'keine',
  'nie',
  'ohne',
  'ne',
  'jamais',
  'sans',
  'sin',
  'nunca',
];

const IDS = 'abcdefgh';
const idAt = (index: number) => IDS.charAt(index);

const rightOf = (item: QuizItem) => item.choices.find(({ id }) => id === item.answer)?.text ?? '';

/** A word as the database compares it; beyond ASCII its case is folded here, for not every database folds it. */
const formsOf = (word: string) =>
  /^[\x20-\x7e]*$/.test(word)
    ? [word]
    : [word, word.toLocaleUpperCase(), word.charAt(0).toLocaleUpperCase() + word.slice(1)];

/** By which words an answer is graded, and which belong to another; null where its words do not tell. */
function keyOf(item: QuizItem): Pick<QuizItem, 'words' | 'foes'> | null {
  const right = rightOf(item);
  if (isFormula(right) || isUnspaced(right)) return null;
  const words = tellingWords(right);
  if (words.length === 0 || words.length > MOST_WORDS) return null;
  const said = new Set([...words, ...tellingWords(`${item.q} ${right}`)]);
  const wrong = item.choices.flatMap(({ text, why }) => (why === null ? [] : tellingWords(text)));
  const foes = [...new Set([...wrong, ...NEGATIONS])].filter((word) => !said.has(word));
  return { words: words.map(formsOf), foes };
}

/** To be written: graded by the words of the notes. */
function typed(item: QuizItem): QuizItem | null {
  const key = NEEDS_CHOICES.test(item.q) ? null : keyOf(item);
  return key && { ...item, ...key, format: 'typed', choices: [], answer: rightOf(item) };
}

/** An answer that is right or not, and what is right instead. */
function truth(item: QuizItem, random: () => number): QuizItem | null {
  const key = keyOf(item);
  const [wrong] = shuffled(
    item.choices.filter(({ id }) => id !== item.answer),
    random,
  );
  if (!key || !wrong) return null;
  const isTrue = random() < 0.5;
  const right = rightOf(item);
  return {
    ...item,
    ...key,
    format: 'truth',
    claim: isTrue ? right : wrong.text,
    right,
    choices: [
      { id: 'true', text: inEnglish('True'), why: null },
      { id: 'false', text: inEnglish('False'), why: null },
    ],
    answer: String(isTrue),
    explanation: isTrue || wrong.why === null ? item.explanation : `${wrong.why} ${item.explanation}`.trim(),
  };
}

/** Questions and their answers, to be brought together. All of one kind, or the wording would tell. */
function matching(items: readonly QuizItem[], random: () => number): QuizItem | null {
  const [first] = items;
  if (!first || items.length < FEWEST_PAIRS) return null;
  const answers = shuffled(
    items.map((item) => ({ itemId: item.id, text: rightOf(item) })),
    random,
  );
  return {
    ...first,
    format: 'matching',
    q: inEnglish('Match each question with its answer.'),
    prompts: items.map(({ q }, index) => ({ id: idAt(index), text: q })),
    choices: answers.map(({ text }, index) => ({ id: idAt(index), text, why: null })),
    answer: items.map(({ id }) => idAt(answers.findIndex(({ itemId }) => itemId === id))).join(','),
    explanation: '',
    concept: items.map(({ concept }) => concept).join(' · '),
    sources: items.map(({ source }) => source),
  };
}

/** What the notes tell in an order, out of it. */
function ordering({ lead, steps, source }: Sequence, topic: string, random: () => number): QuizItem {
  const inOrder = steps.map((text, place) => ({ text, place }));
  let mixed = shuffled(inOrder, random);
  // Handed out as it stands it would be no question.
  if (mixed.every(({ place }, index) => place === index)) mixed = [...mixed.slice(1), ...mixed.slice(0, 1)];
  return {
    id: '',
    format: 'ordering',
    q:
      lead === null
        ? inEnglish('Put these in the order your notes give.')
        : inEnglish('Put in order: {what}', { what: lead }),
    choices: mixed.map(({ text }, index) => ({ id: idAt(index), text, why: null })),
    answer: inOrder.map((step) => idAt(mixed.indexOf(step))).join(','),
    explanation: '',
    topic: pathSubject(source.headingPath) ?? topic,
    concept: lead ?? steps.join(', '),
    difficulty: 'medium',
    kind: 'sequence',
    source,
  };
}

/** How many facts are needed for so many questions: pairs take several, and not every answer can be written. */
export function factsFor(n: number, formats: readonly QuizFormat[]): number {
  const each = { choice: 1, typed: 1.5, truth: 1.2, matching: PAIRS, ordering: 0 };
  const sum = formats.reduce((total, format) => total + each[format], 0);
  return Math.max(1, Math.min(MAX_QUESTIONS, Math.ceil((n * sum) / formats.length)));
}

/** Takes facts for pairs out of a list: of one kind, with answers that differ. */
function takePairs(facts: QuizItem[]): QuizItem[] {
  const groups = Map.groupBy(facts, ({ kind }) => kind);
  const largest = [...groups.values()].sort((left, right) => right.length - left.length)[0] ?? [];
  const pool = largest.length >= FEWEST_PAIRS ? largest : facts;
  const distinct = [...new Map(pool.map((item) => [choiceKey(rightOf(item), true), item])).values()].slice(
    0,
    PAIRS,
  );
  if (distinct.length < FEWEST_PAIRS) return [];
  for (const item of distinct) facts.splice(facts.indexOf(item), 1);
  return distinct;
}

/** Takes the first fact that can be asked so. */
function takeFirst(facts: QuizItem[], as: (item: QuizItem) => QuizItem | null): QuizItem | null {
  for (const [index, fact] of facts.entries()) {
    const item = as(fact);
    if (!item) continue;
    facts.splice(index, 1);
    return item;
  }
  return null;
}

type Asking = {
  formats: readonly QuizFormat[];
  n: number;
  topic: string;
  sequences: readonly Sequence[];
  random: () => number;
};

/**
 * The questions of a quiz in the asked formats, dealt in turn, made of facts that hold as questions with four choices. What
 * cannot be asked in one format is asked in another that was named; with none left the quiz is shorter.
 */
export function inFormats(
  items: readonly QuizItem[],
  { formats, n, topic, sequences, random }: Asking,
): QuizItem[] {
  const facts = [...items];
  const orders = [...sequences];
  const take: Record<QuizFormat, () => QuizItem | null> = {
    choice: () => facts.shift() ?? null,
    typed: () => takeFirst(facts, typed),
    truth: () => takeFirst(facts, (item) => truth(item, random)),
    matching: () => matching(takePairs(facts), random),
    ordering: () => {
      const next = orders.shift();
      return next ? ordering(next, topic, random) : null;
    },
  };
  const made: QuizItem[] = [];
  const open = new Set(formats);
  for (let turn = 0; made.length < n && open.size > 0; turn++) {
    const format = formats[turn % formats.length];
    if (format === undefined || !open.has(format)) continue;
    const item = take[format]();
    if (item) made.push(item);
    else open.delete(format);
  }
  return made.map((item, index) => ({ ...item, id: `q${index + 1}` }));
}
