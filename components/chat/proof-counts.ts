import type { MessageContent } from '@/lib/agent/message-codec';
import { VERDICTS, type Verdict } from '@/lib/domain/citation';

export type ProofCounts = Record<Verdict, number>;

export function countProof({
  citations,
  unsupported,
}: Pick<MessageContent, 'citations' | 'unsupported'>): ProofCounts {
  const counts: ProofCounts = { verified: 0, paraphrase: 0, unsupported: unsupported.length };
  for (const { verdict } of citations.values()) counts[verdict] += 1;
  return counts;
}

const PROOF_WORDS: Record<Verdict, string> = {
  verified: 'verified',
  paraphrase: 'paraphrase',
  unsupported: 'not in your notes',
};

export function proofPhrase(kind: Verdict, count: number): string {
  const plural = kind === 'paraphrase' && count !== 1 ? 's' : '';
  return `${count} ${PROOF_WORDS[kind]}${plural}`;
}

/** "5 verified, 1 paraphrase", or nothing where nothing was cited. */
export function describeProof(counts: ProofCounts): string {
  return VERDICTS.filter((kind) => counts[kind] > 0)
    .map((kind) => proofPhrase(kind, counts[kind]))
    .join(', ');
}
