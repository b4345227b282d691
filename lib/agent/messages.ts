import type { InferUIMessageChunk, InferUITools, UIMessage } from 'ai';
import type { Citation, Unsupported } from '../domain/citation.ts';
import type { DataParts, MessageStatus, Notice } from '../domain/message.ts';
import type { Ladder, Reading, Retry } from '../domain/reading.ts';
import type { TurnSettings } from '../domain/turn.ts';
import type { ErrorCode } from '../errors.ts';
import type { ChatTools } from './chat-tools.ts';

/**
 * The shape of a message as it is streamed, stored and shown. Safe for the browser: nothing of the server but types is
 * imported here.
 */
export type Usage = { inputTokens: number; outputTokens: number; costUsd: number | null };

export type Metadata = {
  threadId: string;
  traceId: string;
  model: string;
  status: MessageStatus;
  createdAt: string;
  usage?: Usage;
  errorCode?: ErrorCode;
  /** Brought from elsewhere. */
  imported?: boolean;
  /** How this answer was to differ from the one before it. */
  nudge?: TurnSettings['nudge'];
  /** What the answer read, with its tokens. */
  read?: Reading;
  /** Which hint of a problem this is. */
  ladder?: Ladder;
  /** The card that a shown answer comes back as. */
  retry?: Retry;
} & Versions;

/** Where a message stands among others; told with it, never stored in it. */
export type Versions = {
  /** This message and those that stand in its place, oldest first. */
  versions?: string[];
  /** The question that an answer is to, and the ways it was asked: a page that asked it knows no id of it. */
  questionId?: string;
  questionVersions?: string[];
  /** What was said last before the question: by it a page knows whether it has all of what came before. */
  follows?: string;
};

export type ClervaMessage = UIMessage<Metadata, DataParts, InferUITools<ChatTools>>;
export type ClervaPart = ClervaMessage['parts'][number];
export type ToolPart = Extract<ClervaPart, { toolCallId: string }>;
export type ClervaChunk = InferUIMessageChunk<ClervaMessage>;

// Said here and not by the package, whose one file brings the whole of it to whoever asks for this.
export const isToolPart = (part: ClervaPart): part is ToolPart =>
  part.type.startsWith('tool-') || part.type === 'dynamic-tool';

export const toolNameOf = (part: ToolPart): string =>
  part.type === 'dynamic-tool' ? part.toolName : part.type.slice('tool-'.length);

/** Between two text parts of a message, in its whole text. */
export const TEXT_PART_SEPARATOR = '\n\n';

/** The message's whole text: what offsets of a message count in. */
export function messageText(parts: readonly ClervaPart[]): string {
  return parts
    .filter((part) => part.type === 'text')
    .map((part) => part.text)
    .join(TEXT_PART_SEPARATOR);
}

/** What a message says and what stands behind it, read once from its parts. */
export type MessageContent = {
  /** The offsets of `unsupported` point into it. */
  text: string;
  /** By display number, in order of appearance. */
  citations: ReadonlyMap<number, Citation>;
  unsupported: readonly Unsupported[];
  notices: readonly Notice[];
  tools: readonly ToolPart[];
};

export function contentOf(parts: readonly ClervaPart[]): MessageContent {
  const citations = new Map<number, Citation>();
  const unsupported: Unsupported[] = [];
  const notices: Notice[] = [];
  const tools: ToolPart[] = [];
  for (const part of parts) {
    if (part.type === 'data-citation') citations.set(part.data.n, part.data);
    else if (part.type === 'data-unsupported') unsupported.push(part.data);
    else if (part.type === 'data-notice') notices.push(part.data);
    else if (isToolPart(part)) tools.push(part);
  }
  return { text: messageText(parts), citations, unsupported, notices, tools };
}
