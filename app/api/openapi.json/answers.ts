import { z } from 'zod';
import { ANSWER_CARD_STATES, type AnswerCard } from '@/lib/agent/json-answer';
import type { Usage } from '@/lib/agent/messages';
import type { WeeklyBusy } from '@/lib/calendar/weekly-busy';
import type { AuditLine } from '@/lib/db/queries/audit';
import type { CardView } from '@/lib/db/queries/card-view';
import { type DueSummary, overviewSchema } from '@/lib/db/queries/deck';
import type { DocumentView, UploadTarget } from '@/lib/db/queries/document';
import type { BlockedPerson } from '@/lib/db/queries/people';
import type { ArchivedPlan } from '@/lib/db/queries/plan';
import type { PlanView } from '@/lib/db/queries/plan-actions';
import type { QuizSummary } from '@/lib/db/queries/quiz';
import type { OpenedRoom } from '@/lib/db/queries/room';
import type { ShareLink } from '@/lib/db/queries/share-link';
import type { ListedThread } from '@/lib/db/queries/thread';
import type { TopicEvidence } from '@/lib/db/queries/topic-evidence';
import { accountSchema } from '@/lib/domain/account';
import { attachmentSchema } from '@/lib/domain/attachment';
import { AUDIT_OUTCOMES } from '@/lib/domain/audit';
import { CARD_KINDS, REVIEW_OUTCOMES } from '@/lib/domain/card';
import { citationSchema, studySourceSchema } from '@/lib/domain/citation';
import { NEW_ORDERS, SKIP_REASONS } from '@/lib/domain/deck';
import { DOCUMENT_STATUSES, LOCATOR_KINDS, textEncodingSchema } from '@/lib/domain/document';
import { MESSAGE_ROLES, MESSAGE_STATUSES } from '@/lib/domain/message';
import { exchangeSchema, facetSchema, publicPersonSchema } from '@/lib/domain/person';
import { personaSchema } from '@/lib/domain/persona';
import { planDetail, weekBlock } from '@/lib/domain/plan';
import { ACTIVITIES } from '@/lib/domain/presence';
import { VISIBILITIES } from '@/lib/domain/profile';
import {
  attemptAnswerSchema,
  attemptSchema,
  confidenceSchema,
  QUIZ_DIFFICULTIES,
  QUIZ_FORMATS,
} from '@/lib/domain/quiz';
import { saidSchema } from '@/lib/domain/said';
import { transcriptMessageSchema } from '@/lib/domain/transcript';
import type { Readiness } from '@/lib/observability/readiness';
import type { PeopleView } from '@/lib/people/people-view';
import type { AskedQuiz } from '@/lib/study/quiz/disclose';

/*
 * What routes answer where nothing in the app parses it: rows as queries select them. The compiler holds each to the type of
 * what the query gives, and a test to what the routes really answer, to the last field.
 */

const instant = z.iso.datetime({ offset: true });
const count = z.int().min(0);
/** What has a form of its own elsewhere: a part of a message, the input of a tool. */
const foreign = z.record(z.string(), z.unknown());
const failure = z.object({ code: z.string(), message: z.string(), said: saidSchema });

export const done = z.null().describe('Done; there is nothing to say.');

export const documentAnswer = z.object({
  id: z.uuid(),
  title: z.string(),
  sourceType: z.enum(['upload', 'url', 'note', 'session', 'transcript', 'attachment']),
  fileName: z.string().nullable(),
  mimeType: z.string().nullable(),
  sizeBytes: count.nullable(),
  course: z.string().nullable(),
  tags: z.array(z.string()),
  status: z.enum(DOCUMENT_STATUSES),
  stage: z.enum(['extracting', 'chunking', 'embedding', 'storing']).nullable(),
  progress: z.number(),
  pagesRead: count,
  pageCount: count.nullable(),
  chunkCount: count,
  locator: z.enum(LOCATOR_KINDS),
  account: accountSchema.describe('What of the file was not read.'),
  sourceUrl: z.string().nullable(),
  fetchedAt: instant.nullable(),
  encoding: textEncodingSchema.nullable(),
  earlierId: z.uuid().nullable().describe('What it looks like a new version of.'),
  replacedBy: z.uuid().nullable().describe('The version in its place.'),
  error: failure.nullable(),
  createdAt: instant,
  updatedAt: instant,
}) satisfies z.ZodType<DocumentView>;

const upload = z.object({
  bucket: z.string(),
  path: z.string(),
  token: z.string(),
  signedUrl: z.string(),
}) satisfies z.ZodType<UploadTarget>;
export const roomForFile = z.object({
  documentId: z.uuid(),
  alreadyInLibrary: z.boolean(),
  upload: upload.nullable(),
});
export const roomForAttachment = z.object({ attachmentId: z.uuid(), upload });
export const roomForCards = z.object({ uploadId: z.uuid(), upload });
export const attachmentAnswer = z.object({ attachment: attachmentSchema });

