'use client';

import { clsx } from 'clsx';
import { Check, type LucideIcon, X } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { useText } from '#use-text';
import type { AttemptAnswer, Confidence } from '@/lib/domain/quiz';
import { type Message, type Translate, text } from '@/lib/language/text';
import type { AskedItem } from '@/lib/study/quiz/disclose';
import { RichText } from './rich-text';

export const LETTERS = ['A', 'B', 'C', 'D'] as const;

const SURE: Record<Confidence, Message> = {
  guessing: text(', a guess'),
  fairly: text(', fairly sure'),
  certain: text(', certain'),
};

type Verdict = { icon: LucideIcon; colour: string; chosen: Message; other: Message | null };
type Look = { row: string; letter: string; verdict?: Verdict };

const LOOKS: Record<'right' | 'wrong' | 'rest' | 'picked' | 'open', Look> = {
  right: {
    row: 'border-moss bg-moss-wash shadow-[inset_0_0_0_1px_var(--moss)]',
    letter: 'border-moss bg-moss text-page',
    verdict: { icon: Check, colour: 'text-moss', chosen: text('Right'), other: text('Right answer') },
  },
  wrong: {
    row: 'border-brick border-dashed bg-brick-wash',
    letter: 'border-brick text-brick',
    verdict: { icon: X, colour: 'text-brick', chosen: text('Your answer'), other: null },
  },
  rest: { row: 'border-rule text-ink-3', letter: 'border-edge text-ink-3' },
  picked: {
    row: 'border-ink bg-page shadow-[inset_0_0_0_1px_var(--ink)]',
    letter: 'border-ink bg-ink text-on-ink',
  },
  open: { row: 'border-rule bg-page hover:border-edge', letter: 'border-edge text-ink-2' },
};

type AnswerOptionsProps = {
  item: Pick<AskedItem, 'choices'>;
  selected: string | null;
  onSelect: (optionId: string) => void;
  /** Once the question is answered. */
  told: { right: string; answer: Pick<AttemptAnswer, 'optionId' | 'confidence'> } | undefined;
};

const STEP: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** The choices as a radio group: the whole row is the target, the letter is its key. */
export function AnswerOptions({ item, selected, onSelect, told }: AnswerOptionsProps) {
  const t = useText();
  const group = useRef<HTMLDivElement>(null);
  const chosen = told ? told.answer.optionId : selected;

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEP[event.key];
    if (step === undefined || told) return;
    event.preventDefault();
    const buttons = [...(group.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button.contains(document.activeElement));
    const next = (at + step + buttons.length) % buttons.length;
    buttons[next]?.focus();
    const id = item.choices[next]?.id;
    if (id !== undefined) onSelect(id);
  };

  return (
    <div ref={group} role="radiogroup" aria-label={t('Answers')} onKeyDown={onKeyDown} className="grid gap-2">
      {item.choices.map(({ id, text }, index) => {
        const { row, letter, verdict } = LOOKS[lookOf(id, selected, told)];
        return (
          // biome-ignore lint/a11y/useSemanticElements: a native radio would swallow the letter keys.
          <button
            key={id}
            type="button"
            role="radio"
            aria-checked={chosen === id}
            aria-disabled={told !== undefined}
            tabIndex={chosen === id || (chosen === null && index === 0) ? 0 : -1}
            onClick={() => onSelect(id)}
            className={clsx(
              'grid min-h-14 w-full grid-cols-[1.75rem_minmax(0,1fr)] items-center gap-x-3.5 gap-y-1 rounded-3 border py-2.5 pr-4 pl-3.5 text-left text-md leading-5.5 md:grid-cols-[1.75rem_minmax(0,1fr)_auto]',
              row,
              told && 'cursor-default',
            )}
          >
            <span
              aria-hidden="true"
              className={clsx(
                'grid size-7 place-items-center rounded-2 border font-semibold text-xs',
                letter,
              )}
            >
              {LETTERS[index]}
            </span>
            <RichText text={text} className="wrap-anywhere" />
            {verdict && (
              <span
                className={clsx(
                  'flex items-center gap-1.5 font-semibold text-xs max-md:col-start-2',
                  verdict.colour,
                )}
              >
                <verdict.icon aria-hidden="true" className="size-4" />
                {chosen === id
                  ? `${t(verdict.chosen)}${sureness(told, t)}`
                  : verdict.other && t(verdict.other)}
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}

const lookOf = (
  id: string,
  selected: string | null,
  told: AnswerOptionsProps['told'],
): keyof typeof LOOKS => {
  if (told?.right === id) return 'right';
  if (told) return told.answer.optionId === id ? 'wrong' : 'rest';
  return selected === id ? 'picked' : 'open';
};

const sureness = (told: AnswerOptionsProps['told'], t: Translate) =>
  told?.answer.confidence ? t(SURE[told.answer.confidence]) : '';
