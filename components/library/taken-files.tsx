'use client';

import { createContext, type ReactNode, useContext } from 'react';

type Endings = readonly string[] | undefined;
const TakenEndings = createContext<Endings>(undefined);

/** Which of the files that can be read this server takes; without a choice, all of them. */
export const TakenFiles = ({ endings, children }: { endings: Endings; children: ReactNode }) => (
  <TakenEndings value={endings}>{children}</TakenEndings>
);

export const useTakenEndings = (): Endings => useContext(TakenEndings);