const thread = z.object({
  id: z.uuid(),
  title: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
  pinnedAt: instant.nullable(),
  archivedAt: instant.nullable(),
  continuedFrom: z.uuid().nullable().describe('The conversation that it goes on from.'),
});
export const oneThread = z.object({ thread });
const listedThread = thread.extend({
  messageCount: count,
  messageId: z.uuid().nullable().describe('The message that says what was searched for.'),
  excerpt: z.string().nullable(),
  place: z.string(),
}) satisfies z.ZodType<ListedThread>;
export const threadPage = z.object({
  threads: z.array(listedThread),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export const conversationPage = z.object({
  conversations: z.array(listedThread.omit({ messageId: true, excerpt: true, place: true })),
  nextCursor: z.string().nullable(),
});
export const threadExport = z.object({
  format: z.literal('clerva.thread'),
  version: z.literal(1),
  thread: thread.pick({ id: true, createdAt: true, updatedAt: true, continuedFrom: true }).extend({
    title: z.string(),
  }),
  messages: z.array(transcriptMessageSchema.extend({ id: z.uuid() })),
});

const card = z.object({
  tool: z.string(),
  toolCallId: z.string(),
  state: z.enum(ANSWER_CARD_STATES),
  input: z.unknown(),
  output: z.unknown().optional(),
  approvalId: z.string().optional(),
  message: z.string().optional(),
}) satisfies z.ZodType<AnswerCard>;
const usage = z.object({
  inputTokens: count,
  outputTokens: count,
  costUsd: z.number().nullable(),
}) satisfies z.ZodType<Usage>;
export const chatAnswer = z.object({
  threadId: z.uuid(),
  messageId: z.string(),
  text: z.string(),
  citations: z.array(citationSchema),
  cards: z.array(card),
  toolsUsed: z.array(z.string()),
  usage: usage.nullable(),
  traceId: z.string(),
});
const saidMessage = z.object({
  id: z.string(),
  conversationId: z.uuid(),
  role: z.enum(MESSAGE_ROLES),
  content: z.string(),
  status: z.enum(MESSAGE_STATUSES),
  createdAt: instant,
  citations: z.array(citationSchema),
});
export const messagePage = z.object({ messages: z.array(saidMessage), nextCursor: z.string().nullable() });
export const answeredMessage = chatAnswer.extend({ conversationId: z.uuid(), message: saidMessage });
const pageMessage = z.object({
  id: z.string(),
  role: z.enum(MESSAGE_ROLES),
  parts: z.array(foreign).describe('Parts of the AI SDK’s UI messages.'),
  metadata: foreign.optional(),
});
export const conversation = z.object({
  thread,
  messages: z.array(pageMessage),
  isAnswering: z.boolean().describe('An answer is being written, which is not among the messages.'),
});
export const earlierMessages = conversation.pick({ messages: true });
export const stopped = z.object({ stopped: z.boolean() });
export const cancelled = z.object({ cancelled: z.boolean() });

const persona = personaSchema.extend({ isOwn: z.boolean() });
export const onePersona = z.object({ persona });
export const personaList = z.object({ personas: z.array(persona), default: z.string() });

const due = { due: count, newCards: count, minutes: z.number() };
const deck = z.object({
  id: z.uuid(),
  name: z.string(),
  examDate: z.string().nullable(),
  newPerDay: count.nullable(),
  reviewsPerDay: count.nullable(),
  newOrder: z.enum(NEW_ORDERS),
  cards: count,
  proposed: count,
  suspended: count,
  nextDue: instant.nullable(),
  ...due,
});
export const deckList = overviewSchema
  .pick({ proposed: true, timezone: true, rolloverHour: true, secondsPerReview: true, history: true })
  .extend({
    ...due,
    nextDue: instant.nullable(),
    decks: z.array(deck),
  }) satisfies z.ZodType<DueSummary>;
export const oneDeck = deck.pick({ id: true, name: true, examDate: true });
export const movedCards = z.object({ moved: count });
export const flashcard = z.object({
  id: z.uuid(),
  front: z.string(),
  back: z.string(),
  kind: z.enum(CARD_KINDS),
  clozeIndex: z.int(),
  guid: z.string(),
  topic: z.string().nullable(),
  tags: z.array(z.string()),
  deckId: z.uuid(),
  deck: z.string().nullable(),
  sourceDocId: z.uuid().nullable(),
  source: studySourceSchema.nullable(),
  proposed: z.boolean(),
  suspended: z.boolean(),
  examDate: z.string().nullable(),
  desiredRetention: z.number(),
  createdAt: instant,
  state: z.object({
    due: instant,
    stability: z.number(),
    difficulty: z.number(),
    elapsedDays: z.number(),
    scheduledDays: z.number(),
    learningSteps: z.number(),
    reps: z.number(),
    lapses: z.number(),
    state: z.literal([0, 1, 2, 3]).describe('New, learning, review, relearning, as FSRS counts them.'),
    lastReview: instant.nullable(),
  }),
}) satisfies z.ZodType<CardView>;
export const keptCards = z.object({ kept: count, dropped: count });
export const storedReviews = z.object({
  results: z.array(z.object({ requestId: z.uuid(), outcome: z.enum(REVIEW_OUTCOMES) })),
});
export const addedCards = z.object({
  flashcardIds: z.array(z.uuid()),
  duplicates: z.array(z.object({ front: z.string() })),
});
export const importedCards = z.object({
  added: count,
  already: count,
  skipped: count,
  skippedLines: z.array(z.int()),
  reasons: z.partialRecord(z.enum(SKIP_REASONS), count),
  media: count,
  decks: z.array(z.string()),
});

const quiz = { id: z.uuid(), topic: z.string(), difficulty: z.enum(QUIZ_DIFFICULTIES), createdAt: instant };
const listedQuiz = z.object({
  ...quiz,
  questions: count,
  asked: count,
  running: z.object({ attemptId: z.uuid(), answered: count, total: count }).nullable(),
  finishedAttempts: count,
  last: z.object({ score: z.number(), correct: count, total: count, finishedAt: instant }).nullable(),
}) satisfies z.ZodType<QuizSummary>;
export const quizList = z.object({ quizzes: z.array(listedQuiz) });
const solution = z.object({
  answer: z.string(),
  explanation: z.string(),
  whys: z.record(z.string(), z.string()).describe('Why each wrong choice is wrong, by its id.'),
  source: studySourceSchema,
  right: z.string().optional(),
  sources: z.array(studySourceSchema).optional(),
});
export const quizAnswer = z.object({
  ...quiz,
  threadId: z.uuid().nullable(),
  items: z.array(
    z.object({
      id: z.string(),
      q: z.string(),
      choices: z.array(z.object({ id: z.string(), text: z.string() })),
      topic: z.string(),
      difficulty: z.enum(QUIZ_DIFFICULTIES).exclude(['mixed']),
      kind: z.string().nullable(),
      format: z.enum(QUIZ_FORMATS).optional(),
      prompts: z.array(z.object({ id: z.string(), text: z.string() })).optional(),
      claim: z.string().optional(),
      isReported: z.boolean(),
      solution: solution.nullable().describe('Null until it is answered.'),
    }),
  ),
  attempt: attemptSchema.nullable(),
  finishedAttempts: count,
}) satisfies z.ZodType<AskedQuiz>;
export const graded = solution.extend({
  correct: z.boolean(),
  graded: attemptAnswerSchema,
  attempt: attemptSchema,
});

export const topicEvidence = z.object({
  topic: z.string(),
  contestedAt: instant.nullable(),
  answers: z.array(
    z.object({
      quizId: z.uuid(),
      itemId: z.string(),
      question: z.string(),
      chosen: z.string().nullable(),
      right: z.string().nullable(),
      correct: z.boolean(),
      confidence: confidenceSchema.nullable(),
      at: instant,
      source: studySourceSchema.nullable(),
    }),
  ),
  reviews: z.array(
    z.object({
      cardId: z.uuid(),
      front: z.string(),
      rating: z.number(),
      at: instant,
      source: studySourceSchema.nullable(),
    }),
  ),
  older: count.describe('How many there are beyond those listed.'),
}) satisfies z.ZodType<TopicEvidence>;

export const planAnswer = z.object({
  id: z.uuid(),
  version: z.int(),
  title: z.string(),
  goals: z.array(z.string()),
  timePerDayMin: count,
  daysPerWeek: count,
  weekdays: z.array(z.int()),
  startsOn: z.string(),
  endsOn: z.string(),
  deadline: z.string().nullable(),
  weekBlocks: z.array(weekBlock),
  detail: planDetail,
  archivedAt: instant.nullable(),
  updatedAt: instant,
  today: z.string(),
  dropFirst: z.object({ goal: z.string(), minutes: z.number(), sentence: z.string() }).nullable(),
  why: z.string().nullable(),
  isOver: z.boolean(),
}) satisfies z.ZodType<PlanView>;
const archivedPlan = planAnswer
  .pick({ id: true, title: true, startsOn: true, deadline: true })
  .extend({ said: saidSchema }) satisfies z.ZodType<ArchivedPlan>;
export const planList = z.object({ active: planAnswer.nullable(), archived: z.array(archivedPlan) });
export const editedPlan = z.object({
  plan: planAnswer,
  note: z.string().nullable(),
  said: saidSchema.optional(),
});
export const addedTasks = z.object({
  planId: z.uuid(),
  title: z.string(),
  taskIds: z.array(z.string()),
  note: z.string().nullable(),
  said: saidSchema.optional(),
});

export const share = z.object({
  id: z.uuid(),
  threadId: z.uuid(),
  title: z.string(),
  withSources: z.boolean(),
  createdAt: instant,
  expiresAt: instant.nullable(),
}) satisfies z.ZodType<ShareLink>;
export const newShare = share.extend({ url: z.string() });

export const auditLines = z.object({
  lines: z.array(
    z.object({
      id: count,
      at: instant,
      userId: z.uuid(),
      email: z.string().nullable(),
      actor: z.string(),
      action: z.string(),
      subject: z.string().nullable(),
      outcome: z.enum(AUDIT_OUTCOMES),
      code: z.string().nullable(),
      network: z.string().nullable().describe('The truncated address.'),
      durationMs: z.number(),
      metadata: foreign,
    }),
  ) satisfies z.ZodType<Omit<AuditLine, 'metadata'>[]>,
  nextBefore: count.nullable(),
});

const check = z.object({ ok: z.boolean(), latencyMs: z.number(), required: z.boolean() });
const checks = z.record(z.string(), check);
export const readinessAnswer = z.object({
  status: z.enum(['ready', 'unavailable']),
  checks,
}) satisfies z.ZodType<Readiness>;
export const alive = z.object({
  status: z.literal('ok'),
  version: z.string().optional(),
  uptime: z.number().optional().describe('Seconds.'),
});
const queue = z.object({
  documentsWaiting: z.number().optional(),
  oldestWaitingSeconds: z.number().optional(),
  tasksWaiting: z.number().optional(),
  answersStreaming: z.number().optional(),
});
export const statusAnswer = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  node: z.string(),
  uptime: z.number(),
  checkedAt: instant,
  dependencies: checks,
  queue: queue.nullable(),
  memory: z.object({
    rssBytes: z.number(),
    heapUsedBytes: z.number(),
    heapTotalBytes: z.number(),
    externalBytes: z.number(),
    limitBytes: z.number(),
  }),
  eventLoop: z.object({ meanMs: z.number(), p99Ms: z.number(), maxMs: z.number() }),
  model: z.object({ minutes: z.number(), calls: count, failures: count, errorRate: z.number() }),
});

