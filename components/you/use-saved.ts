'use client';

import { useRef, useState } from 'react';
import { useText } from '#use-text';
import { sentenceOf } from '@/components/client/request';
import type { SaveState } from './save-line';

/** Keeps what is typed and what was saved apart, and says which of the two is shown. */
export function useSaved<Fields>(initial: Fields, save: (fields: Fields) => Promise<Fields>) {
  const t = useText();
  const [fields, setFields] = useState(initial);
  const [state, setState] = useState<SaveState>('clean');
  const [problem, setProblem] = useState<string>();
  const edits = useRef(0);

  const edit = (change: Partial<Fields>) => {
    edits.current += 1;
    setFields((before) => ({ ...before, ...change }));
    setState('changed');
    setProblem(undefined);
  };
  const submit = async (): Promise<boolean> => {
    if (state === 'saving') return false;
    const editsSent = edits.current;
    setState('saving');
    setProblem(undefined);
    try {
      const saved = await save(fields);
      // What was typed meanwhile is newer than the answer.
      if (edits.current === editsSent) setFields(saved);
      setState(edits.current === editsSent ? 'saved' : 'changed');
      return true;
    } catch (error) {
      setState('changed');
      setProblem(sentenceOf(error, t));
      return false;
    }
  };
  return { fields, state, problem, edit, submit };
}
