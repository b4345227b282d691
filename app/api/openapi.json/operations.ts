import { z } from 'zod';
import { newCards } from '@/app/api/flashcards/new-cards';
import * as taken from '@/app/api/requests';
import * as chat from '@/lib/agent/requests';
import { foundSchema } from '@/lib/db/queries/find';
import { nudgeInboxSchema, sentNudgeSchema } from '@/lib/db/queries/nudge';
import { chatSwitchStateSchema, usageSchema } from '@/lib/db/queries/operations';
import { presenceChannelsSchema } from '@/lib/db/queries/presence';
import { roomActedSchema, roomClockSchema } from '@/lib/db/queries/room';
import { savedThreadSchema } from '@/lib/db/queries/thread';
import { accountExportSchema } from '@/lib/domain/account-export';
import { attachSignSchema } from '@/lib/domain/attachment';
import { auditFilterSchema } from '@/lib/domain/audit';
import { windowSchema } from '@/lib/domain/availability';
import { cardChangeSchema, cardTagsSchema, undoneReviewSchema } from '@/lib/domain/card';
import { deckChangeSchema, newDeckSchema } from '@/lib/domain/deck';
import {
  batchedSchema,
  batchSchema,
  documentChangeSchema,
  documentPageSchema,
  foundInDocumentSchema,
  ingestSchema,
  listSchema,
  newDocumentSchema,
  newLinkSchema,
} from '@/lib/domain/document';
import { ERASE_WORD, eraseRequestSchema, erasureReceiptSchema } from '@/lib/domain/erasure';
import {
  highlightChangeSchema,
  highlightSchema,
  highlightsSchema,
  newHighlightSchema,
} from '@/lib/domain/highlight';
import { madeSchema, makeRequestSchema, sectionSchema } from '@/lib/domain/make';
import { factChangeSchema, memoryFactSchema, memoryPauseSchema } from '@/lib/domain/memory';
import {
  noteSavedSchema,
  noteSaveSchema,
  noteSchema,
  noteVersionSchema,
  vaultReportSchema,
  vaultRequestSchema,
} from '@/lib/domain/note';
import { newNudgeSchema, nudgeSchema } from '@/lib/domain/nudge';
import { newPersonaSchema, personaChangeSchema, personaChoiceSchema } from '@/lib/domain/persona';
import { newTasksSchema, planEditSchema, planRequestSchema, taskEditSchema } from '@/lib/domain/plan';
import { ownPresenceSchema } from '@/lib/domain/presence';
import { ownProfileSchema } from '@/lib/domain/profile';
import { pushRequestSchema, pushStateSchema } from '@/lib/domain/push';
import { attemptSchema, givenAnswerSchema } from '@/lib/domain/quiz';
import type { Role } from '@/lib/domain/role';
import { raceStateSchema, roomMessageSchema, roomSchema } from '@/lib/domain/room';
import { slideDrawingSchema } from '@/lib/domain/slide';
import { costRequestSchema, costRowSchema } from '@/lib/domain/spending';
import { studyDaysSchema } from '@/lib/domain/study-days';
import {
  conversationListSchema,
  messageListSchema,
  threadChangeSchema,
  threadListSchema,
} from '@/lib/domain/thread';
import { shareRequestSchema } from '@/lib/domain/transcript';
import { listedModelSchema } from '@/lib/domain/turn';
import { passageChangeSchema, versionRequestSchema, versionsSchema } from '@/lib/domain/version';
import type { ErrorCode } from '@/lib/errors';
import type { Method } from '@/lib/http/methods';
import { insightSchema } from '@/lib/matching/insight';
import { handoffPayloadSchema, handoffRequestSchema } from '@/lib/operations/handoff';
import { shellSchema } from '@/lib/shell';
import { learningProfileSchema } from '@/lib/study/mastery/profile';
import { planOfferSchema } from '@/lib/study/plan/offer';
import { sessionNotesSchema } from '@/lib/tools/summarize-session';
import * as gives from './answers';

/** What is answered that is no JSON, by its type. */
export type Media = { type: string; says: string };

export type Operation = {
  does: string;
  /** Who may ask: everybody, a signed-in student, a role, or whoever holds the token of the status pages. */
  who?: 'anybody' | 'student' | 'status' | Role;
  body?: z.ZodType;
  /** A body that may be left out. */
  isBodyOptional?: boolean;
  query?: z.ZodObject;
  /** By status; 200 alone when it is no object of them. Several forms are the choice of whoever asks. */
  gives: Partial<Record<200 | 201 | 202 | 204 | 302 | 503, z.ZodType | Media | (z.ZodType | Media)[]>>;
  /** Beyond what every route of its kind may answer. */
  fails?: ErrorCode[];
  example?: unknown;
};

const file = (type: string, says: string): Media => ({ type, says });
const events = file('text/event-stream', 'The events of the AI SDK’s UI message stream.');
const csv = file('text/csv', 'The same as a table for a spreadsheet.');
const ok = <Shape extends z.core.$ZodShape>(shape: Shape) => ({ 200: z.object(shape) });
const nothing = { 204: gives.done };

const TURN: ErrorCode[] = [
  'turn_in_progress',
  'quota_exceeded',
  'thread_full',
  'overloaded',
  'chat_disabled',
  'message_declined',
  'model_unavailable',
  'model_rate_limited',
  'model_unusable',
  'timeout',
];
const READING: ErrorCode[] = ['queue_unavailable', 'too_many_files', 'limit_reached'];
const FILE: ErrorCode[] = [
  'file_unsupported',
  'file_too_large',
  'file_empty',
  'storage_unavailable',
  ...READING,
];
const turn = { gives: { 200: [events, gives.chatAnswer] }, fails: TURN };

