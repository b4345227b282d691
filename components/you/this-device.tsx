'use client';

import { useState, useSyncExternalStore } from 'react';
import { useText } from '#use-text';
import { flushDeletions } from '@/components/client/deferred-delete';
import { chooseTheme, THEMES, type Theme } from '@/components/shell/theme';
import { Button, ButtonLink } from '@/components/ui/button';
import { areHotkeysOn, setHotkeysOn, subscribeHotkeys } from '@/components/ui/hotkeys-setting';
import { type Message, text } from '@/lib/language/text';
import { paths } from '@/lib/links';

const NAMES: Record<Theme, Message> = {
  system: text('As the system'),
  light: text('Light'),
  dark: text('Dark'),
};

export function ThemeChoice({ initial }: { initial: Theme }) {
  const t = useText();
  const [theme, setTheme] = useState(initial);
  return (
    <fieldset>
      <legend className="mb-1.5 font-semibold">{t('Theme')}</legend>
      <div className="flex flex-wrap gap-2">
        {THEMES.map((option) => (
          <label
            key={option}
            className="flex min-h-11 items-center gap-2.5 rounded-2 border border-edge px-3.5 font-medium hover:bg-sunk has-checked:border-ink has-checked:bg-sunk has-focus-visible:outline-2 has-focus-visible:outline-pen has-focus-visible:outline-offset-2 md:min-h-10"
          >
            <input
              type="radio"
              name="theme"
              value={option}
              checked={theme === option}
              onChange={() => {
                chooseTheme(option);
                setTheme(option);
              }}
              className="size-4 accent-(--ink) outline-none"
            />
            {t(NAMES[option])}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Single keys can be switched off for people whose tools type letters of their own (WCAG 2.1.4). */
export function HotkeysSwitch() {
  const t = useText();
  const isOn = useSyncExternalStore(subscribeHotkeys, areHotkeysOn, () => true);
  return (
    <label className="flex min-h-11 items-center gap-2.5 font-medium">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => setHotkeysOn(event.target.checked)}
        className="size-4.5 accent-(--ink)"
      />
      {t('Use keys on this device')}
    </label>
  );
}

/** Posts and loads a new page, so that nothing of this student stays in memory. */
export function SignOut() {
  const t = useText();
  return (
    // Deletions that wait for Undo need the session that is about to end.
    <form action={paths.signOut} method="post" onSubmit={flushDeletions} className="flex flex-wrap gap-3">
      <Button type="submit">{t('Sign out')}</Button>
      <Button type="submit" name="scope" value="others">
        {t('Sign out everywhere else')}
      </Button>
      <ButtonLink href={paths.newPassword}>{t('Change password')}</ButtonLink>
      <ButtonLink href={paths.newEmail}>{t('Change email')}</ButtonLink>
    </form>
  );
}
