'use client';

import { clsx } from 'clsx';
import { ArrowDown, ArrowUp, Check, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useText } from '#use-text';
import { useFirstPress } from '@/components/client/use-first-press';
import { Button, IconButton } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { MAX_TYPED_CHARACTERS } from '@/lib/domain/bounds';
import type { AttemptAnswer } from '@/lib/domain/quiz';
import type { AskedItem } from '@/lib/study/quiz/disclose';
import { RichText } from './rich-text';

export type Told = { right: string; answer: AttemptAnswer };

export type AnswerInputProps = {
  item: AskedItem;
  /** The chosen id, or ids with commas in the order of the pairs or steps. */
  selected: string | null;
  text: string;
  onAnswer: (optionId: string | null, text?: string) => void;
  /** Once the question is answered. */
  told: Told | undefined;
};

type LineProps = { name: string; label: string; text: string; onText: (text: string) => void };
const Line = ({ text, onText, ...field }: LineProps) => (
  <TextField
    {...field}
    value={text}
    onChange={(event) => onText(event.target.value)}
    maxLength={MAX_TYPED_CHARACTERS}
    autoComplete="off"
    autoCapitalize="off"
    spellCheck={false}
    dir="auto"
    className="font-notes"
  />
);

const Words = ({
  words,
  tone,
}: {
  words: readonly string[] | undefined;
  tone: 'there' | 'missed' | 'astray';
}) => {
  const t = useText();
  return words?.map((word) => {
    const Icon = tone === 'there' ? Check : X;
    return (
      <li
        key={word}
        className={clsx(
          'inline-flex items-center gap-1 rounded-1 border px-1.5 py-0.5 text-sm',
          tone === 'there' ? 'border-moss text-moss' : 'border-brick border-dashed text-brick',
        )}
      >
        <Icon aria-hidden="true" className="size-3.5" />
        <span className={clsx(tone === 'astray' && 'line-through')}>{word}</span>
        <span className="sr-only">
          {tone === 'there' ? t(', there') : tone === 'missed' ? t(', missing') : t(', of another answer')}
        </span>
      </li>
    );
  });
};

/** What was written, word by word: which of the answer's words were there, which were not, which belong to another. */
export function WordsTold({ answer }: { answer: AttemptAnswer }) {
  const t = useText();
  const { text, there, missed, astray } = answer;
  if (!text || !there) return null;
  return (
    <div className="mt-3">
      <p className="text-ink-2 text-md wrap-anywhere">
        {t.rich('You wrote <span>“{text}”</span>', {
          text,
          span: (words) => <span className="font-notes">{words}</span>,
        })}
      </p>
      <ul aria-label={t('Words of the answer')} className="mt-2 flex flex-wrap gap-1.5 font-notes">
        <Words words={there} tone="there" />
        <Words words={missed} tone="missed" />
        <Words words={astray} tone="astray" />
      </ul>
    </div>
  );
}

/** A line to write the answer on. */
const Typed = ({ item, text, onAnswer, told }: AnswerInputProps) => {
  const t = useText();
  return told ? (
    <WordsTold answer={told.answer} />
  ) : (
    <Line
      name={item.id}
      label={t('Your answer, in the words of your notes')}
      text={text}
      onText={(next) => onAnswer(next.trim() === '' ? null : 'typed', next)}
    />
  );
};

/** What is right instead of what was called false. */
export const Correction = ({ item, selected, text, onAnswer, told }: AnswerInputProps) => {
  const t = useText();
  if (told) return <WordsTold answer={told.answer} />;
  if (selected !== 'false') return null;
  return (
    <div className="mt-4">
      <Line
        name={item.id}
        label={t('What is right instead?')}
        text={text}
        onText={(next) => onAnswer('false', next)}
      />
      <p className="mt-1.5 text-ink-3 text-xs">{t('Half the mark is for it.')}</p>
    </div>
  );
};

