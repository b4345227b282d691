'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useText } from '#use-text';
import { sentenceOf, studentHeader } from '@/components/client/request';
import { readStored, writeStored } from '@/components/client/stored';
import type { SaveState } from './save-line';

const keyOf = (name: string) => `clerva-unsaved ${studentHeader()['x-clerva-student'] ?? ''} ${name}`;

/** What was changed in this tab and not saved; nothing where something else is kept. */
function leftOf<Fields>(name: string): Partial<Fields> {
  try {
    return Object(JSON.parse(readStored(keyOf(name), 'sessionStorage') ?? '{}'));
  } catch {
    return {};
  }
}

/** Keeps what is typed and what was saved apart, says which of the two is shown, and loses neither by a reload. */
export function useSaved<Fields extends object>(
  name: string,
  initial: Fields,
  save: (fields: Fields) => Promise<Fields>,
) {
  const t = useText();
  const [fields, setFields] = useState(initial);
  const [state, setState] = useState<SaveState>('clean');
  const [problem, setProblem] = useState<string>();
  const edits = useRef(0);

  const edit = (change: Partial<Fields>) => {
    edits.current += 1;
    writeStored(keyOf(name), JSON.stringify({ ...leftOf(name), ...change }), 'sessionStorage');
    setFields((before) => ({ ...before, ...change }));
    setState('changed');
    setProblem(undefined);
  };
  const takeUp = useEffectEvent(() => {
    const left = leftOf<Fields>(name);
    if (Object.keys(left).length > 0) edit(left);
  });
  useEffect(() => takeUp(), []);
  const submit = async (): Promise<boolean> => {
    if (state === 'saving') return false;
    const editsSent = edits.current;
    setState('saving');
    setProblem(undefined);
    try {
      const saved = await save(fields);
      // What was typed meanwhile is newer than the answer.
      if (edits.current === editsSent) {
        setFields(saved);
        writeStored(keyOf(name), null, 'sessionStorage');
      }
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
