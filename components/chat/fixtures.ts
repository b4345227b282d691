import type { ClervaMessage, ClervaPart } from '@/lib/agent/messages';
import type { Citation } from '@/lib/domain/citation';

/** Messages for tests. */
export function citation(n: number, over: Partial<Citation> = {}): Citation {
  return {
    n,
    docId: '11111111-1111-4111-8111-111111111111',
    chunkOrd: n,
    title: 'Psychology, ch. 8: Memory',
    page: 244,
    locator: { kind: 'page', index: 244, total: 334, label: null },
    headingPath: ['How Memory Functions', 'Storage', 'Short-Term Memory'],
    quote: 'most people can retain about 7 items in STM.',
    quoteStart: 1_115,
    quoteEnd: 1_159,
    verdict: 'verified',
    ...over,
  };
}

export function answer(
  parts: ClervaPart[],
  over: Partial<NonNullable<ClervaMessage['metadata']>> = {},
): ClervaMessage {
  return {
    id: 'answer-1',
    role: 'assistant',
    parts,
    metadata: {
      threadId: '22222222-2222-4222-8222-222222222222',
      traceId: 'trace',
      model: 'test-model',
      status: 'done',
      createdAt: '2026-11-20T14:05:00.000Z',
      ...over,
    },
  };
}

export const textPart = (text: string): ClervaPart => ({ type: 'text', text });

export const citationPart = (data: Citation): ClervaPart => ({ type: 'data-citation', data });

export function question(text: string): ClervaMessage {
  return { id: 'question-1', role: 'user', parts: [textPart(text)] };
}
