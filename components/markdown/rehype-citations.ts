import type { Element, ElementContent, Root, Text } from 'hast';
import { isElement, textOf } from './hast';

const MARKER = /(\s*)\[(\d{1,3})\]/g;
const CLOSING = /^[.,;:!?…)\]}"'”’»]+/;
const LAST_WORD = /\S+\s*$/;

/** Their words stay as they are: nothing in code, formulas or links is a citation. */
const UNTOUCHED = new Set(['a', 'code', 'pre']);
const PHRASING = new Set(['strong', 'em', 'del', 'u']);

/** Longer words and formulas must stay free to break, or a narrow page would scroll sideways. */
const LONGEST_HELD = 24;
const CHIPS_HELD = 3;

const text = (value: string): Text => ({ type: 'text', value });
const chip = (n: number): Element => ({
  type: 'element',
  tagName: 'cite',
  properties: { dataN: String(n) },
  children: [],
});
const held = (children: ElementContent[]): Element => ({
  type: 'element',
  tagName: 'span',
  properties: { className: ['whitespace-nowrap'] },
  children,
});

/** Takes the last word off the end of `nodes`, out of bold and emphasis if it stands there. */
function takeLastWord(nodes: ElementContent[]): ElementContent[] {
  const last = nodes.at(-1);
  if (last?.type === 'text') {
    const word = LAST_WORD.exec(last.value)?.[0] ?? '';
    if (word === '' || word.length > LONGEST_HELD) return [];
    nodes.pop();
    if (word.length < last.value.length) nodes.push(text(last.value.slice(0, -word.length)));
    return [text(word)];
  }
  if (!isElement(last)) return [];
  if (last.tagName === 'code' && textOf(last).length <= LONGEST_HELD) {
    nodes.pop();
    return [last];
  }
  if (!PHRASING.has(last.tagName)) return [];
  const children = [...last.children];
  const word = takeLastWord(children);
  if (word.length === 0) return [];
  nodes.pop();
  if (children.length > 0) nodes.push({ ...last, children });
  return [{ ...last, children: word }];
}

/** Writes one text node's words and chips to the end of `output`. */
function writeText(value: string, known: ReadonlySet<number>, output: ElementContent[]): void {
  let position = 0;
  let group: Element | undefined;
  let groupEnd = -1;
  for (const match of value.matchAll(MARKER)) {
    const n = Number(match[2]);
    if (!known.has(n)) continue;
    const space = match[1] ? ' ' : '';
    if (match.index > position) output.push(text(value.slice(position, match.index)));
    const chips = group?.children.filter((child) => isElement(child) && child.tagName === 'cite').length ?? 0;
    if (group && groupEnd === match.index && chips < CHIPS_HELD) {
      group.children.push(text(space), chip(n));
    } else {
      group = held([...takeLastWord(output), text(space), chip(n)]);
      output.push(group);
    }
    position = match.index + match[0].length;
    groupEnd = position;
    const closing = CLOSING.exec(value.slice(position))?.[0];
    if (closing) {
      group.children.push(text(closing));
      position += closing.length;
    }
  }
  if (position < value.length) output.push(text(value.slice(position)));
}

/**
 * Turns `[n]` into a chip where the message knows source n, and keeps it on one line with the word before it and the
 * full stop after it. Any other number in brackets stays text.
 */
export function rehypeCitations({ known }: { known: ReadonlySet<number> }) {
  const rewrite = (parent: Root | Element): void => {
    const output: ElementContent[] = [];
    for (const child of parent.children) {
      if (child.type === 'text') writeText(child.value, known, output);
      else if (child.type !== 'doctype') {
        if (isElement(child) && !UNTOUCHED.has(child.tagName)) rewrite(child);
        output.push(child);
      }
    }
    parent.children = output;
  };
  return (tree: Root) => {
    if (known.size > 0) rewrite(tree);
  };
}
