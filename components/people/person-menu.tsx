'use client';

import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useSWRConfig } from 'swr';
import { sentenceOf } from '@/components/client/request';
import { IconButton } from '@/components/ui/button';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/menu';
import { api } from '@/lib/links';
import { blockPerson } from './requests';

type PersonMenuProps = { userId: string; name: string; onBlocked: () => void; onReport: () => void };

/** Block takes effect at once and can be undone in the same place; reporting asks what for. */
export function PersonMenu({ userId, name, onBlocked, onReport }: PersonMenuProps) {
  const { mutate } = useSWRConfig();
  const [problem, setProblem] = useState<string>();
  const block = async () => {
    setProblem(undefined);
    try {
      await blockPerson(userId);
      onBlocked();
      void mutate(api.people);
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };
  return (
    <>
      {problem && (
        <p role="alert" className="min-w-0 text-brick text-xs">
          {problem}
        </p>
      )}
      <Menu>
        <MenuTrigger asChild>
          <IconButton label="More: block, report">
            <Ellipsis aria-hidden="true" className="size-4.5" />
          </IconButton>
        </MenuTrigger>
        <MenuContent>
          <MenuItem onSelect={() => void block()}>Block {name}</MenuItem>
          <MenuItem onSelect={onReport}>Report {name}</MenuItem>
        </MenuContent>
      </Menu>
    </>
  );
}
