'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Language } from '../domain/language.ts';
import { inFragment } from './fragment.ts';
import { type Messages, type Translate, translator } from './text.ts';

type Known = { messages: Messages; translate: Translate };
const Words = createContext<Known>({ messages: {}, translate: translator('en', {}, inFragment) });

type TextProviderProps = { language: Language; messages: Messages; children: ReactNode };

/** Gives what is inside it the words of its groups, beside those it has already. */
export function TextProvider({ language, messages, children }: TextProviderProps) {
  const around = useContext(Words);
  const known = useMemo(() => {
    const all = { ...around.messages, ...messages };
    return { messages: all, translate: translator(language, all, inFragment) };
  }, [around, language, messages]);
  return <Words value={known}>{children}</Words>;
}

/** For components that run in the browser. Without a provider everything is English. */
export const useText = (): Translate => useContext(Words).translate;
