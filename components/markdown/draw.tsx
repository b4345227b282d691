import type { Element, ElementContent, Root, RootContent } from 'hast';
import { createElement, type JSX, type ReactNode } from 'react';

/** What is drawn in place of an element; it gets the element itself as well. */
export type Parts = {
  [Tag in keyof JSX.IntrinsicElements]?: (
    props: JSX.IntrinsicElements[Tag] & { node?: Element },
  ) => ReactNode;
};

/** React sets styles one by one, which the policy of the page allows; as text it would not. */
const stylesOf = (text: string) =>
  Object.fromEntries(
    text.split(';').flatMap((rule) => {
      const [name = '', ...value] = rule.split(':');
      if (value.length === 0) return [];
      const key = name.trim().startsWith('--')
        ? name.trim()
        : name.trim().replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
      return [[key, value.join(':').trim()]];
    }),
  );

const NAMED = /^(data|aria)([A-Z].*)$/;
const nameOf = (name: string) => {
  const [, kind, rest = ''] = NAMED.exec(name) ?? [];
  if (kind === undefined) return name;
  return kind === 'aria'
    ? `aria-${rest.toLowerCase()}`
    : `data${rest.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
};

function propsOf({ tagName, properties }: Element): Record<string, unknown> {
  const { align, style, ...rest } = properties;
  const isCell = tagName === 'td' || tagName === 'th';
  const styles = {
    ...(typeof style === 'string' ? stylesOf(style) : {}),
    ...(isCell && align ? { textAlign: align } : {}),
  };
  return {
    ...Object.fromEntries(
      Object.entries(rest).flatMap(([name, value]) =>
        value === null || value === undefined || Number.isNaN(value)
          ? []
          : [[nameOf(name), Array.isArray(value) ? value.join(' ') : value]],
      ),
    ),
    ...(!isCell && align ? { align } : {}),
    ...(Object.keys(styles).length > 0 ? { style: styles } : {}),
  };
}

/** Between these, space is no text. */
const TABLES = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr']);

/** Draws a tree. Raw HTML in it is shown as the text it is. */
export function draw(parent: Root | Element, parts: Parts): ReactNode[] {
  const known: Record<string, unknown> = parts;
  const isTable = parent.type === 'element' && TABLES.has(parent.tagName);
  return parent.children.map((child: RootContent | ElementContent, index): ReactNode => {
    if (child.type === 'text' || child.type === 'raw')
      return isTable && child.value.trim() === '' ? null : child.value;
    if (child.type !== 'element') return null;
    const part = known[child.tagName];
    const props = { ...propsOf(child), key: index, ...(part ? { node: child } : {}) };
    const children = draw(child, parts);
    // The kinds of props belong to the names of elements, which a tree does not tell the compiler.
    return createElement((part ?? child.tagName) as string, props, ...(children.length > 0 ? children : []));
  });
}
