import type { QuizItem } from '../../domain/quiz.ts';
import { seeded } from '../../test-random.ts';
import { type SourcePassage, sourceOf } from '../source.ts';
import { toItems } from './assemble.ts';
import type { QuizDraft } from './draft.ts';

export const QUOTE =
  'Proactive interference happens when earlier material hinders the recall of newly learned information.';

export const passageOf = (text: string, change: Partial<SourcePassage> = {}): SourcePassage => ({
  docId: '00000000-0000-4000-8000-000000000001',
  ord: 3,
  source: 'Psychology',
  text,
  page: 12,
  locator: { kind: 'page', index: 12, total: 40, label: null },
  headingPath: ['8 Memory', '8.3 Forgetting'],
  charStart: 5_000,
  ...change,
});

/** A draft that keeps every rule. */
export const draftOf = (change: Partial<QuizDraft> = {}): QuizDraft => ({
  concept: 'proactive interference',
  topic: 'Forgetting',
  question: 'Which term names the way an earlier memory gets in the way of something learned later?',
  difficulty: 'medium',
  kind: 'definition',
  passage: 1,
  quote: QUOTE,
  answer: 'proactive interference',
  explanation: 'The earlier memory works forward in time, so it is called proactive.',
  distractors: [
    { text: 'retroactive interference', why: 'There the later memory hinders the earlier one.' },
    { text: 'encoding failure', why: 'There nothing was stored in the first place.' },
    { text: 'motivated forgetting', why: 'There something is pushed out of mind on purpose.' },
  ],
  ...change,
});

const SYLLABLES = ['bal', 'cor', 'dun', 'fem', 'gol', 'hav', 'jun', 'kel', 'lom', 'mir'] as const;
const syllable = (index: number) => SYLLABLES[index % SYLLABLES.length] ?? '';
/** A made-up word, another one for each index below a hundred. */
const wordOf = (index: number, ending: string) =>
  `${syllable(index)}${syllable(Math.floor(index / 10))}${ending}`;

/** Sound drafts about different things, with the passages that prove them: one passage each. */
export function forest(count: number): { drafts: QuizDraft[]; passages: (SourcePassage & { n: number })[] } {
  const rows = Array.from({ length: count }, (_, index) => {
    const name = `${wordOf(index, 'a')} tree`;
    const places = `${wordOf(index, 'or')} and ${wordOf(index, 'ix')} valleys of ${wordOf(index, 'um')}`;
    const wrong = [1, 2, 3].map(
      (step) => `${wordOf(index + step, 'o')} ${['bush', 'fern', 'moss'][step - 1]}`,
    );
    return { name, places, wrong, quote: `In the ${places} the ${name} blooms early.` };
  });
  return {
    drafts: rows.map(({ name, places, quote, wrong }, index) =>
      draftOf({
        concept: name,
        question: `What blooms early in the ${places}?`,
        kind: null,
        passage: index + 1,
        quote,
        answer: name,
        distractors: wrong.map((text) => ({ text, why: `The notes name ${text} elsewhere.` })),
      }),
    ),
    passages: rows.map(({ quote }, index) => ({
      ...passageOf(`Some words before. ${quote} Some words after.`, { ord: index, charStart: index * 1_000 }),
      n: index + 1,
    })),
  };
}

/** The questions that these drafts become. */
export function treeItems(count: number, seed = 2): QuizItem[] {
  const { drafts, passages } = forest(count);
  const sound = drafts.flatMap((draft, index) => {
    const passage = passages[index];
    const source = passage ? sourceOf(passage, draft.quote) : null;
    return source ? [{ draft, source, isFresh: true }] : [];
  });
  return toItems(sound, { topic: 'Trees', random: seeded(seed) });
}

/** Chi-square of counts against a uniform distribution; not a number where nothing was counted. */
export function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

type Given = { itemId: string; optionId: string | null };

/** A plain recount: the first answer to each question counts, an unanswered one is wrong. */
export function recount(
  items: readonly Pick<QuizItem, 'id' | 'answer'>[],
  itemIds: readonly string[],
  given: readonly Given[],
): { correct: number; total: number; score: number | null } {
  const asked = items.filter(({ id }) => itemIds.includes(id));
  const correct = asked.filter(
    ({ id, answer }) => given.find(({ itemId }) => itemId === id)?.optionId === answer,
  ).length;
  return { correct, total: asked.length, score: asked.length === 0 ? null : correct / asked.length };
}
