import { readyDocuments } from '../db/queries/document-title.ts';
import { getProfile } from '../db/queries/profile.ts';
import { MAX_TITLE_CHARACTERS } from '../domain/bounds.ts';
import { wantedLanguage } from '../domain/language.ts';
import { type MadeItems, type MakeRequest, madeSchema } from '../domain/make.ts';
import type { ToolProgress } from '../domain/message.ts';
import { translatorOf } from '../language/catalogues.ts';
import { text } from '../language/text.ts';
import { generateQuiz } from '../tools/generate-quiz.ts';
import { makeCards } from '../tools/make-cards.ts';
import { type Caller, runTool } from './direct-tools.ts';

/** A topic that means everything, in each language. */
const ALL = text('All my notes');
/** Past the last passage of any document: the whole of one is a range of it too, whatever it is called. */
const END = 1_000_000;

/** The names of the chosen documents, as a name for what is made of them. */
async function nameOf({ topic, sources }: MakeRequest, { db, user, request }: Caller): Promise<string> {
  if (topic !== undefined) return topic;
  const [profile, ready] = await Promise.all([
    getProfile(db, { userId: user.id }),
    sources ? readyDocuments(db, { signal: request.signal }) : [],
  ]);
  const t = translatorOf(profile?.language ?? wantedLanguage(request.headers.get('accept-language')));
  if (sources === undefined) return t(ALL);
  const titles = [...new Set(sources.map(({ docId }) => ready.find(({ id }) => id === docId)?.title ?? ''))];
  const [first = ''] = titles.filter(Boolean);
  if (first === '') return t(ALL);
  if (titles.length === 1) return first.slice(0, MAX_TITLE_CHARACTERS);
  const named = (title: string) => t('{list} and {more} more', { list: title, more: titles.length - 1 });
  return named(first.slice(0, MAX_TITLE_CHARACTERS - named('').length));
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
