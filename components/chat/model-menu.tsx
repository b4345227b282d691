'use client';

import { Check, ChevronDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import useSWR from 'swr';
import { useText } from '#use-text';
import { AS_MADE } from '@/components/client/known-answers';
import { requestJson, studentHeader } from '@/components/client/request';
import { readStored, writeStored } from '@/components/client/stored';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/menu';
import type { ListedModel } from '@/lib/domain/turn';
import { api } from '@/lib/links';
import type { Conversation } from './conversation';

const storedKey = () => `clerva-model ${studentHeader()['x-clerva-student'] ?? ''}`;

/** Which model answers, where there is a choice. What a student chose is kept on this device. */
export function ModelMenu({ conversation }: { conversation: Conversation }) {
  const t = useText();
  const { data } = useSWR(api.models, requestJson<{ models?: ListedModel[] }>, AS_MADE);
  const [chosen, setChosen] = useState<string | null>(null);
  const models = data?.models ?? [];
  useEffect(() => setChosen(readStored(storedKey())), []);
  // A model that is gone meanwhile is not asked for any more.
  const model = models.find(({ id }) => id === chosen) ?? models.find((one) => one.default);
  const id = model === undefined || model.default ? undefined : model.id;
  useEffect(() => {
    conversation.model = id;
  }, [conversation, id]);
  if (models.length < 2 || !model) return null;
  const choose = (one: ListedModel) => {
    setChosen(one.id);
    writeStored(storedKey(), one.default ? null : one.id);
  };
  return (
    <Menu>
      <MenuTrigger
        aria-label={t('Model: {name}', { name: model.name })}
        className="flex min-h-11 max-w-full items-center gap-1 rounded-2 px-2 text-ink-3 text-xs hover:text-ink md:min-h-8"
      >
        <span className="truncate">{model.name}</span>
        <ChevronDown aria-hidden="true" className="size-3.5 shrink-0" />
      </MenuTrigger>
      <MenuContent>
        {models.map((one) => (
          <MenuItem key={one.id} onSelect={() => choose(one)} aria-current={one.id === model.id || undefined}>
            <span className="min-w-0 flex-1 truncate">{one.name}</span>
            {one.id === model.id && <Check aria-hidden="true" className="size-4 shrink-0" />}
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  );
}
