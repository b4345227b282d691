import type { StudySource } from '../../domain/citation.ts';
import type { Difficulty, QuizItem } from '../../domain/quiz.ts';
import { pathSubject } from '../heading-subject.ts';
import { type SourcePassage, sourceOf } from '../source.ts';
import type { QuizDraft } from './draft.ts';
import { lintDraft, lintOnce } from './lint.ts';
import type { Breach } from './rules.ts';
import { choiceKey, isFormula, visibleLength } from './words.ts';

/** A draft that no rule speaks against, with its proof. */
export type Sound = {
  draft: QuizDraft;
  source: StudySource;
  /** The student's recent quizzes did not ask about this concept. */
  isFresh: boolean;
};
export type Rejection = Breach & { question: string };

export type Sifting = {
  passages: ReadonlyMap<number, SourcePassage>;
  /** What the quiz has already. */
  placed: readonly Sound[];
  /** Concepts of recent quizzes. They are not wrong, only second choice. */
  recentConcepts: readonly string[];
};

/** Checks drafts one by one against the published rules. What breaks one is left out with the rule and the reason. */
export function siftDrafts(drafts: readonly QuizDraft[], { passages, placed, recentConcepts }: Sifting) {
  const recent = new Set(recentConcepts.map((concept) => choiceKey(concept, true)));
  const sound: Sound[] = [];
  const rejected: Rejection[] = [];
  for (const draft of drafts) {
    const passage = passages.get(draft.passage);
    const source = passage ? sourceOf(passage, draft.quote) : null;
    const breach =
      lintDraft(draft, source, passage?.text ?? '') ??
      (source ? lintOnce(draft, source, [...placed, ...sound]) : null);
    if (breach) rejected.push({ ...breach, question: draft.question });
    else if (source) sound.push({ draft, source, isFresh: !recent.has(choiceKey(draft.concept, true)) });
  }
  return { sound, rejected };
}

/** Of all choices the longest: what somebody who knows nothing would pick. */
export function isAnswerLongest({ answer, distractors }: Pick<QuizDraft, 'answer' | 'distractors'>): boolean {
  return distractors.every(({ text }) => visibleLength(text) < visibleLength(answer));
}

const LONGEST_SHARE = 0.3;
const KIND_SHARE = 0.35;
const MAX_KIND_LENGTH = 30;

/**
 * The questions of the quiz out of all sound ones: what was not asked lately and has the asked difficulty first, spread
 * over passages and kinds. Those whose answer is the longest choice beyond their share stay out: R7 over the whole quiz.
 */
export function chooseItems(
  sound: readonly Sound[],
  { n, difficulty }: { n: number; difficulty: Difficulty | 'mixed' },
): { chosen: Sound[]; surplus: Sound[] } {
  const rest = [...sound];
  const chosen: Sound[] = [];
  const longestAllowed = Math.ceil(LONGEST_SHARE * Math.min(n, sound.length));
  const countOf = (matches: (item: Sound) => boolean) => chosen.filter(matches).length;
  const cost = (item: Sound) => {
    const { kind } = item.draft;
    const ofKind = kind === null ? 0 : countOf(({ draft }) => draft.kind === kind);
    const ofPassage = countOf(
      ({ source }) => source.docId === item.source.docId && source.ord === item.source.ord,
    );
    return (
      (item.isFresh ? 0 : 1_000) +
      (difficulty === 'mixed' || item.draft.difficulty === difficulty ? 0 : 100) +
      (ofKind >= Math.ceil(KIND_SHARE * n) ? 10 : 0) +
      Math.min(9, ofPassage)
    );
  };
  while (chosen.length < n) {
    const full = countOf(({ draft }) => isAnswerLongest(draft)) >= longestAllowed;
    const open = full ? rest.filter(({ draft }) => !isAnswerLongest(draft)) : rest;
    const costs = open.map(cost);
    const next = open[costs.indexOf(Math.min(...costs))];
    if (!next) break;
    chosen.push(next);
    rest.splice(rest.indexOf(next), 1);
  }
  return { chosen, surplus: rest };
}

export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const mixed = [...list];
  for (let index = mixed.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    const [a, b] = [mixed[index], mixed[other]];
    if (a === undefined || b === undefined) continue;
    mixed[index] = b;
    mixed[other] = a;
  }
  return mixed;
}

const PLACES = [0, 1, 2, 3] as const;
const LETTERS = ['a', 'b', 'c', 'd'] as const;

/** Where the answers stand, dealt from shuffled decks of A to D: each place holds one of every four in a row. */
export function answerPlaces(count: number, random: () => number): number[] {
  const decks = Array.from({ length: Math.ceil(count / PLACES.length) }, () => shuffled(PLACES, random));
  return decks.flat().slice(0, count);
}

const ORDINARY = /^\p{Ll}{2,}(?![\p{Lu}\p{N}])/u;

/** Choices begin alike: with a capital where each begins with one or with an ordinary small word ("mRNA" and "x" stay). */
function dressed(choices: readonly string[]): string[] {
  const isPlain = choices.every((text) => !isFormula(text) && (ORDINARY.test(text) || /^\p{Lu}/u.test(text)));
  return choices.map((text) => (isPlain ? text.charAt(0).toLocaleUpperCase() + text.slice(1) : text));
}

/** Gives sound drafts their ids, the order of their choices and their topic. */
export function toItems(
  chosen: readonly Sound[],
  { topic, random }: { topic: string; random: () => number },
): QuizItem[] {
  const places = answerPlaces(chosen.length, random);
  return chosen.map(({ draft, source }, index) => {
    const place = places[index] ?? 0;
    const [answerText = '', ...wrongTexts] = dressed(
      [draft.answer, ...draft.distractors.map(({ text }) => text)].map((text) => text.trim()),
    );
    const wrong = draft.distractors.map(({ why }, at) => ({ text: wrongTexts[at] ?? '', why: why.trim() }));
    const ordered: { text: string; why: string | null }[] = shuffled(wrong, random);
    ordered.splice(place, 0, { text: answerText, why: null });
    return {
      id: `q${index + 1}`,
      q: draft.question.trim(),
      choices: ordered.map((choice, at) => ({ id: LETTERS[at] ?? '', ...choice })),
      answer: LETTERS[place] ?? '',
      explanation: draft.explanation.trim(),
      // What mastery is counted by.
      topic: pathSubject(source.headingPath) ?? topic,
      concept: draft.concept.trim(),
      difficulty: draft.difficulty,
      kind: draft.kind !== null && draft.kind.length <= MAX_KIND_LENGTH ? draft.kind : null,
      source,
    };
  });
}
