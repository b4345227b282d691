'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { UploadLimits } from './file-check';

const Limits = createContext<UploadLimits>({ maxBytes: Number.POSITIVE_INFINITY });

/** Which files this server takes, and how large; without a choice of endings all that can be read. */
export const TakenFiles = ({ limits, children }: { limits: UploadLimits; children: ReactNode }) => (
  <Limits value={limits}>{children}</Limits>
);

export const useUploadLimits = (): UploadLimits => useContext(Limits);
export const useTakenEndings = () => useUploadLimits().endings;
