import type { Element, Root } from 'hast';
import { type ClervaMessage, contentOf } from '@/lib/agent/messages';
import { answerBlocks, keyOf } from './answer-blocks';
import { answerTree } from './answer-tree';
import type { ReadBlocks } from './markdown';
import { isPlain } from './plain';

/** A page needs none of the places in the text. */
export function withoutPlaces<Node extends Root | Element>(node: Node): Node {
  const { position, ...rest } = node;
  const children = node.children.map((child) => {
    if (child.type === 'element') return withoutPlaces(child);
    const { position: _, ...bare } = child;
    return bare;
  });
  return { ...rest, children } as Node;
}

/** The answers of a page as trees, so that it is shown without what reads Markdown. For the server. */
export function readBlocks(messages: readonly ClervaMessage[]): ReadBlocks {
  const read: Record<string, Root> = {};
  for (const { role, parts } of messages) {
    if (role !== 'assistant') continue;
    const { text, citations, unsupported } = contentOf(parts);
    for (const block of answerBlocks({ text, known: citations, unsupported }))
      if (block.claims !== '' || !isPlain(block.source))
        read[keyOf(block)] ??= withoutPlaces(answerTree(block));
  }
  return read;
}
