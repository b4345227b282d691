'use client';

import { useState } from 'react';
import { useSWRConfig } from 'swr';
import { useText } from '#use-text';
import { useAction } from '@/components/client/use-action';
import { ProblemText } from '@/components/ui/problem-text';
import type { Visibility } from '@/lib/domain/profile';
import { type Message, text } from '@/lib/language/text';
import { api } from '@/lib/links';
import { usePresence } from './presence/presence-provider';
import { changeProfile } from './requests';

const CHOICES: readonly { value: Visibility; name: Message; means: Message }[] = [
  {
    value: 'private',
    name: text('Nobody'),
    means: text('You are not found, not matched, and never shown as here.'),
  },
  {
    value: 'matches',
    name: text('Students who fit me'),
    means: text('Those who share a subject with you and fit you best.'),
  },
  {
    value: 'everyone',
    name: text('Every student here'),
    means: text('Whoever has an account here, also without a subject in common.'),
  },
];

type VisibilityChoiceProps = { value: Visibility; onChanged?: (value: Visibility) => unknown };

/** Who may find the student. Saved as soon as it is chosen. */
export function VisibilityChoice({ value, onChanged }: VisibilityChoiceProps) {
  const t = useText();
  const { mutate } = useSWRConfig();
  const { refresh } = usePresence();
  const [chosen, setChosen] = useState<Visibility>();
  const { run, pending, problem } = useAction(async (next: Visibility) => {
    setChosen(next);
    try {
      await changeProfile({ visibility: next });
      refresh();
      onChanged?.(next);
    } catch (error) {
      setChosen(undefined);
      throw error;
    } finally {
      void mutate(api.people);
    }
  });

  return (
    <fieldset disabled={pending}>
      <legend className="mb-1.5 font-semibold">{t('Who may find me')}</legend>
      <div className="grid gap-2">
        {CHOICES.map(({ value: option, name, means }) => (
          <label
            key={option}
            className="flex items-start gap-3 rounded-3 border border-edge bg-page px-3.5 py-3 hover:bg-sunk has-checked:border-ink has-checked:bg-sunk has-focus-visible:outline-2 has-focus-visible:outline-pen has-focus-visible:outline-offset-2"
          >
            <input
              type="radio"
              name="visibility"
              value={option}
              checked={(chosen ?? value) === option}
              onChange={() => void run(option)}
              className="mt-0.5 size-4 shrink-0 accent-(--ink) outline-none"
            />
            <span className="min-w-0">
              <span className="block font-medium">{t(name)}</span>
              <span className="block text-ink-2 text-xs">{t(means)}</span>
            </span>
          </label>
        ))}
      </div>
      <p role="status" className="mt-1.5 min-h-4.5 text-ink-2 text-xs">
        {pending ? t('Saving') : chosen ? t('Saved') : ''}
      </p>
      <ProblemText problem={problem} className="mt-1" />
    </fieldset>
  );
}
