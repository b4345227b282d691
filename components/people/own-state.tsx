'use client';

import { clsx } from 'clsx';
import { useState } from 'react';
import { useText } from '#use-text';
import { useAction } from '@/components/client/use-action';
import { ProblemText } from '@/components/ui/problem-text';
import type { Activity } from '@/lib/domain/presence';
import { type Message, text } from '@/lib/language/text';
import { PresenceDot } from './presence';
import { usePresence } from './presence/presence-provider';
import { useOwnState } from './presence/use-own-state';
import type { Shown } from './requests';

/** The length of a beacon that is lit from here; the menu at the avatar offers others. */
const FREE_MINUTES = 40;

type Choice = { value: 'hidden' | 'studying' | 'free'; shown: Shown; name: Message; dot: Activity };

const CHOICES: readonly Choice[] = [
  { value: 'hidden', shown: 'hidden', name: text('Hidden'), dot: 'idle' },
  { value: 'studying', shown: 'as-i-study', name: text('As I study'), dot: 'studying' },
  { value: 'free', shown: FREE_MINUTES, name: text('Free for 40 min'), dot: 'available' },
];

/** What others see the student as, said by hand. */
export function OwnState({ onChanged }: { onChanged: () => Promise<unknown> }) {
  const t = useText();
  const { show } = usePresence();
  const { own, words, shape } = useOwnState();
  const [wanted, setWanted] = useState<Choice['value']>();
  const { run, problem } = useAction(async ({ value, shown: next }: Choice) => {
    setWanted(value);
    try {
      await show(next);
    } finally {
      await onChanged().catch(() => undefined);
      setWanted(undefined);
    }
  });
  const kept =
    own === undefined ? undefined : own.isHidden ? 'hidden' : shape === 'available' ? 'free' : 'studying';
  const shown = wanted ?? kept;

  return (
    <div className="min-w-0">
      <fieldset
        disabled={own === undefined}
        className="flex rounded-[10px] bg-sunk p-0.75 [--ground:var(--page)] max-md:bg-[color-mix(in_srgb,var(--ink)_7%,transparent)] md:inline-flex"
      >
        <legend className="sr-only">{t('Others see you as')}</legend>
        {CHOICES.map((choice) => (
          <label
            key={choice.value}
            className={clsx(
              'flex min-h-10 flex-auto items-center justify-center gap-1.5 text-balance rounded-2 px-1.5 text-center leading-4.5 md:min-h-8.5 md:px-3',
              'has-focus-visible:outline-2 has-focus-visible:outline-pen has-focus-visible:outline-offset-1',
              shown === choice.value
                ? 'bg-page font-semibold text-ink ring-1 ring-rule'
                : 'cursor-pointer font-medium text-ink-2 [--ground:transparent]',
            )}
          >
            <input
              type="radio"
              name="others-see-me-as"
              className="sr-only"
              checked={shown === choice.value}
              onChange={() => void run(choice)}
            />
            <PresenceDot activity={choice.dot} className="shrink-0 bg-transparent" />
            {choice.value === 'free' && kept === 'free' ? words : t(choice.name)}
          </label>
        ))}
      </fieldset>
      <ProblemText problem={problem} className="mt-1.5" />
    </div>
  );
}
