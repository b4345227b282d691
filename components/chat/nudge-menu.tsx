'use client';

import { ChevronDown } from 'lucide-react';
import { iconButtonClass } from '@/components/ui/button';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/menu';
import { ANSWER_NUDGES, type TurnSettings } from '@/lib/domain/turn';

type Nudge = NonNullable<TurnSettings['nudge']>;

const WORDS: Record<Nudge, string> = {
  shorter: 'Shorter',
  simpler: 'Simpler',
  deeper: 'Deeper',
  example: 'Another example',
  language: 'In my language',
};

/** What an answer is, that was written again in some other way. */
export const nudgeWord = (nudge: Nudge) => WORDS[nudge].toLowerCase();

/** The ways in which an answer can be written again. */
export const NudgeMenu = ({ onPick }: { onPick: (nudge: Nudge) => void }) => (
  <Menu>
    <MenuTrigger aria-label="Answer again, but differently" className={iconButtonClass()}>
      <ChevronDown aria-hidden="true" className="size-4" />
    </MenuTrigger>
    <MenuContent>
      {ANSWER_NUDGES.map((nudge) => (
        <MenuItem key={nudge} onSelect={() => onPick(nudge)}>
          {WORDS[nudge]}
        </MenuItem>
      ))}
    </MenuContent>
  </Menu>
);