/** `/api/…` as its folder says, with what each method takes and gives. */
export const OPERATIONS: Record<string, Partial<Record<Method, Operation>>> = {
  '/api/ai-agent/chat': {
    GET: {
      does: 'Says that the agent is here, and how many tools it has.',
      who: 'anybody',
      gives: ok({ status: z.literal('ok'), version: z.string(), toolsAvailable: z.int() }),
    },
    POST: {
      does: 'Asks a question, or answers what the last answer asked. Events, or JSON with `Accept: application/json`.',
      body: chat.turnRequestSchema,
      ...turn,
      example: { message: 'What is the difference between encoding and retrieval?' },
    },
  },
  '/api/ai-agent/chat/{threadId}': {
    GET: {
      does: 'The end of a conversation; with `before`, what was said before that message.',
      query: z.object({ before: z.uuid().optional() }),
      gives: { 200: [gives.conversation, gives.earlierMessages] },
    },
    PATCH: {
      does: 'Renames, pins, archives, and brings back what was just deleted.',
      body: threadChangeSchema,
      gives: { 200: gives.oneThread },
      example: { title: 'Cells', pinned: true },
    },
    DELETE: { does: 'Deletes a conversation; it can be brought back for 30 seconds.', gives: nothing },
  },
  '/api/ai-agent/chat/{threadId}/approvals': {
    PUT: {
      does: 'Keeps a yes or no while other questions of the same answer wait.',
      body: chat.approvalsRequestSchema,
      gives: nothing,
      example: { approvals: [{ approvalId: 'approval-1', approved: true }] },
    },
  },
  '/api/ai-agent/chat/{threadId}/calls/{toolCallId}/cancel': {
    POST: { does: 'Ends one call of a tool while the answer is written.', gives: { 200: gives.cancelled } },
  },
  '/api/ai-agent/chat/{threadId}/persona': {
    GET: {
      does: 'The style of the tutor in a conversation.',
      gives: ok({ persona: z.string().nullable() }),
    },
    PUT: {
      does: 'Chooses the style of the tutor, from the next question on.',
      body: personaChoiceSchema,
      gives: { 200: personaChoiceSchema },
      example: { persona: null },
    },
  },
  '/api/ai-agent/chat/{threadId}/regenerate': {
    POST: {
      does: 'Answers a question of a conversation again, beside the answers it has.',
      body: chat.regenerateRequestSchema,
      isBodyOptional: true,
      ...turn,
      example: { nudge: 'simpler' },
    },
  },
  '/api/ai-agent/chat/{threadId}/stop': {
    POST: { does: 'Stops the answer and keeps what there is of it.', gives: { 200: gives.stopped } },
  },
  '/api/ai-agent/chat/{threadId}/stream': {
    GET: {
      does: 'The running answer from its beginning; 204 when nothing runs.',
      gives: { 200: events, ...nothing },
    },
  },
  '/api/ai-agent/chat/{threadId}/version': {
    PUT: {
      does: 'Shows another answer to a question, or the question as it was asked before.',
      body: taken.versionChoiceSchema,
      gives: { 200: gives.conversation },
    },
  },
  '/api/chat': {
    POST: {
      does: 'One question of a program: the whole answer as JSON, or events with `stream`.',
      body: chat.chatRequestSchema,
      ...turn,
      example: { message: 'Summarise chapter 3.', threadId: 'biology', settings: { nudge: 'shorter' } },
    },
  },
  '/api/chat/stream': {
    POST: {
      does: 'The events of an answer in a conversation of the client’s own naming.',
      body: chat.chatStreamRequestSchema,
      gives: { 200: events },
      fails: TURN,
      example: {
        threadId: 'biology',
        messages: [{ id: 'm1', role: 'user', parts: [{ type: 'text', value: 'What is a cell?' }] }],
      },
    },
  },
  '/api/chat/abort': {
    POST: {
      does: 'Stops the answer that is being written in a conversation.',
      body: chat.abortRequestSchema,
      gives: { 200: gives.stopped },
      example: { threadId: 'biology' },
    },
  },
  '/api/chat/regenerate': {
    POST: {
      does: 'Another answer to a question of a conversation.',
      body: chat.chatRegenerateRequestSchema,
      ...turn,
      example: { threadId: 'biology', nudge: 'example' },
    },
  },
  '/api/chat/messages': {
    GET: {
      does: 'Messages of one conversation or of all, the latest first.',
      query: messageListSchema,
      gives: { 200: gives.messagePage },
    },
    POST: {
      does: 'One question, answered whole.',
      body: chat.messageRequestSchema,
      gives: { 200: gives.answeredMessage },
      fails: TURN,
      example: { message: 'What is working memory?' },
    },
  },
  '/api/chat/conversations': {
    GET: {
      does: 'Conversations as programs list them.',
      query: conversationListSchema,
      gives: { 200: gives.conversationPage },
    },
  },
  '/api/chat/attach/sign': {
    POST: {
      does: 'Makes room for a file that goes with a question; `PUT` it to `signedUrl`.',
      body: attachSignSchema,
      gives: { 201: gives.roomForAttachment },
      fails: FILE,
      example: { fileName: 'board.png', mimeType: 'image/png', sizeBytes: 182_000 },
    },
  },
  '/api/chat/attach/{attachmentId}': {
    GET: { does: 'How far a file is.', gives: { 200: gives.attachmentAnswer } },
    DELETE: { does: 'Removes a file with what was read of it.', gives: nothing },
  },
  '/api/chat/attach/{attachmentId}/ready': {
    POST: {
      does: 'Says that the file has arrived; its reading begins.',
      gives: { 202: gives.attachmentAnswer },
      fails: ['file_missing', ...FILE],
    },
  },
  '/api/chat/attach/{attachmentId}/keep': {
    POST: {
      does: 'Moves a file into the library.',
      gives: ok({ documentId: z.uuid() }),
      fails: ['conflict'],
    },
  },
  '/api/thread/save': {
    POST: {
      does: 'Creates a conversation or updates one: its name, and texts that a program brings of it. Takes what `…/export?format=json` gave as well.',
      body: chat.saveRequestSchema,
      gives: { 200: savedThreadSchema, 201: savedThreadSchema },
      fails: ['conflict', 'limit_reached'],
      example: { title: 'Cells', messages: [{ role: 'user', content: 'What is a cell?' }] },
    },
  },
  '/api/threads': {
    GET: {
      does: 'Conversations a page at a time, in both directions, and with `q` those that say it.',
      query: threadListSchema,
      gives: { 200: gives.threadPage },
    },
  },
  '/api/threads/{threadId}/continue': {
    POST: {
      does: 'Goes on in a new conversation that begins with what was said in this one.',
      gives: { 201: z.object({ threadId: z.uuid(), continuedFrom: z.uuid() }) },
    },
  },
  '/api/threads/{threadId}/export': {
    GET: {
      does: 'A conversation as a file, citations resolved.',
      query: taken.threadExportSchema,
      gives: { 200: [file('text/markdown', 'For people and paper.'), gives.threadExport] },
    },
  },
  '/api/threads/{threadId}/share': {
    POST: {
      does: 'Makes a link to a copy of the conversation as it is now. The link is told here and never again.',
      body: shareRequestSchema,
      gives: { 201: gives.newShare },
      fails: ['limit_reached'],
      example: { withSources: true, expires: '7d' },
    },
  },
  '/api/share-links': {
    GET: { does: 'Links that open something.', gives: ok({ links: z.array(gives.share) }) },
  },
  '/api/share-links/{linkId}': { DELETE: { does: 'Revokes a link.', gives: nothing } },
  '/api/models': {
    GET: { does: 'The models that may be chosen.', gives: ok({ models: z.array(listedModelSchema) }) },
  },
  '/api/personas': {
    GET: { does: 'The styles of the tutor, and the usual one.', gives: { 200: gives.personaList } },
    POST: {
      does: 'Adds a style of the student’s own.',
      body: newPersonaSchema,
      gives: { 201: gives.onePersona },
      fails: ['conflict', 'limit_reached'],
      example: { title: 'Patient', instructions: 'Explain in small steps.' },
    },
  },
  '/api/personas/{slug}': {
    PATCH: {
      does: 'Changes a style of the student’s own.',
      body: personaChangeSchema,
      gives: { 200: gives.onePersona },
      example: { title: 'Very patient' },
    },
    DELETE: { does: 'Removes a style of the student’s own.', gives: nothing },
  },
  '/api/memory': {
    GET: {
      does: 'What is remembered of the student.',
      gives: ok({ facts: z.array(memoryFactSchema), paused: z.boolean() }),
    },
    DELETE: { does: 'Forgets everything.', gives: ok({ deleted: z.int() }) },
  },
  '/api/memory/pause': {
    PUT: {
      does: 'Paused, nothing new is remembered, and no answer reads what is there.',
      body: memoryPauseSchema,
      gives: { 200: memoryPauseSchema },
      example: { paused: true },
    },
  },
  '/api/memory/{factId}': {
    PATCH: {
      does: 'Corrects a fact.',
      body: factChangeSchema,
      gives: ok({ fact: memoryFactSchema }),
      example: { value: 'Monday evenings' },
    },
    DELETE: { does: 'Forgets a fact.', gives: nothing },
  },
  '/api/documents': {
    GET: {
      does: 'The library, newest first, 500 at a time: `after` takes the `next` of an answer. `since` gives what changed.',
      query: listSchema,
      gives: ok({ documents: z.array(gives.documentAnswer), next: z.string().nullable() }),
    },
    POST: {
      does: 'Makes room for a file, which goes from the client straight to Storage.',
      body: newDocumentSchema,
      gives: { 200: gives.roomForFile, 201: gives.roomForFile },
      fails: FILE,
      example: {
        title: 'Psychology',
        fileName: 'psychology.pdf',
        mimeType: 'application/pdf',
        sizeBytes: 48_213,
      },
    },
  },
  '/api/documents/from-url': {
    POST: {
      does: 'Takes the address of a page, which is fetched and read by a job.',
      body: newLinkSchema,
      gives: { 202: z.object({ documentId: z.uuid(), status: z.string() }) },
      fails: ['url_refused', 'url_private', 'url_unavailable', ...READING],
      example: { url: 'https://example.org/cells', course: 'Biology' },
    },
  },
  '/api/documents/batch': {
    POST: {
      does: 'Moves, tags, renames, removes or reads anew up to 200 documents at once. `before` sent back with `restore` undoes a change.',
      body: batchSchema,
      gives: { 200: batchedSchema },
      fails: ['quota_exceeded', 'storage_unavailable'],
      example: {
        do: 'change',
        ids: ['7d444840-9dc0-4d3e-9d6f-2b1c5a4f0e11'],
        course: 'Biology',
        addTags: ['week 3'],
      },
    },
  },
  '/api/documents/vault': {
    POST: {
      does: 'Takes the notes of a zip, such as a vault of Obsidian, that was put where `/api/decks/import/upload` says.',
      body: vaultRequestSchema,
      gives: { 201: vaultReportSchema },
      fails: [
        'file_unsupported',
        'file_damaged',
        'file_password',
        'file_too_large',
        'file_missing',
        'limit_reached',
        'storage_unavailable',
      ],
      example: { upload: '7d444840-9dc0-4d3e-9d6f-2b1c5a4f0e11' },
    },
  },
  '/api/documents/{documentId}': {
    GET: { does: 'A document, and how far its reading is.', gives: { 200: gives.documentAnswer } },
    PATCH: {
      does: 'Renames a document or moves it to another course.',
      body: documentChangeSchema,
      gives: { 200: gives.documentAnswer },
      example: { title: 'Psychology, chapter 8' },
    },
    DELETE: { does: 'Removes a document with its passages and file.', gives: nothing },
  },
  '/api/documents/{documentId}/version': {
    GET: {
      does: 'The version of a document in force, and those it replaced.',
      gives: { 200: versionsSchema },
    },
    POST: {
      does: 'Puts a document in the place of an earlier one, keeps both, or brings a replaced one back.',
      body: versionRequestSchema,
      gives: { 200: gives.documentAnswer },
      fails: ['conflict'],
      example: { do: 'replace', earlierId: '7d444840-9dc0-4d3e-9d6f-2b1c5a4f0e11' },
    },
  },
  '/api/passage-changes': {
    GET: {
      does: 'Cards and questions whose passage reads otherwise in the version that replaced their document.',
      gives: ok({ changes: z.array(passageChangeSchema) }),
    },
  },
  '/api/passage-changes/{changeId}': {
    DELETE: { does: 'Says that a card or question is decided on, and stays as it is.', gives: nothing },
  },
  '/api/documents/{documentId}/ingest': {
    POST: {
      does: 'Starts the reading; `again=true` reads a ready document anew, and `encoding` a file of plain text as what it is, where that was guessed wrongly (`auto` guesses again).',
      query: ingestSchema,
      gives: { 202: z.object({ documentId: z.uuid(), status: z.string() }) },
      fails: ['file_missing', ...READING],
    },
  },
  '/api/documents/{documentId}/file': {
    GET: {
      does: 'Leads to the original file; a note is given itself.',
      gives: {
        200: file('text/markdown', 'The note.'),
        302: file('', 'The address is in `location`.'),
      },
    },
  },
  '/api/documents/{documentId}/note': {
    GET: {
      does: 'What a note says; `versions=true` adds what it said before.',
      query: z.object({ versions: z.enum(['true', 'false']).optional() }),
      gives: { 200: noteSchema.extend({ versions: z.array(noteVersionSchema).optional() }) },
    },
    PUT: {
      does: 'Begins a note under an id of the client’s own (`base` 0), or saves it. Where it was saved from elsewhere since `base`, nothing is saved and the answer holds that text.',
      body: noteSaveSchema,
      gives: { 200: noteSavedSchema },
      fails: ['limit_reached', 'quota_exceeded'],
      example: {
        content: '# Cells\n\nSee [[Mitosis]].',
        base: 0,
        requestId: '7d444840-9dc0-4d3e-9d6f-2b1c5a4f0e11',
      },
    },
  },
  '/api/documents/{documentId}/images': {
    POST: {
      does: 'Puts a PNG, JPEG or WebP picture, sent as the body, beside a note.',
      gives: { 201: z.object({ imageId: z.uuid() }) },
      fails: ['file_unsupported', 'file_too_large', 'file_empty', 'limit_reached', 'storage_unavailable'],
    },
  },
  '/api/documents/{documentId}/images/{imageId}': {
    GET: {
      does: 'Leads to a picture of a note.',
      gives: { 302: file('', 'The address is in `location`.') },
      fails: ['storage_unavailable'],
    },
  },
  '/api/documents/{documentId}/highlights': {
    GET: {
      does: 'What the student highlighted in a document, where it stands by now; `place` is null where the words are no longer in the text.',
      gives: { 200: highlightsSchema },
    },
    POST: {
      does: 'Highlights words of a document, with a note beside them or without; the same `id` is the same highlight.',
      body: newHighlightSchema,
      gives: { 201: highlightSchema },
      fails: ['conflict', 'limit_reached'],
      example: { quote: 'Short-term memory holds about seven items.', color: 'green', note: 'Exam!' },
    },
  },
  '/api/documents/{documentId}/highlights/{highlightId}': {
    PATCH: {
      does: 'Changes the colour of a highlight, or the note beside it.',
      body: highlightChangeSchema,
      gives: { 200: highlightSchema },
      example: { note: 'Asked last year.' },
    },
    DELETE: { does: 'Removes a highlight with its note.', gives: nothing },
  },
  '/api/documents/{documentId}/slides/{page}': {
    GET: {
      does: 'A slide of a presentation as it looks: its shapes, words and pictures with their places, in points.',
      gives: { 200: slideDrawingSchema },
      fails: ['file_missing', 'file_damaged', 'file_too_heavy', 'file_password'],
    },
  },
  '/api/documents/{documentId}/pages/{page}': {
    GET: { does: 'One page of a document as it was read.', gives: { 200: documentPageSchema } },
  },
  '/api/documents/{documentId}/sections': {
    GET: {
      does: 'The sections of a document, each with the range of its passages.',
      gives: ok({ sections: z.array(sectionSchema) }),
    },
  },
  '/api/documents/{documentId}/find': {
    GET: {
      does: 'Where words stand in a document, as ranges of its text.',
      query: taken.findSchema,
      gives: { 200: foundInDocumentSchema },
    },
  },
  '/api/make': {
    POST: {
      does: 'Makes a quiz, or cards to keep or drop, of chosen notes; as lines of JSON it tells how far it is.',
      body: makeRequestSchema,
      gives: {
        200: [madeSchema, file('application/x-ndjson', 'Lines: `progress`, then `made` or `problem`.')],
      },
      fails: ['no_material', ...TURN],
      example: { kind: 'cards', n: 5 },
    },
  },
  '/api/find': {
    GET: {
      does: 'Documents, decks, quizzes, plans and people by their names.',
      query: z.object({ q: z.string().optional() }),
      gives: ok({ found: z.array(foundSchema) }),
    },
  },
  '/api/badges': {
    GET: { does: 'Cards that are due, and people who are here.', gives: ok({ due: z.int(), here: z.int() }) },
  },
  '/api/flashcards': {
    GET: {
      does: '`ids=a,b` gives those cards; without it, a page of cards that hold the words of `q`.',
      query: taken.cardSearchSchema.extend({ ids: z.string().optional() }),
      gives: {
        200: z.object({
          total: z.int().optional(),
          tags: z.array(z.string()).optional(),
          cards: z.array(gives.flashcard),
        }),
      },
    },
    PATCH: {
      does: 'Gives many cards tags, and takes others away.',
      body: cardTagsSchema,
      gives: { 200: z.object({ changed: z.int() }) },
      example: { ids: ['11111111-1111-4111-8111-111111111111'], add: ['exam'] },
    },
    POST: {
      does: 'Adds the cards that the deck does not have yet, and names those it has.',
      body: newCards,
      gives: { 201: gives.addedCards },
      fails: ['limit_reached'],
      example: { cards: [{ front: 'What turns perception into memory?', back: 'Encoding', deck: 'Memory' }] },
    },
  },
  '/api/flashcards/{cardId}': {
    PATCH: {
      does: 'Changes a card.',
      body: cardChangeSchema,
      gives: { 200: gives.flashcard },
      example: { back: 'Encoding, which is deeper with meaning' },
    },
    DELETE: { does: 'Deletes a card.', gives: nothing },
  },
  '/api/flashcards/keep': {
    POST: {
      does: 'Keeps some of the proposed cards, changed or as they are, and drops others.',
      body: taken.keptCardsSchema,
      gives: { 200: gives.keptCards },
      example: { keep: [{ id: '018f8f2e-7c1c-7d3a-9a34-0242ac120002' }], drop: [] },
    },
  },
  '/api/flashcards/reviews': {
    POST: {
      does: 'Reviews in the order they were made, also those of a device that was offline.',
      body: taken.madeReviewsSchema,
      gives: { 200: gives.storedReviews },
    },
  },
  '/api/flashcards/reviews/undo': {
    POST: {
      does: 'Takes back a review, by its request or the latest of the last day.',
      body: taken.reviewUndoSchema,
      gives: { 200: undoneReviewSchema },
      example: {},
    },
  },
  '/api/decks': {
    GET: { does: 'Every deck with what is due in it.', gives: { 200: gives.deckList } },
    POST: {
      does: 'Makes a deck.',
      body: newDeckSchema,
      gives: { 201: gives.oneDeck },
      fails: ['conflict', 'limit_reached'],
      example: { name: 'Biology', examDate: '2027-02-01' },
    },
  },
  '/api/decks/{deckId}': {
    PATCH: {
      does: 'Renames a deck or sets its exam; `moved` says how many cards moved.',
      body: deckChangeSchema,
      gives: { 200: gives.movedCards },
      example: { examDate: '2027-02-01' },
    },
    DELETE: { does: 'Deletes a deck with its cards.', gives: nothing },
  },
  '/api/decks/export': {
    GET: {
      does: 'A deck, or every card, for another program.',
      query: taken.deckExportSchema,
      gives: {
        200: [
          file('application/octet-stream', 'An Anki package.'),
          csv,
          file('text/plain', 'Lines with tabs.'),
        ],
      },
    },
  },
  '/api/decks/import': {
    POST: {
      does: 'Takes the cards of an Anki package, a CSV file or pasted lines, sent as the body.',
      query: taken.deckImportSchema,
      gives: { 200: gives.importedCards },
      fails: ['file_empty', 'file_too_large', 'file_damaged', 'file_unsupported'],
    },
  },
  '/api/decks/import/upload': {
    POST: {
      does: 'Makes room for a collection that is too large for a request.',
      body: taken.importUploadSchema,
      gives: { 201: gives.roomForCards },
      fails: ['file_too_large', 'storage_unavailable'],
      example: { sizeBytes: 9_000_000 },
    },
  },
  '/api/quizzes': { GET: { does: 'Quizzes, unfinished ones first.', gives: { 200: gives.quizList } } },
  '/api/quizzes/{quizId}': {
    GET: { does: 'A quiz as far as it was answered.', gives: { 200: gives.quizAnswer } },
    DELETE: { does: 'Deletes a quiz.', gives: nothing },
  },
  '/api/quizzes/{quizId}/attempts': {
    POST: {
      does: 'Begins an attempt, or gives the open one.',
      body: taken.attemptRequestSchema,
      gives: ok({ attempt: attemptSchema }),
      example: {},
    },
  },
  '/api/quizzes/{quizId}/items/{itemId}/report': {
    POST: {
      does: 'Calls a question unsound; it is left out of everything later.',
      body: taken.itemReportSchema,
      gives: ok({ itemId: z.string(), reported: z.literal(true) }),
      example: { reason: 'Two answers are right.' },
    },
    DELETE: { does: 'Takes the report back.', gives: nothing },
  },
  '/api/quizzes/attempts/{attemptId}/answers': {
    POST: {
      does: 'Grades an answer by the id of its option; the first answer counts.',
      body: givenAnswerSchema,
      gives: { 200: gives.graded },
    },
  },
  '/api/quizzes/attempts/{attemptId}/finish': {
    POST: { does: 'Ends an attempt early.', gives: ok({ attempt: attemptSchema }) },
  },
  '/api/profile': {
    GET: { does: 'What the student’s answers say about them.', gives: { 200: learningProfileSchema } },
  },
  '/api/push': {
    GET: {
      does: 'What a browser asks with, and the devices that are told.',
      gives: { 200: pushStateSchema },
    },
    PUT: {
      does: 'Has this device told of due cards at an hour of the day, and of messages.',
      body: pushRequestSchema,
      gives: { 200: z.object({ id: z.uuid() }) },
      example: {
        subscription: {
          endpoint: 'https://push.example.com/send/abc',
          keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) },
        },
        device: 'Firefox on Linux',
        cardsHour: 18,
        nudges: true,
      },
      // Where no keys are set, nothing is sent from here.
      fails: ['not_found', 'url_refused'],
    },
  },
  '/api/push/{deviceId}': {
    DELETE: { does: 'A device is told no more.', gives: nothing },
  },
  '/api/profile/days': {
    GET: {
      does: 'What the student answered and reviewed on each day of the last year, and the minutes it took.',
      gives: { 200: studyDaysSchema },
    },
  },
  '/api/profile/topics/{topic}': {
    GET: { does: 'What is said about a topic rests on these answers.', gives: { 200: gives.topicEvidence } },
  },
  '/api/profile/contests': {
    POST: {
      does: 'What was answered on the topic until now no longer counts.',
      body: taken.contestedTopicSchema,
      gives: { 200: learningProfileSchema },
      example: { topic: 'Memory' },
    },
    DELETE: {
      does: 'It counts again.',
      body: taken.contestedTopicSchema,
      gives: { 200: learningProfileSchema },
      example: { topic: 'Memory' },
    },
  },
  '/api/plans': {
    GET: {
      does: 'The plan that is followed, and those that were put away.',
      gives: { 200: gives.planList },
    },
    POST: {
      does: 'Makes a plan.',
      body: planRequestSchema,
      gives: { 201: gives.planAnswer },
      example: { goals: ['Cell biology'], timePerDayMin: 45, daysPerWeek: 5, deadline: '2027-02-01' },
    },
  },
  '/api/plans/tasks': {
    POST: {
      does: 'Adds tasks to the plan that is followed, or to a new list.',
      body: newTasksSchema,
      gives: { 201: gives.addedTasks },
      example: { tasks: [{ title: 'Read chapter 3', etaMin: 30 }] },
    },
  },
  '/api/plans/{planId}': {
    GET: { does: 'A plan as it is today.', gives: { 200: gives.planAnswer } },
    PATCH: {
      does: 'Changes a plan; 204 when it was put away.',
      body: planEditSchema,
      gives: { 200: gives.planAnswer, ...nothing },
      example: { timePerDayMin: 60 },
    },
    DELETE: { does: 'Deletes a plan.', gives: nothing },
  },
  '/api/plans/{planId}/calendar.ics': {
    GET: { does: 'The plan for a calendar.', gives: { 200: file('text/calendar', 'An iCalendar file.') } },
  },
  '/api/plans/{planId}/offer': {
    GET: {
      does: 'What planning anew would change, where answers speak for it; null otherwise.',
      gives: { 200: z.object({ offer: planOfferSchema.nullable() }) },
    },
    POST: { does: 'Plans the days that are left anew.', gives: { 200: gives.planAnswer } },
    DELETE: { does: 'Leaves the plan as it is.', gives: nothing },
  },
  '/api/plans/{planId}/undo': {
    POST: { does: 'Takes back what was last moved or set aside.', gives: { 200: gives.planAnswer } },
  },
  '/api/plans/{planId}/tasks/{taskId}': {
    PATCH: {
      does: 'Ticks a task, puts it on another day, or words it anew.',
      body: taskEditSchema,
      gives: { 200: gives.editedPlan },
      example: { completed: true },
    },
    DELETE: {
      does: 'Sets a task aside; one that was set aside goes for good.',
      gives: { 200: gives.editedPlan },
    },
  },
  '/api/people': {
    GET: { does: 'Who fits, who is here, and what the student shows.', gives: { 200: gives.peopleAnswer } },
  },
  '/api/people/presence': {
    GET: {
      does: 'The channels in which these students show themselves now.',
      query: z.object({ ids: z.string().describe('Up to 100 ids with commas.') }),
      gives: ok({ channels: presenceChannelsSchema }),
    },
  },
  '/api/people/me': {
    GET: { does: 'The student’s own profile.', gives: ok({ profile: ownProfileSchema }) },
    PATCH: {
      does: 'Changes it.',
      body: taken.ownProfileChangeSchema,
      gives: ok({ profile: ownProfileSchema }),
      example: { subjects: ['Biology'], timezone: 'Europe/Lisbon' },
    },
  },
  '/api/people/me/presence': {
    GET: { does: 'What the student shows of being here.', gives: { 200: ownPresenceSchema } },
    PUT: {
      does: 'A sign of life, or that the student leaves.',
      body: taken.presenceSignSchema,
      gives: { 200: ownPresenceSchema },
      example: { activity: 'studying' },
    },
    PATCH: {
      does: 'What others may see: nothing, what the student does, or that they are free.',
      body: taken.presenceChoiceSchema,
      gives: { 200: ownPresenceSchema },
      example: { isHidden: false, freeMinutes: 20 },
    },
  },
  '/api/people/me/blocked': {
    GET: { does: 'Whom the student blocked.', gives: ok({ people: z.array(gives.blockedPerson) }) },
  },
  '/api/people/{personId}': {
    GET: { does: 'How well somebody fits, and when to meet.', gives: { 200: insightSchema } },
  },
  '/api/people/{personId}/block': {
    POST: { does: 'From now on neither sees the other.', gives: nothing },
    DELETE: { does: 'Takes the block back.', gives: nothing },
  },
  '/api/people/{personId}/report': {
    POST: {
      does: 'Reports somebody to those who run this server.',
      body: taken.personReportSchema,
      gives: nothing,
      example: { reason: 'spam' },
    },
  },
  '/api/people/{personId}/presence': {
    POST: { does: 'Says that somebody’s channel is empty; the server looks for itself.', gives: nothing },
  },
  '/api/nudges': {
    GET: {
      does: 'Messages to and from the student.',
      gives: { 200: nudgeInboxSchema },
    },
    POST: {
      does: 'Sends a message; a second press gives back the first.',
      body: newNudgeSchema,
      gives: { 200: sentNudgeSchema, 201: sentNudgeSchema },
      example: { toUserId: '018f8f2e-7c1c-7d3a-9a34-0242ac120002', message: 'Shall we study together?' },
    },
  },
  '/api/nudges/{nudgeId}': {
    PATCH: {
      does: 'What the receiver answers.',
      body: taken.nudgeAnswerSchema,
      gives: ok({ nudge: nudgeSchema }),
      fails: ['conflict'],
      example: { status: 'accepted' },
    },
  },
  '/api/availability': {
    GET: {
      does: 'When the student is free in a week.',
      gives: ok({ windows: z.array(windowSchema), timezone: z.string() }),
    },
    PUT: {
      does: 'Replaces the whole week.',
      body: taken.weekSchema,
      gives: ok({ windows: z.array(windowSchema) }),
      example: { windows: [{ dow: 1, startMin: 1_080, endMin: 1_200, timezone: 'Europe/Lisbon' }] },
    },
  },
  '/api/availability/import': {
    POST: {
      does: 'When the student is busy, from a calendar. Nothing is stored.',
      body: taken.calendarSourceSchema,
      gives: { 200: gives.weekOfCalendar },
      fails: ['url_refused', 'url_private', 'url_unavailable', 'file_damaged'],
      example: { url: 'https://calendar.example.org/maya.ics' },
    },
  },
  '/api/rooms': {
    POST: {
      does: 'Opens a room, or goes to the one of an invitation.',
      body: taken.newRoomSchema,
      gives: { 201: gives.openedRoom },
      example: { title: 'Biology', goal: 'Chapter 3' },
    },
  },
  '/api/rooms/join': {
    POST: {
      does: 'Takes a seat in the room of a code.',
      body: taken.roomEntrySchema,
      gives: { 200: gives.openedRoom },
      example: { code: 'K7P2-M4Q9' },
    },
  },
  '/api/rooms/{roomId}': {
    GET: {
      does: 'The room with the server’s time.',
      query: z.object({
        after: z
          .string()
          .regex(/^\d{1,9}$/)
          .optional(),
      }),
      gives: ok({ room: roomSchema }),
    },
    POST: {
      does: 'A sign of life, a goal, or leaving, closing, removing somebody.',
      body: taken.roomActSchema,
      gives: { 200: roomActedSchema },
      example: { action: 'seen' },
    },
  },
  '/api/rooms/{roomId}/messages': {
    POST: {
      does: 'Says something in the room.',
      body: taken.newRoomMessageSchema,
      gives: { 201: z.object({ message: roomMessageSchema }) },
      example: { clientId: '018f8f2e-7c1c-7d3a-9a34-0242ac120002', body: 'Ready?' },
    },
  },
  '/api/rooms/{roomId}/notes': {
    POST: {
      does: 'Sums up what was said in a room. Nothing is stored.',
      gives: ok({ summary: sessionNotesSchema }),
      fails: TURN,
    },
  },
  '/api/rooms/{roomId}/race': {
    GET: {
      does: 'The latest race of the room as it stands for the student.',
      gives: { 200: raceStateSchema },
    },
    POST: {
      does: 'Starts a race with questions from the student’s notes on what the room shares, or gives the one that runs.',
      gives: { 201: raceStateSchema },
      fails: [...TURN, 'no_material', 'nothing_shared', 'race_alone'],
    },
  },
  '/api/rooms/{roomId}/race/answers': {
    POST: {
      does: 'Answers a question of the race, once, and gives how it stands.',
      body: taken.raceAnswerSchema,
      gives: { 200: raceStateSchema },
      fails: ['not_racing', 'race_over'],
      example: { raceId: '018f8f2e-7c1c-7d3a-9a34-0242ac120002', itemId: 'q1', optionId: 'a' },
    },
  },
  '/api/rooms/{roomId}/timer': {
    POST: {
      does: 'Starts, pauses, resumes, skips or extends the clock, or sets another rhythm.',
      body: taken.timerChangeSchema,
      gives: { 200: roomClockSchema },
      example: { act: { action: 'start' }, revision: 0 },
    },
  },
  '/api/realtime/token': {
    GET: { does: 'What joins live channels.', gives: ok({ token: z.string(), expiresAt: z.string() }) },
  },
  '/api/shell': {
    GET: {
      does: 'What stands around every page: cards that are due, people who are here, messages, what others see, the latest conversations.',
      gives: { 200: shellSchema },
    },
  },
  '/api/usage': { GET: { does: 'What the student has used of their day.', gives: { 200: usageSchema } } },
  '/api/account': {
    DELETE: {
      does: 'Erases the account: signs it out everywhere at once and removes all of it in the background.',
      body: eraseRequestSchema,
      gives: { 202: z.object({ erasureId: z.uuid(), receipt: z.string(), page: z.string() }) },
      fails: ['sign_in_again'],
      example: { confirm: ERASE_WORD, password: 'your password' },
    },
  },
  '/api/account/erasures/{erasureId}': {
    GET: {
      does: 'The receipt of an erasure, for whoever holds its id; it names nobody.',
      who: 'anybody',
      gives: { 200: erasureReceiptSchema },
    },
  },
  '/api/account/export': {
    GET: {
      does: 'The latest file with all that is the student’s: how far it is, and for a day a link to it.',
      gives: { 200: accountExportSchema },
      fails: ['storage_unavailable'],
    },
    POST: {
      does: 'Has such a file made, unless one is being made; three a day.',
      gives: { 202: accountExportSchema },
      fails: ['quota_exceeded', 'queue_unavailable'],
    },
  },
  '/api/audit': {
    GET: { does: 'What the student did.', query: auditFilterSchema, gives: { 200: [gives.auditLines, csv] } },
  },
  '/api/handoff': {
    POST: {
      does: 'What another assistant would be given; nothing is sent.',
      who: 'internal',
      body: handoffRequestSchema,
      gives: ok({ sent: z.literal(false), payload: handoffPayloadSchema }),
      fails: ['conflict'],
      example: { threadId: '018f8f2e-7c1c-7d3a-9a34-0242ac120002' },
    },
  },
  '/api/admin/audit': {
    GET: {
      does: 'What everybody did.',
      who: 'admin',
      query: auditFilterSchema,
      gives: { 200: [gives.auditLines, csv] },
    },
  },
  '/api/admin/chat': {
    GET: { does: 'Whether questions are taken.', who: 'admin', gives: { 200: chatSwitchStateSchema } },
    PUT: {
      does: 'Turns questions off or on for everybody.',
      who: 'admin',
      body: taken.chatSwitchSchema,
      gives: { 200: chatSwitchStateSchema },
      example: { off: true, reason: 'Exams until noon.' },
    },
  },
  '/api/admin/cost': {
    GET: {
      does: 'What was spent, by day, model, student or tool.',
      who: 'admin',
      query: costRequestSchema,
      gives: {
        200: [
          z.object({ from: z.string(), to: z.string(), by: z.string(), rows: z.array(costRowSchema) }),
          csv,
        ],
      },
    },
  },
  '/api/health': { GET: { does: 'Alive.', who: 'anybody', gives: { 200: gives.alive } } },
  '/api/ready': {
    GET: {
      does: 'Whether every service a student needs answers.',
      who: 'anybody',
      gives: { 200: gives.readinessAnswer, 503: gives.readinessAnswer },
    },
  },
  '/api/status/health': {
    GET: { does: 'Alive, with its version.', who: 'anybody', gives: { 200: gives.alive } },
  },
  '/api/status/detailed': {
    GET: {
      does: 'How this process and its services are doing.',
      who: 'status',
      gives: { 200: gives.statusAnswer },
    },
  },
  '/api/status/metrics': {
    GET: {
      does: 'What this process has counted.',
      who: 'status',
      gives: { 200: file('text/plain', 'As Prometheus reads it.') },
    },
  },
  '/api/inngest': {
    GET: { does: 'Where the queue looks for jobs.', who: 'anybody', gives: { 200: gives.ofAnotherStandard } },
    POST: {
      does: 'Where the queue calls a job, signed.',
      who: 'anybody',
      gives: { 200: gives.ofAnotherStandard },
    },
    PUT: {
      does: 'Registers the jobs at the queue.',
      who: 'anybody',
      gives: { 200: gives.ofAnotherStandard },
    },
  },
  '/api/tools': {
    GET: {
      does: 'The tools, with what each takes, and whether it can be called here.',
      gives: { 200: gives.toolList },
    },
  },
  '/api/tools/{name}': {
    POST: {
      does: 'Calls a tool by its name. What reaches somebody else waits for `approved`.',
      body: taken.toolCallSchema,
      gives: { 200: gives.calledTool },
      fails: ['approval_needed', 'no_material', ...TURN],
      example: { input: { query: 'working memory' } },
    },
  },
  '/api/mcp': {
    POST: {
      does: 'The Model Context Protocol over HTTP, for a student’s own agent. By token alone.',
      body: z.looseObject({ jsonrpc: z.literal('2.0'), method: z.string().optional() }),
      gives: { 200: [file('text/event-stream', 'Messages of the protocol.')], 202: gives.done },
      example: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
    },
  },
  '/api/mcp/metadata': {
    GET: {
      does: 'Where a client of the protocol gets a token (RFC 9728).',
      who: 'anybody',
      gives: { 200: gives.whereTokensAre },
    },
  },
  '/api/openapi.json': {
    GET: { does: 'This document.', who: 'anybody', gives: { 200: gives.ofAnotherStandard } },
  },
  '/api/docs': {
    GET: { does: 'This document as a page.', who: 'anybody', gives: { 200: file('text/html', 'A page.') } },
  },
  '/api/pdf/{folder}/{asset}': {
    GET: {
      does: 'What the reader draws the pages of a PDF with: a worker, character maps and fonts.',
      who: 'anybody',
      gives: { 200: file('application/octet-stream', 'A file.') },
    },
  },
  '/api/docs/{asset}': {
    GET: { does: 'What that page loads.', who: 'anybody', gives: { 200: file('text/css', 'A file.') } },
  },
};
