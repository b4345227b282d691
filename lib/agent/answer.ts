import { type TextStreamPart, toUIMessageChunk } from 'ai';
import type { DatabaseClient } from '../db/clients.ts';
import type { OpenedTurn } from '../db/queries/message.ts';
import type { Persona } from '../domain/persona.ts';
import type { Ladder, ReadPart } from '../domain/reading.ts';
import type { TurnSettings } from '../domain/turn.ts';
import { modelFault } from '../model-faults.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import type { Mask } from '../privacy/mask.ts';
import { verifyClaim } from '../retrieval/quotes.ts';
import type { EarlierCall, ToolCalls } from '../tools/tool-calls.ts';
import type { ToolContext } from '../tools/tool-context.ts';
import { isToolFailure } from '../tools/tool-failure.ts';
import { buildContext, DEFAULT_TOKEN_BUDGET, toolsWithin } from './assemble.ts';
import { documentOf, withAttachments } from './attachments.ts';
import { type ChatToolName, type ChatTools, chatToolNames, chatTools } from './chat-tools.ts';
import { CitationRewriter, type CitedPiece } from './citations.ts';
import { refutedClaims } from './claim-review.ts';
import { continuedMessages } from './context.ts';
import { contextOfTools, type Vision } from './generate.ts';
import { BRAND_ORDERS, withoutDeclined } from './guard/guard.ts';
import { ladderOf } from './ladder.ts';
import { runLoop } from './loop.ts';
import { toParts } from './message-codec.ts';
import { type ClervaChunk, type ClervaMessage, type ClervaPart, contentOf } from './messages.ts';
import type { ChatModel } from './model.ts';
import { personaOf } from './personas.ts';
import { tokenCounter } from './tokens.ts';

const KEYLESS = chatToolNames.filter((name) => name !== 'webSearch');
const DEFAULT_TIMEZONE = 'UTC';
const DEFAULT_PERSONA = 'mentor';

export type AnswerDependencies = {
  model: ChatModel;
  modelId: string;
  retrieval: ToolContext['retrieval'];
  vision?: Vision | null;
  /** The tools that this server is set up for; without it those that need no key. */
  offered?: readonly ChatToolName[];
  approvalSecret: string;
  /** Whether the model is shown pictures. */
  sees?: boolean;
  /** Whether the model looks again at the claims that words alone leave to be compared. */
  reviewsClaims?: boolean;
  /** What one turn may read, in tokens. */
  tokenBudget?: number;
  /** The short name of the persona that conversations begin with. */
  defaultPersona?: string;
};

export type AnswerParams = {
  opened: OpenedTurn;
  /** What the answer already holds, when it goes on after the student's yes or no. */
  continued?: readonly ClervaPart[];
  settings?: TurnSettings | undefined;
  /** The persona that was chosen for this turn alone. */
  persona?: Persona | undefined;
  userId: string;
  traceId: string;
  db: DatabaseClient;
  now: Date;
  deadlineMs: number;
};

/** What a turn watches its answer with. */
export type AnswerWatch = {
  telemetry: Telemetry;
  mask: Mask;
  signal: AbortSignal;
  /** The calls of tools, for whoever cancels one. */
  calls?: ToolCalls;
  onError(error: unknown): void;
  /** Hears what the answer reads: before the model is called, and once more when all is said. */
  onRead(read: WhatWasRead): void;
};

export type WhatWasRead = {
  budget: number;
  parts: ReadPart[];
  ladder: Ladder | null;
};

/** What other answers made or sent: it has happened, and is not done once more. */
export const actsOf = ({ before = [], beside = [] }: OpenedTurn): EarlierCall[] => [
  ...actsIn(before),
  ...actsIn(beside).map((call) => ({ ...call, isBeside: true })),
];

const actsIn = (parts: readonly unknown[]): EarlierCall[] =>
  contentOf(toParts(parts)).tools.flatMap((part) => {
    const toolName = part.type.slice('tool-'.length) as ChatToolName;
    const isAct = Object.hasOwn(chatTools, toolName) && chatTools[toolName].isAct;
    return isAct && part.state === 'output-available' && !isToolFailure(part.output)
      ? [{ toolName, input: part.input, output: part.output }]
      : [];
  });

/** From the model to the page: history in, the loop, and its chunks with citations rewritten on the way out. */
export async function* citedChunks(
  dependencies: AnswerDependencies,
  params: AnswerParams,
  watch: AnswerWatch,
): AsyncGenerator<ClervaChunk> {
  const { sees = false } = dependencies;
  const files = params.opened.attachments ?? [];
  const { opened, continued = [], settings = {}, deadlineMs } = params;
  const { model, modelId, approvalSecret } = dependencies;
  const timezone = opened.profile.timezone ?? DEFAULT_TIMEZONE;
  const { built, tellRead } = await readFor(dependencies, params, watch);
  const { passages } = built;
  const begun = continued.length > 0 ? await continuedMessages(continued, passages) : [];
  const context = contextOfTools(dependencies, {
    userId: params.userId,
    db: params.db,
    traceId: params.traceId,
    now: params.now,
    timezone,
    passages,
    telemetry: watch.telemetry,
    mask: watch.mask,
    threadId: opened.threadId,
    documentId: opened.docId ?? documentOf(files),
    within: opened.within ?? null,
    calls: watch.calls,
  });
  const parts = runLoop({
    ...watch,
    model,
    modelId,
    tools: toolsWithin(built.notes),
    offered: dependencies.offered ?? KEYLESS,
    settings,
    asked: opened.text,
    question: built.question,
    instructions: `${built.instructions}${settings.brandGuard ? BRAND_ORDERS : ''}`,
    messages: [
      ...built.messages.slice(0, -1),
      { role: 'user', content: await withAttachments(built.question, files, { db: params.db, sees }) },
      ...begun,
    ],
    context,
    approvalSecret,
    deadlineMs,
  });
  const { text, citations } = contentOf(continued);
  const rewriter = new CitationRewriter(
    { passage: (n) => passages.get(n), verify: verifyClaim },
    { text, citations: [...citations.values()] },
  );
  const countCards = cardCounter();
  for await (const chunk of pageChunks(parts)) {
    yield* countCards(chunk);
    yield* withCitations(chunk, rewriter);
  }
  tellRead();
  if (!dependencies.reviewsClaims) return;
  for (const unsupported of await refutedClaims(rewriter.compared, context.generate, watch.signal)) {
    yield chunkOf('', { kind: 'unsupported', unsupported });
  }
}

