import { findQuote } from '../../lib/retrieval/find-quote.ts';
import { type RetrievedChunk, retrieve } from '../../lib/retrieval/search.ts';
import { seeded } from '../../lib/test-random.ts';
import type { PageProbe, Question } from './corpus.ts';
import { type Figure, kept } from './report.ts';
import type { EvalStack, EvalStudent } from './stack.ts';

const LIMIT = 10;
const HEAD = 5;

type Asked = { question: Question; chunks: RetrievedChunk[] };

/** The question with one slip in its longest word: two letters swapped, one left out or one typed twice. */
export function withSlip(question: string, random: () => number): string {
  const [longest] = [...question.matchAll(/\p{L}{5,}/gu)].sort((a, b) => b[0].length - a[0].length);
  if (!longest) return question;
  const [word] = longest;
  const at = 1 + Math.floor(random() * (word.length - 2));
  const [head, letter, next, rest] = [word.slice(0, at), word[at], word[at + 1], word.slice(at + 2)];
  const slips = [head + next + letter + rest, head + next + rest, head + letter + letter + next + rest];
  const slipped = slips[Math.floor(random() * slips.length)] ?? word;
  return question.slice(0, longest.index) + slipped + question.slice(longest.index + word.length);
}

/** How much a slip may cost. */
const SLIP_COST = 0.04;

/** The figures of the questions as they are written, then of the same with a slip in each. */
export async function retrievalFigures(
  ...[stack, student, names, questions]: Parameters<typeof figuresOf>
): Promise<Figure[]> {
  const random = seeded(20);
  const slipped = questions.map((item) => ({ ...item, question: withSlip(item.question, random) }));
  const clean = await figuresOf(stack, student, names, questions);
  const typed = await figuresOf(stack, student, names, slipped);
  const allowed = typed.map(({ floor: _own, ...figure }, index) => ({
    ...figure,
    name: `${figure.name}, with a slip`,
    floor: (clean[index]?.value ?? 1) - SLIP_COST,
  }));
  return [...clean, ...allowed];
}

/** Asks every answerable question and looks where the right document and the answer's own text come up. */
async function figuresOf(
  stack: EvalStack,
  student: EvalStudent,
  names: ReadonlyMap<string, string>,
  questions: readonly Question[],
): Promise<Figure[]> {
  const deps = stack.retrievalFor(student);
  const asked: Asked[] = [];
  for (const question of questions.filter(({ type }) => type !== 'unanswerable')) {
    const { chunks } = await retrieve(deps, { userId: student.id, query: question.question, limit: LIMIT });
    asked.push({ question, chunks });
  }
  const fileOf = ({ docId }: RetrievedChunk): string | undefined => names.get(docId);
  const isFound = (text: string | null | undefined, chunks: readonly RetrievedChunk[]): boolean =>
    chunks.slice(0, HEAD).some((chunk) => text && findQuote(text, chunk.text) !== null);
  const figure = (
    name: string,
    bound: Pick<Figure, 'floor'>,
    cases: readonly Asked[],
    isHit: (item: Asked) => boolean,
  ): Figure => {
    const missed = cases
      .filter((item) => !isHit(item))
      .map(({ question }) => `${question.id}: ${question.question}`);
    return kept(name, cases.length, missed, bound);
  };
  const extractive = asked.filter(({ question }) => question.type === 'extractive');
  const isFileIn =
    (head: number) =>
    ({ question, chunks }: Asked) =>
      chunks.slice(0, head).some((chunk) => fileOf(chunk) === question.file);
  return [
    figure('file@1', { floor: 0.92 }, asked, isFileIn(1)),
    figure('file@5', { floor: 0.97 }, asked, isFileIn(HEAD)),
    figure('answer text in top 5 (extractive)', { floor: 0.9 }, extractive, ({ question, chunks }) =>
      isFound(question.answer, chunks),
    ),
    figure('answer or its quote in top 5 (extractive + choice)', {}, asked, ({ question, chunks }) =>
      isFound(question.type === 'extractive' ? question.answer : question.quote, chunks),
    ),
  ];
}

/** Looks for sentences whose page is known: the passage found has to hold the sentence and name its file and page. */
export async function pageFigure(
  stack: EvalStack,
  student: EvalStudent,
  names: ReadonlyMap<string, string>,
  probes: readonly PageProbe[],
): Promise<Figure> {
  const deps = stack.retrievalFor(student);
  const misses: string[] = [];
  for (const { file, page, sentence } of probes) {
    const { chunks } = await retrieve(deps, { userId: student.id, query: sentence, limit: LIMIT });
    const cited = chunks.find((chunk) => findQuote(sentence, chunk.text) !== null) ?? chunks[0];
    const isRight = cited !== undefined && names.get(cited.docId) === file && cited.page === page;
    if (!isRight) {
      const found = cited ? `${names.get(cited.docId)} page ${cited.page}` : 'nothing';
      misses.push(`${file} page ${page}, found ${found}: ${sentence}`);
    }
  }
  return kept('page accuracy', probes.length, misses, { floor: 0.95 });
}
