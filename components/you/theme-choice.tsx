'use client';

import { useState } from 'react';
import { chooseTheme, THEMES, type Theme } from '@/components/shell/theme';

const NAMES: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };

export function ThemeChoice({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  return (
    <fieldset>
      <legend className="mb-1.5 font-semibold">Theme</legend>
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
            {NAMES[option]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