/** Each prompt with a list to choose its answer from; an answer that is taken elsewhere moves here. */
function Matching({ item, selected, onAnswer, told }: AnswerInputProps) {
  const t = useText();
  const id = useId();
  const prompts = item.prompts ?? [];
  const [open, setOpen] = useState<string[]>(() => prompts.map(() => ''));
  const given = told?.answer.optionId ?? selected;
  const chosen = given === null ? open : given.split(',');
  const right = told?.right.split(',');
  const choose = (place: number, value: string) => {
    const next = chosen.map((other, index) => (index === place ? value : other === value ? '' : other));
    setOpen(next);
    onAnswer(next.includes('') ? null : next.join(','));
  };
  return (
    <ol className="grid gap-4">
      {prompts.map((prompt, place) => {
        const isRight = right?.[place] === chosen[place];
        const answer = item.choices.find((choice) => choice.id === right?.[place])?.text ?? '';
        return (
          <li key={prompt.id} className="grid gap-1.5">
            <label htmlFor={`${id}${prompt.id}`} className="font-medium font-notes text-md wrap-anywhere">
              <RichText text={prompt.text} />
            </label>
            <select
              id={`${id}${prompt.id}`}
              value={chosen[place] ?? ''}
              disabled={told !== undefined}
              onChange={(event) => choose(place, event.target.value)}
              className={clsx(
                'h-12 w-full min-w-0 rounded-2 border bg-page px-3 text-md disabled:opacity-100',
                right === undefined ? 'border-edge' : isRight ? 'border-moss' : 'border-brick border-dashed',
              )}
            >
              <option value="">{t('Choose its answer')}</option>
              {item.choices.map((choice) => (
                <option key={choice.id} value={choice.id}>
                  {choice.text}
                </option>
              ))}
            </select>
            {right && (
              <p className={clsx('flex items-start gap-1.5 text-sm', isRight ? 'text-moss' : 'text-brick')}>
                {isRight ? (
                  <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
                ) : (
                  <X aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
                )}
                <span className="min-w-0">
                  {isRight ? t('Right') : `${t('Right is')} `}
                  {!isRight && <RichText text={answer} className="font-semibold" />}
                </span>
              </p>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** The right order, with the place each step was given. */
const OrderTold = ({ item, told }: Pick<AnswerInputProps, 'item'> & { told: Told }) => {
  const t = useText();
  const given = told.answer.optionId?.split(',') ?? [];
  return (
    <ol className="grid gap-2">
      {told.right.split(',').map((id, place) => {
        const mine = given.indexOf(id);
        return (
          <li
            key={id}
            className={clsx(
              'grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-3 rounded-3 border px-3.5 py-2.5 text-md',
              mine === place ? 'border-moss bg-moss-wash' : 'border-brick border-dashed',
            )}
          >
            <span className="font-semibold tabular">{place + 1}.</span>
            <RichText
              text={item.choices.find((choice) => choice.id === id)?.text ?? ''}
              className="wrap-anywhere"
            />
            {mine >= 0 && mine !== place && (
              <span className="col-start-2 text-brick text-xs">
                {t('You had it at {mine}', { mine: mine + 1 })}
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
};

/** Steps that move up and down by buttons, said as they move. */
function Ordering({ item, selected, onAnswer, told }: AnswerInputProps) {
  const t = useText();
  const [said, setSaid] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const focus = useRef<string>(undefined);
  // Another row stands there by the second press.
  const isFirstPress = useFirstPress();
  const order = selected?.split(',') ?? item.choices.map(({ id }) => id);
  // A row that moves in the page loses its focus; the button that was pressed keeps it.
  useEffect(() => {
    if (focus.current) list.current?.querySelector<HTMLElement>(`[data-move="${focus.current}"]`)?.focus();
    focus.current = undefined;
  });
  if (told) return <OrderTold item={item} told={told} />;
  const move = (id: string, step: 1 | -1) => {
    const place = order.indexOf(id);
    const next = order.filter((other) => other !== id);
    next.splice(place + step, 0, id);
    if (place + step < 0 || place + step >= order.length) return;
    focus.current = `${id}${step}`;
    setSaid(t('Now {place} of {count}.', { place: place + step + 1, count: order.length }));
    onAnswer(next.join(','));
  };
  return (
    <>
      <ol ref={list} className="grid gap-2">
        {order.map((id, place) => {
          const text = item.choices.find((choice) => choice.id === id)?.text ?? '';
          return (
            <li
              key={id}
              className="grid grid-cols-[1.5rem_minmax(0,1fr)_auto] items-center gap-x-2 rounded-3 border border-rule bg-page py-1 pr-1 pl-3.5 text-md"
            >
              <span className="font-semibold text-ink-3 tabular">{place + 1}.</span>
              <RichText text={text} className="py-1 wrap-anywhere" />
              <span className="flex">
                {([-1, 1] as const).map((step) => {
                  const isEnd = place + step < 0 || place + step >= order.length;
                  const Icon = step < 0 ? ArrowUp : ArrowDown;
                  return (
                    <IconButton
                      key={step}
                      label={
                        step < 0
                          ? t('Move up: {text}', { text: text.slice(0, 60) })
                          : t('Move down: {text}', { text: text.slice(0, 60) })
                      }
                      data-move={`${id}${step}`}
                      aria-disabled={isEnd}
                      className={clsx(isEnd && 'opacity-40')}
                      onClick={(event) => isFirstPress(event) && move(id, step)}
                    >
                      <Icon aria-hidden="true" className="size-4" />
                    </IconButton>
                  );
                })}
              </span>
            </li>
          );
        })}
      </ol>
      {selected === null && (
        <Button size="sm" variant="quiet" className="mt-2 -ml-2" onClick={() => onAnswer(order.join(','))}>
          {t('It is right as it stands')}
        </Button>
      )}
      <p role="status" className="sr-only">
        {said}
      </p>
    </>
  );
}

const INPUTS = { typed: Typed, matching: Matching, ordering: Ordering } as const;

/** How a question is answered that has no choices to press. */
export function AnswerInput(props: AnswerInputProps) {
  const { format } = props.item;
  const Input = format === 'typed' || format === 'matching' || format === 'ordering' ? INPUTS[format] : null;
  return Input && <Input key={props.item.id} {...props} />;
}

/** What is true or false. */
export const Claim = ({ item }: { item: AskedItem }) => {
  const t = useText();
  return item.claim === undefined ? null : (
    <div className="mb-5">
      <p className="mb-1 text-ink-3 text-xs">{t('Somebody answers')}</p>
      <blockquote className="font-notes text-md wrap-anywhere">
        “<RichText text={item.claim} />”
      </blockquote>
    </div>
  );
};
