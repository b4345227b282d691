import type { Element, ElementContent, Root, Text } from 'hast';
import { hasClass, isElement } from './hast';

/** A claim that the notes do not hold, as offsets into the markdown that is being rendered. */
export type ClaimRange = { start: number; end: number };

const PUNCTUATION = /[!-/:-@[-`{-~]/;
const ENTITY = /&[#a-z0-9]{1,31};/iy;

/** For each character of a text node, where it stands in the markdown: escapes and entities make the two differ. */
function sourceOffsets(node: Text, markdown: string): number[] {
  let source = node.position?.start.offset ?? 0;
  return Array.from({ length: node.value.length }, (_, index) => {
    const character = node.value[index];
    if (markdown[source] === '\\' && PUNCTUATION.test(markdown[source + 1] ?? '')) source += 1;
    while (/\s/.test(markdown[source] ?? '') && !/\s/.test(character ?? '')) source += 1;
    const at = source;
    ENTITY.lastIndex = source;
    source += character !== '&' && markdown[source] === '&' ? (ENTITY.exec(markdown)?.[0].length ?? 1) : 1;
    return at;
  });
}

const underline = (value: string): Element => ({
  type: 'element',
  tagName: 'u',
  properties: {},
  children: [{ type: 'text', value }],
});

/** Underlines exactly the given claims. The last piece of each claim carries the mark for its tag. */
export function rehypeUnsupported({ claims, markdown }: { claims: readonly ClaimRange[]; markdown: string }) {
  const pieces: { element: Element; claim: ClaimRange }[] = [];

  const split = (node: Text): ElementContent[] => {
    const offsets = sourceOffsets(node, markdown);
    const claimAt = (index: number) => {
      const offset = offsets[index] ?? -1;
      return claims.find(({ start, end }) => start <= offset && offset < end);
    };
    const output: ElementContent[] = [];
    let from = 0;
    while (from < node.value.length) {
      const claim = claimAt(from);
      let to = from + 1;
      while (to < node.value.length && claimAt(to) === claim) to += 1;
      const value = node.value.slice(from, to);
      if (claim === undefined) output.push({ type: 'text', value });
      else {
        const element = underline(value);
        pieces.push({ element, claim });
        output.push(element);
      }
      from = to;
    }
    return output;
  };

  const rewrite = (parent: Root | Element): void => {
    parent.children = parent.children.flatMap((child): ElementContent[] => {
      if (child.type === 'text') return split(child);
      if (isElement(child) && !hasClass(child, 'language-math') && child.tagName !== 'pre') rewrite(child);
      return child.type === 'doctype' ? [] : [child];
    });
  };

  return (tree: Root) => {
    if (claims.length === 0) return;
    rewrite(tree);
    for (const claim of new Set(pieces.map((piece) => piece.claim))) {
      const last = pieces.findLast((piece) => piece.claim === claim);
      if (last) last.element.properties.dataLast = 'true';
    }
  };
}