/** What a page is told of the loop's parts. That a call does not hold is told once, where it was made. */
async function* pageChunks(parts: AsyncIterable<TextStreamPart<ChatTools>>): AsyncGenerator<ClervaChunk> {
  const invalid = new Set<string>();
  for await (const part of parts) {
    if (part.type === 'tool-call' && part.invalid) invalid.add(part.toolCallId);
    if (part.type === 'tool-error' && invalid.delete(part.toolCallId)) continue;
    const chunk = toUIMessageChunk<ChatTools, ClervaMessage>(part, {
      tools: chatTools,
      sendStart: false,
      sendFinish: false,
      sendReasoning: false,
      // Also called for calls of tools that do not hold; the model sees why and mends them.
      onError: (error) => modelFault(error).message,
    });
    if (chunk) yield chunk;
  }
}

/** Cards are written by the model itself, in what it calls their tool with: says how many there are so far. */
function cardCounter(): (chunk: ClervaChunk) => ClervaChunk[] {
  const counts = new Map<string, { done: number; tail: string }>();
  return (chunk) => {
    if (chunk.type === 'tool-input-start' && chunk.toolName === 'addFlashcards')
      counts.set(chunk.toolCallId, { done: 0, tail: '' });
    const known = chunk.type === 'tool-input-delta' && counts.get(chunk.toolCallId);
    if (!known) return [];
    const pieces = (known.tail + chunk.inputTextDelta).split('"front"');
    known.tail = pieces.at(-1)?.slice(-'"front'.length) ?? '';
    if (pieces.length === 1) return [];
    known.done += pieces.length - 1;
    const { toolCallId } = chunk;
    const data = { toolCallId, stage: 'writing' as const, done: known.done };
    return [{ type: 'data-progress', id: toolCallId, data, transient: true }];
  };
}

/** What the model reads of a turn, and the way to say what that was. */
async function readFor(
  { tokenBudget: budget = DEFAULT_TOKEN_BUDGET, defaultPersona = DEFAULT_PERSONA }: AnswerDependencies,
  { opened, settings = {}, now, ...params }: AnswerParams,
  watch: AnswerWatch,
) {
  const persona = params.persona ?? personaOf(opened, defaultPersona);
  const asked = { id: opened.userMessageId, text: opened.text };
  const ladder = persona?.hints ? ladderOf(opened.history, asked) : null;
  const built = await buildContext({
    opened: { ...opened, history: withoutDeclined(opened.history) },
    now,
    student: {
      ...opened.profile,
      subjects: opened.profile.subjects ?? [],
      timezone: opened.profile.timezone ?? DEFAULT_TIMEZONE,
    },
    documents: opened.documents,
    partners: opened.partners,
    persona,
    wish: settings.system,
    nudge: settings.nudge,
    replaced: opened.replaced,
    done: actsOf(opened),
    ladder,
    budget,
    count: await tokenCounter(),
  });
  const { read, notes } = built;
  const tellRead = () => watch.onRead({ budget, parts: [...read, ...notes.read], ladder });
  tellRead();
  return { built, tellRead };
}

/** A chunk of the model's as the page gets it: its citations rewritten, and without what the page does not need. */
function* withCitations(chunk: ClervaChunk, rewriter: CitationRewriter): Generator<ClervaChunk> {
  switch (chunk.type) {
    case 'text-start':
      yield { type: 'text-start', id: chunk.id };
      break;
    case 'text-delta':
      for (const piece of rewriter.push(chunk.delta)) yield chunkOf(chunk.id, piece);
      break;
    case 'text-end':
      for (const piece of rewriter.endPart()) yield chunkOf(chunk.id, piece);
      yield { type: 'text-end', id: chunk.id };
      break;
    case 'tool-input-delta':
      // The whole input follows at once; its pieces would only be parsed again and again.
      break;
    case 'abort':
    case 'error':
      // How a turn ends is for the turn to say.
      break;
    case 'tool-input-available':
    case 'tool-input-error':
    case 'tool-input-start':
    case 'tool-output-available': {
      // Ids of items the provider holds are of no use to the page, and nothing is stored there.
      const { providerMetadata: _, ...rest } = chunk;
      yield rest;
      break;
    }
    default:
      yield chunk;
  }
}

function chunkOf(id: string, piece: CitedPiece): ClervaChunk {
  if (piece.kind === 'text') return { type: 'text-delta', id, delta: piece.text };
  if (piece.kind === 'citation') {
    return { type: 'data-citation', id: `citation-${piece.citation.n}`, data: piece.citation };
  }
  const { start, end } = piece.unsupported;
  return { type: 'data-unsupported', id: `unsupported-${start}-${end}`, data: piece.unsupported };
}
