'use client';

import { createElement, type ReactNode, useLayoutEffect, useRef } from 'react';
import type { Drawn } from './formulas';

function elementOf(drawn: Drawn): ReactNode {
  if (typeof drawn === 'string') return drawn;
  const [tag, attributes, ...inside] = drawn;
  return createElement(tag, attributes, ...inside.map(elementOf));
}

/**
 * A formula as the server drew it. Its lengths come as data and are set here one by one; until then, as where no script
 * runs, the browser draws it by its MathML.
 */
export function DrawnFormula({ drawn }: { drawn: Drawn }) {
  const place = useRef<HTMLSpanElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another formula has lengths of its own.
  useLayoutEffect(() => {
    for (const part of place.current?.querySelectorAll<HTMLElement>('[data-style]') ?? [])
      part.style.cssText = part.dataset.style ?? '';
    place.current?.setAttribute('data-drawn', 'whole');
  }, [drawn]);
  return (
    <span ref={place} data-drawn="ahead">
      {elementOf(drawn)}
    </span>
  );
}
