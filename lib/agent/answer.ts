import { toUIMessageStream } from 'ai';
import type { Telemetry } from '../observability/telemetry.ts';
import { verifyClaim } from '../retrieval/quotes.ts';
import { tools } from '../tools/index.ts';
import { CitationRewriter } from './citations.ts';
import { type ClervaChunk, citeStream } from './cite-stream.ts';
import { buildHistory, continuedMessages } from './context.ts';
import { createGenerate } from './generate.ts';
import { instructionsFor } from './instructions.ts';
import { runLoop } from './loop.ts';
import { type ClervaMessage, messageText } from './messages.ts';
import { modelError } from './model-error.ts';
import type { TurnDependencies, TurnParams } from './turn.ts';

const DEFAULT_TIMEZONE = 'UTC';

/** The chunks of one answer: history in, the loop, citations rewritten on the way out. */
export async function* answerChunks(
  dependencies: TurnDependencies,
  { opened, question, continued = [], userId, traceId, db, now, deadlineMs }: TurnParams,
  telemetry: Telemetry,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): AsyncGenerator<ClervaChunk> {
  const { profile, documents, memory } = opened;
  const timezone = profile.timezone ?? DEFAULT_TIMEZONE;
  const { messages, passages } = await buildHistory(opened.history);
  const begun = continued.length > 0 ? await continuedMessages(continued, passages) : [];
  const parts = runLoop({
    model: dependencies.model,
    modelId: dependencies.modelId,
    tools,
    instructions: instructionsFor({
      now,
      student: { ...profile, subjects: profile.subjects ?? [], timezone },
      documents,
      partners: opened.partners,
      memory,
    }),
    messages: [...messages, { role: 'user', content: question }, ...begun],
    context: {
      userId,
      db,
      traceId,
      now,
      timezone,
      retrieval: dependencies.retrieval,
      passages,
      telemetry,
      threadId: opened.threadId,
      generate: createGenerate({ ...dependencies, telemetry }),
      random: Math.random,
    },
    telemetry,
    approvalSecret: dependencies.approvalSecret,
    deadlineMs,
    signal,
    onError,
  });
  const chunks = toUIMessageStream<typeof tools, ClervaMessage>({
    stream: parts,
    tools,
    sendStart: false,
    sendFinish: false,
    sendReasoning: false,
    // Also called for arguments of a tool that do not hold; the model sees why and mends them.
    onError: (error) => modelError(error).message,
  });
  const rewriter = new CitationRewriter(
    { passage: (n) => passages.get(n), verify: verifyClaim },
    {
      text: messageText(continued),
      citations: continued.flatMap((part) => (part.type === 'data-citation' ? [part.data] : [])),
    },
  );
  for await (const chunk of citeStream(chunks, rewriter)) {
    // How a turn ends is for the turn to say.
    if (chunk.type !== 'abort' && chunk.type !== 'error') yield chunk;
  }
}
