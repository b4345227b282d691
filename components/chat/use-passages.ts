'use client';

import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { contentOf } from '@/lib/agent/message-codec';
import type { ClervaMessage } from '@/lib/agent/messages';
import type { Citation, Verdict } from '@/lib/domain/citation';

type OpenPassage = { messageId: string; n: number; filter?: Verdict };

/** Which passage is open, and the way through the passages of one answer. */
export function usePassages(messages: readonly ClervaMessage[], scroller: RefObject<HTMLElement | null>) {
  const [open, setOpen] = useState<OpenPassage>();
  const anchor = useRef<{ element: Element; top: number }>(undefined);

  const sources = useMemo((): Citation[] => {
    const message = messages.find(({ id }) => id === open?.messageId);
    if (!message) return [];
    const all = [...contentOf(message.parts).citations.values()].sort((a, b) => a.n - b.n);
    return open?.filter === undefined ? all : all.filter(({ verdict }) => verdict === open.filter);
  }, [messages, open]);
  const index = sources.findIndex(({ n }) => n === open?.n);
  const source = sources[index];
  const isOpen = source !== undefined;

  const hold = useCallback((element: Element) => {
    anchor.current = { element, top: element.getBoundingClientRect().top };
  }, []);

  // A panel beside the conversation makes its column narrower. What was pressed stays where it was.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the panel comes or goes.
  useLayoutEffect(() => {
    const held = anchor.current;
    anchor.current = undefined;
    if (held?.element.isConnected && scroller.current) {
      scroller.current.scrollTop += held.element.getBoundingClientRect().top - held.top;
    }
  }, [isOpen, scroller]);

  const openSource = useCallback(
    (messageId: string, n: number, opener: Element) => {
      hold(opener);
      setOpen({ messageId, n });
    },
    [hold],
  );

  const chipOf = useCallback(
    ({ messageId, n }: OpenPassage) =>
      scroller.current?.querySelector<HTMLElement>(
        `[data-message="${CSS.escape(messageId)}"] [data-citation="${n}"]`,
      ),
    [scroller],
  );

  /** A part of the proof line: its first passage, or the first statement that has none. */
  const pickProof = useCallback(
    (messageId: string, kind: Verdict, opener: HTMLElement) => {
      const message = messages.find(({ id }) => id === messageId);
      if (!message) return;
      if (kind === 'unsupported') {
        const claim = scroller.current?.querySelector<HTMLElement>(
          `[data-message="${CSS.escape(messageId)}"] [data-unsupported]`,
        );
        claim?.focus();
        claim?.scrollIntoView({ block: 'nearest' });
        return;
      }
      const first = [...contentOf(message.parts).citations.values()]
        .sort((a, b) => a.n - b.n)
        .find(({ verdict }) => verdict === kind);
      if (!first) return;
      hold(opener);
      setOpen((current) =>
        current?.messageId === messageId && current.filter === kind
          ? { messageId, n: current.n }
          : { messageId, n: first.n, filter: kind },
      );
    },
    [messages, hold, scroller],
  );

  const step = useCallback(
    (by: 1 | -1) => {
      const next = sources[index + by];
      if (next) setOpen((current) => current && { ...current, n: next.n });
    },
    [sources, index],
  );

  const close = useCallback(() => {
    if (!open) return;
    const chip = chipOf(open);
    if (chip) hold(chip);
    setOpen(undefined);
    chip?.focus({ preventScroll: true });
  }, [open, chipOf, hold]);

  return {
    source,
    position: index + 1,
    count: sources.length,
    messageId: isOpen ? open?.messageId : undefined,
    filter: isOpen ? open?.filter : undefined,
    openSource,
    pickProof,
    previous: useCallback(() => step(-1), [step]),
    next: useCallback(() => step(1), [step]),
    close,
  };
}
