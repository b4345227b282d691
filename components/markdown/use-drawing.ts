'use client';

import type { Root } from 'hast';
import { useEffect, useMemo, useState } from 'react';
import { lazyModule } from '@/components/client/lazy-module';
import { mayHoldMaths } from './dollars';
import { holdsFormula } from './formulas';

/** What draws formulas is a third of all code of the app, so it comes with the first text that has one. */
const drawing = lazyModule(() => import('./draw-maths'));
export const loadDrawing = drawing.load;

/** The tree of a text with its formulas drawn; until what draws them is there, they stand as they were written. */
export function useDrawn(tree: Root, text: string): Root {
  const isNeeded = useMemo(() => mayHoldMaths(text) && holdsFormula(tree), [tree, text]);
  const [code, setCode] = useState(drawing.get);
  useEffect(() => {
    if (isNeeded && !code) drawing.load().then(setCode, () => undefined);
  }, [isNeeded, code]);
  return useMemo(() => (isNeeded && code ? code.drawFormulas(tree) : tree), [isNeeded, code, tree]);
}
