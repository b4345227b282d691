import { isToolUIPart } from 'ai';
import { type ClervaMessage, type ClervaPart, messageText } from '@/lib/agent/messages';
import type { Citation, Unsupported } from '@/lib/domain/citation';
import type { Notice } from '@/lib/domain/message';

export type { Citation, ClervaMessage, Notice, Unsupported };
export { messageText };
export type ToolPart = Extract<ClervaPart, { toolCallId: string }>;

/** The three things a claim can be. */
export type ProofKind = 'verified' | 'paraphrase' | 'unsupported';

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

export function readMessage(message: ClervaMessage): MessageContent {
  const citations = new Map<number, Citation>();
  const unsupported: Unsupported[] = [];
  const notices: Notice[] = [];
  const tools: ToolPart[] = [];
  for (const part of message.parts) {
    if (part.type === 'data-citation') citations.set(part.data.n, part.data);
    else if (part.type === 'data-unsupported') unsupported.push(part.data);
    else if (part.type === 'data-notice') notices.push(part.data);
    else if (isToolUIPart(part)) tools.push(part);
  }
  return { text: messageText(message.parts), citations, unsupported, notices, tools };
}

export type ProofCounts = Record<ProofKind, number>;

export function countProof({
  citations,
  unsupported,
}: Pick<MessageContent, 'citations' | 'unsupported'>): ProofCounts {
  const counts: ProofCounts = { verified: 0, paraphrase: 0, unsupported: unsupported.length };
  for (const { verdict } of citations.values()) counts[verdict] += 1;
  return counts;
}

const PROOF_WORDS: Record<ProofKind, string> = {
  verified: 'verified',
  paraphrase: 'paraphrase',
  unsupported: 'not in your notes',
};

export const PROOF_KINDS = ['verified', 'paraphrase', 'unsupported'] as const satisfies readonly ProofKind[];

export function proofPhrase(kind: ProofKind, count: number): string {
  const plural = kind === 'paraphrase' && count !== 1 ? 's' : '';
  return `${count} ${PROOF_WORDS[kind]}${plural}`;
}

/** "5 verified, 1 paraphrase", or nothing where nothing was cited. */
export function describeProof(counts: ProofCounts): string {
  return PROOF_KINDS.filter((kind) => counts[kind] > 0)
    .map((kind) => proofPhrase(kind, counts[kind]))
    .join(', ');
}
