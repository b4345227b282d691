import { readyDocuments } from '../db/queries/document-title.ts';
import { MAX_TITLE_CHARACTERS } from '../domain/bounds.ts';
import { type MadeItems, type MakeRequest, madeSchema } from '../domain/make.ts';
import type { ToolProgress } from '../domain/message.ts';
import { generateQuiz } from '../tools/generate-quiz.ts';
import { makeCards } from '../tools/make-cards.ts';
import { type Caller, runTool } from './direct-tools.ts';

const ALL = 'All my notes';
/** Past the last passage of any document: the whole of one is a range of it too, whatever it is called. */
const END = 1_000_000;

/** The names of the chosen documents, as a name for what is made of them. */
async function nameOf({ topic, sources }: MakeRequest, { db, request }: Caller): Promise<string> {
  if (topic !== undefined) return topic;
  if (sources === undefined) return ALL;
  const ready = await readyDocuments(db, { signal: request.signal });
  const titles = [...new Set(sources.map(({ docId }) => ready.find(({ id }) => id === docId)?.title ?? ''))];
  const [first = ''] = titles.filter(Boolean);
  const more = titles.length > 1 ? ` and ${titles.length - 1} more` : '';
  return `${first.slice(0, MAX_TITLE_CHARACTERS - more.length)}${more}` || ALL;
}

/** Makes a quiz or cards of chosen notes: the same tools, limits and books as in a conversation. */
export async function make(
  caller: Caller,
  order: MakeRequest,
  onProgress?: (progress: ToolProgress) => void,
): Promise<MadeItems> {
  const { kind, n, difficulty, formats = null } = order;
  const topic = await nameOf(order, caller);
  const sources =
    order.sources?.map(({ docId, ordRange }) => ({ docId, ordRange: ordRange ?? { from: 0, to: END } })) ??
    null;
  const isQuiz = kind === 'quiz';
  const output = await runTool(caller, {
    name: isQuiz ? 'generateQuiz' : 'makeCards',
    tool: isQuiz ? generateQuiz : makeCards,
    input: { topic, n, sources, ...(isQuiz && { difficulty, formats }) },
    // Nothing of it reaches anybody else.
    agrees: () => true,
    ...(onProgress && { onProgress }),
  });
  return madeSchema.parse({ quizId: null, flashcardIds: [], ...output, kind, topic });
}
