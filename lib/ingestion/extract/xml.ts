import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { AppError } from '../../errors.ts';

/** XML of a stranger as small trees. Names are without their prefix; no entity but XML's own five is known, so none can grow. */
export type XmlElement = { name: string; attributes: Record<string, string>; children: XmlNode[] };
export type XmlNode = XmlElement | string;

/** Deeper than any program nests, and shallow enough to walk by calls within calls. */
const DEEPEST = 300;
/** What is held as one tree: some hundred pages within one table. Each of them stays until all of them are read. */
const MOST_HELD = 300_000;
/** Shared by the many that have none. */
const NO_ATTRIBUTES: Record<string, string> = Object.freeze(Object.create(null));

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** An attribute is found by its full name, and by its local one where no bare attribute has it. */
function elementOf({ name, attributes }: SaxesTagPlain): XmlElement {
  let held = NO_ATTRIBUTES;
  for (const key in attributes) {
    if (held === NO_ATTRIBUTES) held = Object.create(null);
    const [local, value] = [localName(key), attributes[key] ?? ''];
    held[key] = value;
    if (local !== key && attributes[local] === undefined) held[local] = value;
  }
  return { name: localName(name), attributes: held, children: [] };
}

/**
 * Calls back with the outermost elements of some names, one after the other: a long part is never held as a tree. What
 * `ancestors` names stands around it.
 */
export function eachOutermost(
  xml: string,
  names: ReadonlySet<string>,
  take: (element: XmlElement, ancestors: readonly XmlElement[]) => void,
): void {
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  const around: XmlElement[] = [];
  const open: XmlElement[] = [];
  let held = 0;
  parser.on('error', (cause) => {
    throw new AppError('file_damaged', { cause });
  });
  parser.on('opentag', (tag) => {
    if (around.length + open.length >= DEEPEST) throw new AppError('file_too_heavy');
    const element = elementOf(tag);
    const parent = open.at(-1);
    held = parent ? held + 1 : 0;
    if (held > MOST_HELD) throw new AppError('file_too_heavy');
    parent?.children.push(element);
    if (parent || names.has(element.name)) open.push(element);
    else around.push(element);
  });
  const write = (text: string) => open.at(-1)?.children.push(text);
  parser.on('text', write);
  parser.on('cdata', write);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (!closed) around.pop();
    else if (open.length === 0) take(closed, around);
  });
  parser.write(xml.charCodeAt(0) === 0xfeff ? xml.slice(1) : xml).close();
}

/** All of a small part. */
export function xmlTree(xml: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [] };
  const names = { has: () => true } as unknown as ReadonlySet<string>;
  eachOutermost(xml, names, (element) => root.children.push(element));
  return root;
}

export const elementsOf = ({ children }: XmlElement): XmlElement[] =>
  children.filter((child) => typeof child !== 'string');

export const childOf = (element: XmlElement | undefined, ...path: string[]): XmlElement | undefined =>
  path.reduce<XmlElement | undefined>(
    (at, name) =>
      at?.children.find((child): child is XmlElement => typeof child !== 'string' && child.name === name),
    element,
  );

export const childrenOf = (element: XmlElement | undefined, name: string): XmlElement[] =>
  element ? elementsOf(element).filter((child) => child.name === name) : [];

/** Every element of a name below, in order. */
export function* allOf(element: XmlElement, name: string): Generator<XmlElement> {
  for (const child of elementsOf(element)) {
    if (child.name === name) yield child;
    yield* allOf(child, name);
  }
}

export const textOf = (node: XmlNode): string =>
  typeof node === 'string' ? node : node.children.map(textOf).join('');

/** A property such as `w:vanish`: there, and not switched off. */
export function isOn(element: XmlElement | undefined): boolean {
  return element !== undefined && !/^(?:0|false|off|none)$/.test(element.attributes.val ?? 'true');
}

export const escaped = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign,
  );
