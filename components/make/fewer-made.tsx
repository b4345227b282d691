'use client';

import { useSyncExternalStore } from 'react';
import { useText } from '#use-text';
import { Strip } from '@/components/ui/strip';
import { told } from '@/lib/language/told';
import { fewerMade } from './make-store';

/** That the notes held fewer than were asked for, said where what was made of them begins. */
export function FewerMade({ quizId }: { quizId: string | null }) {
  const t = useText();
  const made = useSyncExternalStore(fewerMade.subscribe, fewerMade.get, () => null);
  if (!made?.note || made.quizId !== quizId) return null;
  return <Strip className="mb-4">{told(made.note, made.said, t)}</Strip>;
}
