'use client';

import { clsx } from 'clsx';
import { Check, ChevronsUpDown, LogOut, UserRound } from 'lucide-react';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { useText } from '#use-text';
import { flushDeletions } from '@/components/client/deferred-delete';
import { sentenceOf } from '@/components/client/request';
import { Avatar } from '@/components/ui/avatar';
import { iconButtonClass } from '@/components/ui/button';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger, useMenuParts } from '@/components/ui/menu';
import { type Message, text } from '@/lib/language/text';
import { paths } from '@/lib/links';
import { PresenceDot } from '../presence';
import type { Shown } from '../requests';
import { usePresence } from './presence-provider';
import { useOwnState } from './use-own-state';

const CHOICES: readonly { value: string; shown: Shown; name: Message; means?: Message }[] = [
  { value: 'hidden', shown: 'hidden', name: text('Hidden'), means: text('Nobody sees that you are here') },
  {
    value: 'as-i-study',
    shown: 'as-i-study',
    name: text('As I study'),
    means: text('Here, studying or in a session'),
  },
  { value: '20', shown: 20, name: text('Free for 20 min') },
  { value: '40', shown: 40, name: text('Free for 40 min') },
  { value: '60', shown: 60, name: text('Free for 60 min') },
];

type OwnStateMenuProps = { name: string; email: string; place: 'rail' | 'top-bar'; current: boolean };

/** What is chosen shows at once, until the server has said what it is now. */
function useChoosing() {
  const t = useText();
  const { show } = usePresence();
  const [wanted, setWanted] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const choose = async (shown: Shown, value: string) => {
    setWanted(value);
    setProblem(undefined);
    await show(shown).catch((error: unknown) => setProblem(sentenceOf(error, t)));
    setWanted(undefined);
  };
  return { wanted, problem, choose, clear: () => setProblem(undefined) };
}

function Choices({ wanted, choose }: Pick<ReturnType<typeof useChoosing>, 'wanted' | 'choose'>) {
  const t = useText();
  const { own, shape } = useOwnState();
  const parts = useMenuParts();
  // Which length a running beacon had is not kept; its end stands in the words.
  const kept =
    own === undefined ? '' : own.isHidden ? 'hidden' : shape === 'available' ? 'free' : 'as-i-study';
  return (
    <>
      <parts.Label className="px-3 pt-2 pb-1 text-ink-3 text-xs">{t('Others see me')}</parts.Label>
      <parts.RadioGroup value={wanted ?? kept}>
        {CHOICES.map(({ value, shown, name: label, means }) => (
          <parts.RadioItem
            key={value}
            value={value}
            disabled={own === undefined}
            onSelect={() => void choose(shown, value)}
            className="flex min-h-11 items-center gap-2.5 rounded-2 px-3 py-1.5 outline-none data-highlighted:bg-sunk md:min-h-9"
          >
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{t(label)}</span>
              {means && <span className="block text-ink-3 text-xs">{t(means)}</span>}
            </span>
            <parts.ItemIndicator>
              <Check aria-hidden="true" className="size-4" />
            </parts.ItemIndicator>
          </parts.RadioItem>
        ))}
      </parts.RadioGroup>
      {own?.visibility === 'private' && (
        <p className="px-3 pt-1 pb-2 text-ink-3 text-xs">
          {t(
            'Your profile is private. Anything but hidden shows you to students who fit you, and to nobody else.',
          )}
        </p>
      )}
    </>
  );
}

function Names({ name, words }: { name: string; words: string }) {
  return (
    <>
      <span className="hidden min-w-0 xl:block">
        <span className="block truncate font-semibold leading-4.5">{name}</span>
        <span className="block min-h-4.5 truncate text-ink-3 text-xs">{words}</span>
      </span>
      <ChevronsUpDown
        aria-hidden="true"
        className="ml-auto hidden size-4 shrink-0 text-ink-3 xl:block"
        strokeWidth={1.75}
      />
    </>
  );
}

/** The student's avatar with what others see of them; opens the choice of it and the way to their own page. */
export function OwnStateMenu({ name, email, place, current }: OwnStateMenuProps) {
  const t = useText();
  const { words, shape } = useOwnState();
  const { problem, clear, ...choosing } = useChoosing();
  const isRail = place === 'rail';
  const leaving = useRef<HTMLFormElement>(null);
  return (
    <Menu modal={false} onOpenChange={clear}>
      <MenuTrigger
        aria-label={`${t('You, {name}', { name })}${words === '' ? '' : `. ${words}`}`}
        data-own-state={words}
        className={
          isRail
            ? clsx(
                'mt-auto flex items-center gap-2.5 rounded-2 p-2 text-left hover:bg-[color-mix(in_srgb,var(--ink)_5%,transparent)] md:justify-center xl:justify-start',
                current && 'xl:bg-page',
              )
            : iconButtonClass()
        }
      >
        <span className="relative shrink-0 [--ground:var(--desk)]">
          <Avatar name={name} />
          {shape !== null && (
            <PresenceDot activity={shape} className="absolute -right-1 -bottom-1 rounded-full! bg-desk" />
          )}
        </span>
        {isRail && <Names name={name} words={words} />}
      </MenuTrigger>
      <MenuContent align={isRail ? 'start' : 'end'} side={isRail ? 'top' : 'bottom'} className="w-64">
        <Choices {...choosing} />
        <MenuSeparator />
        <MenuItem asChild>
          <Link href={paths.you}>
            <UserRound aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.75} />
            <span className="min-w-0 py-1.5">
              <span className="block">{t('You and your settings')}</span>
              <span className="block truncate font-normal text-ink-3 text-xs">{email}</span>
            </span>
          </Link>
        </MenuItem>
        <MenuItem icon={LogOut} onSelect={() => leaving.current?.requestSubmit()}>
          {t('Sign out')}
        </MenuItem>
      </MenuContent>
      {/* Posts and loads a new page, so that nothing of this student stays in memory. */}
      <form ref={leaving} action={paths.signOut} method="post" onSubmit={flushDeletions} className="hidden" />
      {problem && (
        <p
          role="alert"
          className="fixed right-4 bottom-4 z-50 max-w-80 rounded-3 border border-rule bg-page px-4 py-3 text-brick shadow-float"
        >
          {problem}
        </p>
      )}
    </Menu>
  );
}
