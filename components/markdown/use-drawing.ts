'use client';

import { useEffect, useState } from 'react';
import type { PluggableList } from 'unified';
import { mayHoldMaths } from './maths';

let drawing: PluggableList | undefined;
const NOTHING: PluggableList = [];

/** What draws formulas is a third of all code of the app, so it comes with the first text that has one. */
export const loadDrawing = async (): Promise<PluggableList> => {
  drawing ??= (await import('./draw-maths')).drawingPlugins;
  return drawing;
};

/** The plugins that draw the formulas of a text; until they are there it stands as it was written. */
export function useDrawing(text: string): PluggableList {
  const isNeeded = mayHoldMaths(text);
  const [loaded, setLoaded] = useState(drawing);
  useEffect(() => {
    if (isNeeded && !loaded) loadDrawing().then(setLoaded, () => undefined);
  }, [isNeeded, loaded]);
  return (isNeeded && loaded) || NOTHING;
}
