'use client';

import { type MouseEvent, useId, useState } from 'react';
import { useText } from '#use-text';
import { readStored, writeStored } from '@/components/client/stored';
import { useBrowserFact } from '@/components/client/use-browser-fact';
import { useFirstPress } from '@/components/client/use-first-press';
import { TextButton } from '@/components/ui/button';
import { isChoosingWord } from '@/components/ui/use-hotkeys';
import { percent } from '@/lib/calendar/words';
import type { Translate } from '@/lib/language/text';
import { compareTyped, expectedOf } from '@/lib/study/cards/typed';
import type { ReviewCard } from './use-review';

const KEY = 'cards:typed';
const MOST_NAMED = 4;

/** Whether this device asks for answers to be typed. */
export function useTyping() {
  const isKept = useBrowserFact(() => readStored(KEY) === 'yes', false);
  const [chosen, setChosen] = useState<boolean>();
  const isTyping = chosen ?? isKept;
  return {
    isTyping,
    toggle: () => {
      writeStored(KEY, isTyping ? null : 'yes');
      setChosen(!isTyping);
    },
  };
}

/** What was typed stands against the answer; how it went is for the student to say. */
function verdict(card: ReviewCard, typed: string, t: Translate): string {
  const { share, missing } = compareTyped(expectedOf(card), typed);
  if (share === 1) return t('All of it is there.');
  const named = missing.slice(0, MOST_NAMED).join(', ');
  const rest = missing.length - MOST_NAMED;
  const more =
    rest > 0 ? ` ${t('and {rest, plural, one {# more word} other {# more words}}', { rest })}` : '';
  const there =
    share === 0
      ? t('None of it is there.')
      : t('{share} of it is there.', { share: percent(share, t.language) });
  return `${there} ${t('Missing: {named}{more}.', { named, more })}`;
}

const focused = (line: HTMLInputElement | null) => line?.focus({ preventScroll: true });

type TypedAnswerProps = {
  card: ReviewCard;
  shown: boolean;
  onShow: () => void;
  typing: ReturnType<typeof useTyping>;
};

/** A line to write the answer on before it is shown, for who wants to. It begins anew with every card. */
export function TypedAnswer({ card, shown, onShow, typing }: TypedAnswerProps) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const id = useId();
  const isFirstPress = useFirstPress();
  const toggle = (event: MouseEvent) => isFirstPress(event) && typing.toggle();
  if (!typing.isTyping) {
    return shown ? null : (
      <TextButton className="mx-auto mt-2 block min-h-8 text-xs" onClick={toggle}>
        {t('Type answers instead')}
      </TextButton>
    );
  }
  if (shown) {
    return typed.trim() === '' ? null : (
      <p role="status" className="mt-3 text-ink-2 wrap-anywhere">
        {t('You wrote “{typed}”. {verdict}', { typed: typed.trim(), verdict: verdict(card, typed, t) })}
      </p>
    );
  }
  return (
    <div className="mt-4">
      <label htmlFor={id} className="mb-1 block text-ink-2 text-sm">
        {t('Your answer')}
      </label>
      <input
        id={id}
        name={card.id}
        value={typed}
        // The card asks, and the line is where its answer goes.
        ref={focused}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !isChoosingWord(event.nativeEvent)) onShow();
        }}
        maxLength={500}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        dir="auto"
        className="h-11 w-full rounded-2 border border-edge bg-page px-3 font-notes text-md"
      />
      <TextButton className="mt-1 min-h-8 text-xs" onClick={toggle}>
        {t('Do not type answers')}
      </TextButton>
    </div>
  );
}
