import { randomUUID } from 'node:crypto';
import type { ClervaMessage } from '../../lib/agent/messages.ts';
import { messageText } from '../../lib/agent/messages.ts';
import { createChatModel } from '../../lib/agent/model.ts';
import { startTurn, type TurnDependencies } from '../../lib/agent/turn.ts';
import type { Citation } from '../../lib/domain/citation.ts';
import type { Question } from './corpus.ts';
import { type Figure, kept, share } from './report.ts';
import type { EvalStack, EvalStudent } from './stack.ts';

const CHAT_MODEL = 'clerva-study-brain';
const DEADLINE_MS = 30_000;
const NOW = new Date('2026-11-20T14:05:00Z');

/** One question in a conversation of its own, through the agent's loop and over the wire to the model. */
async function ask(
  deps: TurnDependencies,
  student: EvalStudent,
  question: string,
  documents: number,
): Promise<ClervaMessage> {
  const turn = startTurn(deps, {
    opened: {
      threadId: randomUUID(),
      threadTitle: null,
      created: true,
      userMessageId: randomUUID(),
      assistantMessageId: randomUUID(),
      history: [],
      memory: [],
      profile: { displayName: null, gradeLevel: null, subjects: null, timezone: 'UTC' },
      documents: { ready: documents, processing: 0 },
      partners: [],
      text: question,
    },
    userId: student.id,
    traceId: randomUUID(),
    db: student.db,
    store: { save: async () => true, finish: async () => undefined },
    now: NOW,
    deadlineMs: DEADLINE_MS,
  });
  const { message, error } = await turn.finished;
  if (error) throw error;
  return message;
}

/** Text without its markup, reference marks and citations, so that a span can be looked for in what is shown. */
const folded = (text: string): string =>
  text
    .replace(/<[^>]+>|\*\*|__|`|\s*\[\d[\d,;\s–-]*\]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/\s+([.,])/g, '$1')
    .toLowerCase();

const citationsOf = (message: ClervaMessage): Citation[] =>
  message.parts.flatMap((part) => (part.type === 'data-citation' ? [part.data] : []));

/** The text that a citation's offsets count in, read as the student. */
export async function documentTexts(
  student: EvalStudent,
  ids: Iterable<string>,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const id of ids) {
    const { data, error } = await student.db
      .from('doc_page')
      .select('content')
      .eq('doc_id', id)
      .order('page');
    if (error) throw error;
    texts.set(id, data.map(({ content }) => content).join('\n\n'));
  }
  return texts;
}

function turnDependencies(stack: EvalStack, student: EvalStudent): TurnDependencies {
  return {
    ...createChatModel({
      OPENAI_API_KEY: stack.apiKey,
      OPENAI_BASE_URL: stack.openai.url,
      OPENAI_CHAT_MODEL: CHAT_MODEL,
    }),
    retrieval: stack.retrievalFor(student),
    approvalSecret: 'evals',
    prices: { inputUsdPerMillion: 0, outputUsdPerMillion: 0 },
  };
}

/** Asks everything and looks at what is shown: is each quote in the document, and is an absent answer refused? */
export async function answerFigures(
  stack: EvalStack,
  student: EvalStudent,
  names: ReadonlyMap<string, string>,
  questions: readonly Question[],
): Promise<Figure[]> {
  const deps = turnDependencies(stack, student);
  const texts = await documentTexts(student, names.keys());
  const quotes = { all: 0, misses: [] as string[] };
  const refused = { answerable: [] as string[], claims: [] as string[] };
  const unshown: string[] = [];
  let rightFile = 0;
  let answered = 0;
  for (const question of questions) {
    const message = await ask(deps, student, question.question, names.size);
    const citations = citationsOf(message);
    for (const { docId, quote, quoteStart, quoteEnd } of citations) {
      quotes.all += 1;
      const isVerbatim = quote !== '' && texts.get(docId)?.slice(quoteStart, quoteEnd) === quote;
      if (!isVerbatim) quotes.misses.push(`${names.get(docId)}: ${quote.slice(0, 120)}`);
    }
    const line = `${question.id}: ${question.question} -> ${messageText(message.parts).slice(0, 160)}`;
    const shown = folded([messageText(message.parts), ...citations.map(({ quote }) => quote)].join('\n'));
    if (question.type === 'extractive' && !shown.includes(folded(question.answer ?? '').trim()))
      unshown.push(line);
    if (question.type === 'unanswerable') {
      if (citations.length > 0) refused.claims.push(line);
    } else if (citations.length === 0) {
      refused.answerable.push(line);
    } else {
      answered += 1;
      if (citations.some(({ docId }) => names.get(docId) === question.file)) rightFile += 1;
    }
  }
  const unanswerable = questions.filter(({ type }) => type === 'unanswerable').length;
  const answerable = questions.length - unanswerable;
  const extractive = questions.filter(({ type }) => type === 'extractive').length;
  return [
    kept('shown quotes that are verbatim', quotes.all, quotes.misses, { floor: 1 }),
    kept('unanswerable questions refused', unanswerable, refused.claims, { floor: 0.95 }),
    {
      name: 'answerable questions refused',
      value: share(refused.answerable.length, answerable),
      cases: answerable,
      ceiling: 0.06,
      misses: refused.answerable,
    },
    {
      name: 'answers that cite the right file',
      value: share(rightFile, answered),
      cases: answered,
      floor: 0.92,
    },
    kept('shown text holds the answer', extractive, unshown, { floor: 0.8 }),
  ];
}

/**
 * The harder kind of absence: every question is asked while the one document that answers it is taken out of the notes and
 * its neighbours on the same subject stay. Words alone cannot tell all of these, so the figure has no floor.
 */
export async function heldOutFigure(
  stack: EvalStack,
  student: EvalStudent,
  names: ReadonlyMap<string, string>,
  questions: readonly Question[],
): Promise<Figure> {
  const deps = turnDependencies(stack, student);
  const setStatus = async (id: string, status: 'ready' | 'processing'): Promise<void> => {
    const { error } = await stack.serviceDb.from('doc_source').update({ status }).eq('id', id);
    if (error) throw error;
  };
  let cases = 0;
  const claims: string[] = [];
  for (const [docId, name] of names) {
    await setStatus(docId, 'processing');
    for (const { id, question } of questions.filter(({ file }) => file === name)) {
      cases += 1;
      const message = await ask(deps, student, question, names.size - 1);
      if (citationsOf(message).length > 0) claims.push(`${id}: ${question}`);
    }
    await setStatus(docId, 'ready');
  }
  return kept('refused without its document', cases, claims);
}
