'use client';

import { useLayoutEffect, useRef } from 'react';

/**
 * A formula as the server drew it. Its lengths come as data and are set here one by one; until then, as where no script
 * runs, the browser draws it by its MathML.
 */
export function DrawnFormula({ html }: { html: string }) {
  const place = useRef<HTMLSpanElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another formula has lengths of its own.
  useLayoutEffect(() => {
    for (const part of place.current?.querySelectorAll<HTMLElement>('[data-style]') ?? [])
      part.style.cssText = part.dataset.style ?? '';
    place.current?.setAttribute('data-drawn', 'whole');
  }, [html]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by KaTeX, which escapes what it is given.
  return <span ref={place} data-drawn="ahead" dangerouslySetInnerHTML={{ __html: html }} />;
}
