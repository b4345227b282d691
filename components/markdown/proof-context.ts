'use client';

import { createContext, useContext } from 'react';
import type { Citation } from '@/lib/domain/citation';

/** What the chips of one message need, apart from the markdown, so that opening a source renders no text again. */
export type Proof = {
  citations: ReadonlyMap<number, Citation>;
  /** The source whose passage is open. */
  active: number | undefined;
  open: (n: number, chip: HTMLElement) => void;
};

export const ProofContext = createContext<Proof>({
  citations: new Map(),
  active: undefined,
  open: () => undefined,
});

export const useProof = () => useContext(ProofContext);
