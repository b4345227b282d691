import type { Element, ElementContent, Root, Text } from 'hast';
import { joinsMarkers, markerPlace } from '@/lib/agent/marker-place';
import { isElement, textOf } from './hast';

const MARKER = /(\s*)\[(\d{1,3})\]/g;
const MARKERS_AT_END = /(?:\s*\[\d{1,3}\])+\s*$/;
const CLOSING = /^[.,;:!?…)\]}"'”’»]+/;
const LAST_WORD = /\S+\s*$/;

/** Their words stay as they are: nothing in code, formulas or links is a citation. */
const UNTOUCHED = new Set(['a', 'code', 'pre']);
/** A cell may hold the source of the one before it. */
const CELLS = new Set(['td', 'th']);
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

/** Whether a bracket stands where a source can: the server wrote every marker so, and left other brackets as they are. */
function isMarker(match: RegExpExecArray, value: string, position: number, said: string): boolean {
  const isJoined = position > 0 && joinsMarkers(value.slice(position, match.index));
  const [bracket, lead = ''] = match;
  const before = `${said}${value.slice(0, match.index)}`.split('\n').at(-1) ?? '';
  const after = value.slice(match.index + bracket.length);
  return isJoined || markerPlace({ before: before.trimEnd(), lead, after, count: 1 }) === 'statement';
}

/** Writes one text node's words and chips to the end of `output`. `said`: what stands before it. */
function writeText(value: string, said: string, known: ReadonlySet<number>, output: ElementContent[]): void {
  let position = 0;
  let group: Element | undefined;
  let groupEnd = -1;
  for (const match of value.matchAll(MARKER)) {
    const n = Number(match[2]);
    if (!known.has(n) || !isMarker(match, value, position, said)) continue;
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
  const rewrite = (parent: Root | Element, outside: string): void => {
    const output: ElementContent[] = [];
    let said = outside;
    for (const child of parent.children) {
      if (child.type === 'text') writeText(child.value, said.replace(MARKERS_AT_END, ''), known, output);
      else if (child.type !== 'doctype') {
        if (isElement(child) && !UNTOUCHED.has(child.tagName))
          rewrite(child, PHRASING.has(child.tagName) ? said : CELLS.has(child.tagName) ? '|' : '');
        output.push(child);
      }
      if (child.type === 'text') said += child.value;
      else if (isElement(child)) said += textOf(child);
    }
    parent.children = output;
  };
  return (tree: Root) => {
    if (known.size > 0) rewrite(tree, '');
  };
}
