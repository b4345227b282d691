import type { Element, Root } from 'hast';
import { fromDom } from 'hast-util-from-dom';
import katex from 'katex';
import { replaceFormulas } from './formulas';
import { asWritten, katexOptions, UNKNOWN } from './katex-options';

const UNREAD = new RegExp(`katex-error|${UNKNOWN}|rgb\\(11, 173, 11\\)`);

/**
 * Draws one formula into an element, style by style: no page takes styles that come as text, also where the text is only
 * parsed. Says whether it could be read whole; nothing is drawn otherwise.
 */
export function drawFormula(element: HTMLElement, tex: string, isDisplay: boolean): boolean {
  katex.render(tex, element, katexOptions(isDisplay));
  const isWhole = !UNREAD.test(element.innerHTML);
  if (!isWhole) element.replaceChildren();
  return isWhole;
}

/** A tree with its formulas drawn; the one that is given stays as it is. */
export const drawFormulas = (tree: Root): Root =>
  replaceFormulas(tree, ({ tex, isDisplay }) => {
    const place = document.createElement('span');
    return drawFormula(place, tex, isDisplay) ? (fromDom(place) as Element).children : [asWritten(tex)];
  });
