import type { Element, ElementContent, Root } from 'hast';
import { SIGNS } from './cloze-source';

const SIGN = /([\uE000-\uE003])/;

/**
 * Turns the signs of a cloze into elements: `mark` around an answer, `ins` for a blank with its hint inside. What is
 * opened and not closed in the same parent ends with it.
 */
export function rehypeCloze() {
  return (tree: Root) => mend(tree);
}

function mend(parent: Root | Element): void {
  const out: ElementContent[] = [];
  let open: Element | undefined;
  const add = (node: ElementContent) => {
    if (open) open.children.push(node);
    else out.push(node);
  };
  const begin = (tagName: string) => {
    open = { type: 'element', tagName, properties: {}, children: [] };
    out.push(open);
  };
  for (const child of parent.children) {
    if (child.type === 'doctype') continue;
    if (child.type === 'element') mend(child);
    if (child.type !== 'text' || !SIGN.test(child.value)) {
      add(child);
      continue;
    }
    for (const part of child.value.split(SIGN)) {
      if (part === SIGNS.answer) begin('mark');
      else if (part === SIGNS.blank) begin('ins');
      else if (part === SIGNS.answerEnd || part === SIGNS.blankEnd) open = undefined;
      else if (part !== '') add({ type: 'text', value: part });
    }
  }
  parent.children = out;
}