const seen = publicPersonSchema.extend({
  facets: z.array(facetSchema),
  exchange: exchangeSchema,
  freeUntil: instant.nullable(),
  reason: z.string().nullable(),
  said: saidSchema,
});
export const peopleAnswer = z.object({
  me: z.object({
    visibility: z.enum(VISIBILITIES),
    subjects: count,
    windows: count,
    isOnline: z.boolean(),
    currentActivity: z.enum(ACTIVITIES).nullable(),
  }),
  matches: z.array(
    seen.extend({
      score: z.number(),
      isOnline: z.boolean(),
      currentActivity: z.enum(ACTIVITIES).nullable(),
      lastSeen: instant.nullable(),
      nextTime: z.object({ whenISO: z.string(), whenMine: z.string(), confidence: z.number() }).nullable(),
    }),
  ),
  here: z.object({
    total: count,
    users: z.array(
      seen.extend({
        currentActivity: z.enum(ACTIVITIES),
        lastSeen: instant,
        score: z.number().nullable(),
      }),
    ),
  }),
}) satisfies z.ZodType<PeopleView>;
export const blockedPerson = z.object({
  userId: z.guid(),
  displayName: z.string(),
  blockedAt: instant,
}) satisfies z.ZodType<BlockedPerson>;

export const weekOfCalendar = z.object({
  busy: z.array(z.object({ dow: count, startMin: count, endMin: count, weeks: count })) satisfies z.ZodType<
    WeeklyBusy[]
  >,
  events: count,
  skipped: count,
  timezone: z.string(),
});

const room = z.object({ roomId: z.uuid(), code: z.string() }) satisfies z.ZodType<OpenedRoom>;
export const openedRoom = room.extend({ path: z.string() });

export const toolList = z.object({
  tools: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      description: z.string(),
      inputSchema: foreign.describe('JSON Schema.'),
      kind: z.enum(['tool', 'adapter']),
      configured: z.boolean(),
      asksFirst: z.boolean(),
    }),
  ),
});
export const calledTool = z.object({
  tool: z.string(),
  output: foreign.describe('What the tool gives; docs/tools.md names its fields.'),
  traceId: z.string(),
});
export const whereTokensAre = z.object({
  resource: z.string(),
  resource_name: z.string(),
  authorization_servers: z.array(z.string()),
  bearer_methods_supported: z.array(z.string()),
  resource_documentation: z.string(),
});
/** What another's protocol or standard defines. */
export const ofAnotherStandard = foreign;
