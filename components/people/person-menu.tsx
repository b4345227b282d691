'use client';

import { Ellipsis } from 'lucide-react';
import { useSWRConfig } from 'swr';
import { useText } from '#use-text';
import { useAction } from '@/components/client/use-action';
import { IconButton } from '@/components/ui/button';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/menu';
import { ProblemText } from '@/components/ui/problem-text';
import { api } from '@/lib/links';
import { blockPerson } from './requests';

type PersonMenuProps = { userId: string; name: string; onBlocked: () => void; onReport: () => void };

/** Block takes effect at once and can be undone in the same place; reporting asks what for. */
export function PersonMenu({ userId, name, onBlocked, onReport }: PersonMenuProps) {
  const t = useText();
  const { mutate } = useSWRConfig();
  const block = useAction(async () => {
    await blockPerson(userId);
    onBlocked();
    void mutate(api.people);
  });
  return (
    <>
      <ProblemText problem={block.problem} className="min-w-0" />
      <Menu>
        <MenuTrigger asChild>
          <IconButton label={t('More: block, report')}>
            <Ellipsis aria-hidden="true" className="size-4.5" />
          </IconButton>
        </MenuTrigger>
        <MenuContent>
          <MenuItem onSelect={() => void block.run()}>{t('Block {name}', { name })}</MenuItem>
          <MenuItem onSelect={onReport}>{t('Report {name}', { name })}</MenuItem>
        </MenuContent>
      </Menu>
    </>
  );
}
