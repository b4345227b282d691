import { z } from 'zod';
import { attachmentSchema } from '@/lib/domain/attachment';
import { citationSchema } from '@/lib/domain/citation';
import { DOCUMENT_STATUSES } from '@/lib/domain/document';
import { MESSAGE_ROLES } from '@/lib/domain/message';
import { newPersonaSchema } from '@/lib/domain/persona';

/*
 * What routes answer where nothing in the app parses it: rows as queries select them. A test holds what the routes really
 * answer to these shapes, which is what keeps them true.
 */

const instant = z.string().describe('ISO 8601 with its offset.');
const count = z.int().min(0);
/** An object with these fields among others. */
const having = z.looseObject;

export const done = z.null().describe('Done; there is nothing to say.');

export const documentAnswer = having({
  id: z.uuid(),
  title: z.string(),
  fileName: z.string().nullable(),
  mimeType: z.string().nullable(),
  sizeBytes: count.nullable(),
  course: z.string().nullable(),
  status: z.enum(DOCUMENT_STATUSES),
  progress: z.number(),
  pageCount: count.nullable(),
  chunkCount: count.nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdAt: instant,
  updatedAt: instant,
});

const upload = z.object({ bucket: z.string(), path: z.string(), token: z.string(), signedUrl: z.string() });
export const roomForFile = having({ documentId: z.uuid(), upload: upload.optional() });
export const roomForAttachment = having({ attachmentId: z.uuid(), upload });
export const attachmentAnswer = z.object({ attachment: attachmentSchema });

const threadAnswer = having({
  id: z.uuid(),
  title: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
  pinnedAt: instant.nullable(),
  archivedAt: instant.nullable(),
});
export const oneThread = z.object({ thread: threadAnswer });
const listedThread = threadAnswer.extend({ messageCount: count });
export const threadPage = z.object({
  threads: z.array(listedThread),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export const conversationPage = z.object({
  conversations: z.array(listedThread),
  nextCursor: z.string().nullable(),
});

const card = having({
  tool: z.string(),
  toolCallId: z.string(),
  state: z.string().describe('done, failed, denied or approval-requested.'),
});
export const chatAnswer = having({
  threadId: z.uuid(),
  messageId: z.string(),
  text: z.string(),
  citations: z.array(citationSchema),
  cards: z.array(card),
  toolsUsed: z.array(z.string()),
  usage: having({}).nullable(),
  traceId: z.string(),
});
const saidMessage = having({
  id: z.string(),
  conversationId: z.uuid(),
  role: z.enum(MESSAGE_ROLES),
  content: z.string(),
  createdAt: instant,
  citations: z.array(citationSchema),
});
export const messagePage = z.object({ messages: z.array(saidMessage), nextCursor: z.string().nullable() });
export const answeredMessage = chatAnswer.extend({ conversationId: z.uuid(), message: saidMessage });
export const conversation = having({ messages: z.array(having({})) });
export const stopped = having({ stopped: z.boolean() });
export const savedThread = having({ threadId: z.uuid(), created: z.boolean(), messageCount: count });

const personaAnswer = newPersonaSchema.extend({ isOwn: z.boolean() });
export const onePersona = z.object({ persona: having({ slug: z.string(), title: z.string() }) });
export const personaList = z.object({ personas: z.array(personaAnswer), default: z.string() });

const due = { due: count, newCards: count, minutes: z.number() };
const deck = having({
  id: z.uuid(),
  name: z.string(),
  examDate: z.string().nullable(),
  cards: count,
  ...due,
});
export const deckList = having({ ...due, nextDue: instant.nullable(), decks: z.array(deck) });
export const anObject = having({});
export const flashcard = having({
  id: z.uuid(),
  front: z.string(),
  back: z.string(),
  deckId: z.uuid(),
  proposed: z.boolean(),
  suspended: z.boolean(),
  state: having({}),
});
export const addedCards = z.object({
  flashcardIds: z.array(z.uuid()),
  duplicates: z.array(z.object({ front: z.string() })),
});
export const importedCards = having({ added: count, already: count, skipped: count, decks: z.unknown() });

export const quizList = z.object({
  quizzes: z.array(
    having({
      id: z.uuid(),
      topic: z.string(),
      questions: count,
      createdAt: instant,
      finishedAttempts: count,
    }),
  ),
});
export const quizAnswer = having({
  id: z.uuid(),
  topic: z.string(),
  items: z.array(having({ id: z.string(), q: z.string(), solution: having({}).nullable() })),
  finishedAttempts: count,
});

export const planAnswer = having({
  id: z.uuid(),
  title: z.string(),
  goals: z.array(z.string()),
  timePerDayMin: count,
  daysPerWeek: count,
  startsOn: z.string(),
  deadline: z.string().nullable(),
  weekBlocks: z.array(having({ week: count, tasks: z.array(having({ title: z.string(), etaMin: count })) })),
});
export const editedPlan = z.object({ plan: planAnswer, note: z.string().nullable() });

export const share = having({
  id: z.uuid(),
  threadId: z.uuid(),
  title: z.string(),
  withSources: z.boolean(),
  createdAt: instant,
  expiresAt: instant.nullable(),
});

export const auditLines = z.object({
  lines: z.array(
    having({
      id: count,
      at: instant,
      action: z.string(),
      outcome: z.string(),
      network: z.string().nullable(),
    }),
  ),
  nextBefore: count.nullable(),
});

const check = z.object({ ok: z.boolean(), latencyMs: z.number(), required: z.boolean() });
const checks = z.record(z.string(), check);
export const readinessAnswer = having({ status: z.enum(['ready', 'unavailable']), checks });
export const alive = having({ status: z.literal('ok') });
export const statusAnswer = having({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  dependencies: checks,
});
export const peopleAnswer = having({
  me: having({ visibility: z.string() }),
  matches: z.array(having({ userId: z.guid(), score: z.number() })),
  here: z.object({ total: count, users: z.array(having({ userId: z.guid() })) }),
});
export const openedRoom = having({ roomId: z.uuid(), code: z.string(), path: z.string() });
export const toolList = z.object({
  tools: z.array(
    having({
      name: z.string(),
      title: z.string(),
      description: z.string(),
      inputSchema: having({}),
      kind: z.enum(['tool', 'adapter']),
      configured: z.boolean(),
      asksFirst: z.boolean(),
    }),
  ),
});
