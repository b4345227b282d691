'use client';

import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { lazyModule } from '@/components/client/lazy-module';
import { useStable } from '@/components/client/use-stable';
import { type ClervaMessage, contentOf } from '@/lib/agent/messages';
import type { Citation, Verdict } from '@/lib/domain/citation';
import { sentence } from '@/lib/language/text';
import type { Problem } from './problem-strip';

/** Read by few of those who ask. */
export const passagePanel = lazyModule(() => import('@/components/passage/passage-panel'));

const NO_PANEL: Problem = {
  text: sentence('The passage did not arrive. Try it again in a moment.'),
  code: 'offline',
  action: 'none',
};

type OpenPassage = { messageId: string; n: number; filter?: Verdict };

/** The sources of one message by their numbers, of one kind when only that is walked. */
function sourcesOf(messages: readonly ClervaMessage[], messageId?: string, kind?: Verdict): Citation[] {
  const message = messages.find(({ id }) => id === messageId);
  if (!message) return [];
  return [...contentOf(message.parts).citations.values()]
    .filter(({ verdict }) => kind === undefined || verdict === kind)
    .sort((a, b) => a.n - b.n);
}

type Scroller = RefObject<HTMLElement | null>;

/** A panel beside the conversation makes its column narrower. What was pressed stays where it was, and has the focus again. */
function useHeldPlace(scroller: Scroller, isOpen: boolean) {
  const anchor = useRef<{ element: HTMLElement; top: number }>(undefined);
  useLayoutEffect(() => {
    const held = anchor.current;
    anchor.current = undefined;
    if (held?.element.isConnected && scroller.current) {
      scroller.current.scrollTop += held.element.getBoundingClientRect().top - held.top;
    }
    // As long as a sheet is there, it keeps the focus.
    if (!isOpen) held?.element.focus({ preventScroll: true });
  }, [isOpen, scroller]);
  return (element: HTMLElement) => {
    anchor.current = { element, top: element.getBoundingClientRect().top };
  };
}

/** Which passage is open, and the way through the passages of one answer. */
export function usePassages(
  messages: readonly ClervaMessage[],
  scroller: Scroller,
  tell: (problem: Problem | undefined) => void,
) {
  const [open, setOpen] = useState<OpenPassage>();
  const sources = useMemo(() => sourcesOf(messages, open?.messageId, open?.filter), [messages, open]);
  const index = sources.findIndex(({ n }) => n === open?.n);
  const source = sources[index];
  const isOpen = source !== undefined;
  const hold = useHeldPlace(scroller, isOpen);

  const inMessage = (messageId: string, selector: string) =>
    scroller.current?.querySelector<HTMLElement>(`[data-message="${CSS.escape(messageId)}"] ${selector}`);
  const step = (by: 1 | -1) => {
    const next = sources[index + by];
    if (next) setOpen((current) => current && { ...current, n: next.n });
  };
  const show = (opener: HTMLElement, next: OpenPassage) => {
    const open = () => {
      hold(opener);
      setOpen(next);
    };
    if (passagePanel.get()) open();
    else passagePanel.load().then(open, () => tell(NO_PANEL));
  };
  const acts = useStable({
    openSource: (messageId: string, n: number, opener: HTMLElement) => show(opener, { messageId, n }),
    /** A part of the proof line: its first passage, or the first statement that has none. */
    pickProof: (messageId: string, kind: Verdict, opener: HTMLElement) => {
      if (kind === 'unsupported') {
        const claim = inMessage(messageId, '[data-unsupported]');
        claim?.focus();
        claim?.scrollIntoView({ block: 'nearest' });
        return;
      }
      const first = sourcesOf(messages, messageId, kind)[0];
      if (!first) return;
      const isWalked = open?.messageId === messageId && open.filter === kind;
      show(opener, isWalked ? { messageId, n: open.n } : { messageId, n: first.n, filter: kind });
    },
    previous: () => step(-1),
    next: () => step(1),
    close: () => {
      if (!open) return;
      const chip = inMessage(open.messageId, `[data-citation="${open.n}"]`);
      if (chip) hold(chip);
      setOpen(undefined);
    },
  });
  return {
    ...acts,
    source,
    position: index + 1,
    count: sources.length,
    messageId: isOpen ? open?.messageId : undefined,
    filter: isOpen ? open?.filter : undefined,
  };
}
