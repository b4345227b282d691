'use client';

import { Check, ChevronDown, Settings2 } from 'lucide-react';
import useSWR from 'swr';
import { useText } from '#use-text';
import { AS_MADE } from '@/components/client/known-answers';
import { requestJson } from '@/components/client/request';
import { styleOf } from '@/components/client/tutor-style';
import { useAction } from '@/components/client/use-action';
import { Menu, MenuContent, MenuItem, MenuLink, MenuSeparator, MenuTrigger } from '@/components/ui/menu';
import { ProblemText } from '@/components/ui/problem-text';
import type { PersonaView } from '@/lib/domain/persona';
import { api, paths } from '@/lib/links';

type Personas = { personas: PersonaView[]; default: string };
const fetchPersonas = (url: string) => requestJson<Personas>(url);
const fetchChosen = (url: string) => requestJson<{ persona: string | null }>(url);

/** Which style the tutor has in a conversation, and the way to another; it holds from the next question on. */
export function PersonaMenu({ threadId }: { threadId: string }) {
  const t = useText();
  const { data } = useSWR(api.personas, fetchPersonas, AS_MADE);
  const chosen = useSWR(api.threadPersona(threadId), fetchChosen, AS_MADE);
  const { run, problem } = useAction(async (persona: string) => {
    await requestJson(api.threadPersona(threadId), { method: 'PUT', body: { persona } });
    await chosen.mutate();
  });
  // What is shown stands on both answers; without them the conversation goes on as it is.
  if (!Array.isArray(data?.personas) || chosen.data?.persona === undefined) return null;
  const named = (slug: string | null) => data.personas.find((persona) => persona.slug === slug);
  const current = named(chosen.data.persona) ?? named(data.default) ?? data.personas[0];
  return (
    <>
      <Menu>
        <MenuTrigger
          aria-label={t('Tutor style: {title}', { title: current?.title ?? t('none') })}
          className="flex min-h-11 max-w-40 shrink-0 items-center gap-1 rounded-2 px-2 text-ink-2 text-sm hover:bg-sunk focus-visible:-outline-offset-2 md:min-h-9"
        >
          <span className="truncate">{current?.title}</span>
          <ChevronDown aria-hidden="true" className="size-4 shrink-0" />
        </MenuTrigger>
        <MenuContent className="max-w-80">
          {data.personas.map((persona) => (
            <MenuItem
              key={`${persona.isOwn} ${persona.slug}`}
              aria-current={persona === current ? 'true' : undefined}
              onSelect={() => void run(persona.slug)}
            >
              <span className="min-w-0 flex-1 py-1.5">
                <span className="block truncate">{persona.title}</span>
                <span className="block font-normal text-ink-3 text-xs">{styleOf(persona, t)}</span>
              </span>
              {persona === current && <Check aria-hidden="true" className="size-4 shrink-0" />}
            </MenuItem>
          ))}
          <MenuSeparator />
          <MenuLink icon={Settings2} href={paths.personas}>
            {t('Your own styles')}
          </MenuLink>
        </MenuContent>
      </Menu>
      <ProblemText problem={problem} />
    </>
  );
}
