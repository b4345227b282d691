'use client';

import { useRef, useState } from 'react';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { readStored, writeStored } from '@/components/client/stored';
import { useBrowserFact } from '@/components/client/use-browser-fact';
import { saveNote } from '@/components/library/save-note';
import { api } from '@/lib/links';
import type { SessionSummary } from '@/lib/study/summary/summary';

const SESSION_PARTS = ['note', 'flashcards', 'tasks'] as const;
export type SessionPart = (typeof SESSION_PARTS)[number];

type Session = SessionSummary & { title: string };

const saveSummary = async (session: Session) => {
  const { summaryMarkdown } = await import('@/lib/study/summary/summary');
  const markdown = summaryMarkdown(session.title, session);
  return saveNote({ title: session.title, markdown, sourceType: 'session' });
};

const saveFlashcards = ({ title, flashcards }: Session) =>
  requestJson<unknown>(api.flashcards, {
    method: 'POST',
    body: { cards: flashcards.map(({ front, back }) => ({ front, back, deck: title })), proposed: false },
  });

const saveTasks = ({ tasks }: Session) =>
  requestJson<unknown>(api.planTasks, { method: 'POST', body: { tasks } });

const SAVERS: Record<SessionPart, (session: Session) => Promise<unknown>> = {
  note: saveSummary,
  flashcards: saveFlashcards,
  tasks: saveTasks,
};

/** What of a session there is to save. */
export const partsOf = ({ flashcards, tasks }: SessionSummary): SessionPart[] =>
  SESSION_PARTS.filter(
    (part) => part === 'note' || (part === 'flashcards' ? flashcards.length > 0 : tasks.length > 0),
  );

/** A card is drawn anew with every visit of its conversation; what it saved is remembered under its call. */
const storageKey = (callId: string) => `clerva-saved:${callId}`;

const isPart = (value: string): value is SessionPart => SESSION_PARTS.some((part) => part === value);

/** Where nothing is kept a card forgets, and the server still takes the same card or note only once. */
const readSaved = (callId: string) => readStored(storageKey(callId)) ?? '';

export type Saving = {
  saved: ReadonlySet<SessionPart>;
  busy: ReadonlySet<SessionPart>;
  failures: ReadonlyMap<SessionPart, string>;
  /** Saves what is neither saved nor on its way; what fails is named and the rest is kept. */
  save: (parts: readonly SessionPart[]) => Promise<void>;
};

/** Keeps account of what a summary's card has saved, so that each part is saved once however often it is pressed. */
export function useSavedParts(callId: string, session: Session): Saving {
  const t = useText();
  const before = useBrowserFact(() => readSaved(callId), '');
  // The truth between two renders: a second press comes before the first has been drawn.
  const taken = useRef<Set<SessionPart>>(new Set());
  const [done, setDone] = useState<readonly SessionPart[]>([]);
  const [busy, setBusy] = useState<ReadonlySet<SessionPart>>(new Set());
  const [failures, setFailures] = useState<ReadonlyMap<SessionPart, string>>(new Map());
  const saved = new Set([...before.split(' ').filter(isPart), ...done]);

  const saveOne = async (part: SessionPart) => {
    try {
      await SAVERS[part](session);
      const known = readSaved(callId).split(' ').filter(isPart);
      writeStored(storageKey(callId), [...new Set([...known, part])].join(' '));
      setDone((parts) => [...parts, part]);
    } catch (error) {
      taken.current.delete(part);
      const message = error instanceof Error ? t.fault(error) : t('It did not arrive.');
      setFailures((known) => new Map(known).set(part, message));
    } finally {
      setBusy((parts) => new Set([...parts].filter((name) => name !== part)));
    }
  };

  const save = async (parts: readonly SessionPart[]) => {
    const open = parts.filter((part) => !saved.has(part) && !taken.current.has(part));
    if (open.length === 0) return;
    for (const part of open) taken.current.add(part);
    setFailures((known) => new Map([...known].filter(([part]) => !open.includes(part))));
    setBusy((known) => new Set([...known, ...open]));
    await Promise.all(open.map(saveOne));
  };
  return { saved, busy, failures, save };
}
