import type { InferUIMessageChunk } from 'ai';
import type { CitationRewriter, CitedPiece } from './citations.ts';
import type { ClervaMessage } from './messages.ts';

export type ClervaChunk = InferUIMessageChunk<ClervaMessage>;

function chunkOf(id: string, piece: CitedPiece): ClervaChunk {
  if (piece.kind === 'text') return { type: 'text-delta', id, delta: piece.text };
  if (piece.kind === 'citation') {
    return { type: 'data-citation', id: `citation-${piece.citation.n}`, data: piece.citation };
  }
  const { start, end } = piece.unsupported;
  return { type: 'data-unsupported', id: `unsupported-${start}-${end}`, data: piece.unsupported };
}

/** Passes a message's chunks on with its citations rewritten, and drops what the page does not need. */
export async function* citeStream(
  chunks: AsyncIterable<ClervaChunk>,
  rewriter: CitationRewriter,
): AsyncGenerator<ClervaChunk> {
  for await (const chunk of chunks) {
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
      case 'tool-input-available':
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
}
