'use client';

import { ChevronDown } from 'lucide-react';
import { useText } from '#use-text';
import { iconButtonClass } from '@/components/ui/button';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/menu';
import { ANSWER_NUDGES, type TurnSettings } from '@/lib/domain/turn';
import { type Message, type Translate, text } from '@/lib/language/text';

type Nudge = NonNullable<TurnSettings['nudge']>;

const WORDS: Record<Nudge, Message> = {
  shorter: text('Shorter'),
  simpler: text('Simpler'),
  deeper: text('Deeper'),
  example: text('Another example'),
  language: text('In my language'),
};

/** What an answer is, that was written again in some other way. */
export const nudgeWord = (nudge: Nudge, t: Translate) => t(WORDS[nudge]).toLowerCase();

/** The ways in which an answer can be written again. */
export const NudgeMenu = ({ onPick }: { onPick: (nudge: Nudge) => void }) => {
  const t = useText();
  return (
    <Menu>
      <MenuTrigger aria-label={t('Answer again, but differently')} className={iconButtonClass()}>
        <ChevronDown aria-hidden="true" className="size-4" />
      </MenuTrigger>
      <MenuContent>
        {ANSWER_NUDGES.map((nudge) => (
          <MenuItem key={nudge} onSelect={() => onPick(nudge)}>
            {t(WORDS[nudge])}
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  );
};
