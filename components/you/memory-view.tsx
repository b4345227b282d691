'use client';

import Link from 'next/link';
import { useRef, useState } from 'react';
import useSWR from 'swr';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { useZone } from '@/components/client/use-browser-fact';
import { useSettledRows } from '@/components/client/use-first-press';
import { Button } from '@/components/ui/button';
import { useInPlace } from '@/components/ui/editable-row';
import { Form } from '@/components/ui/form';
import { ProblemText } from '@/components/ui/problem-text';
import { Strip } from '@/components/ui/strip';
import { TextField } from '@/components/ui/text-field';
import { momentInWords } from '@/lib/calendar/words';
import { MAX_FACT_CHARACTERS } from '@/lib/domain/bounds';
import type { MemoryFact, MemoryScope } from '@/lib/domain/memory';
import { type Message, text } from '@/lib/language/text';
import { api, paths } from '@/lib/links';

type Memory = { facts: MemoryFact[]; paused: boolean };

const SCOPES: Readonly<Record<MemoryScope, Message>> = {
  long: text('About you'),
  preference: text('How you like to learn'),
  context: text('What is going on'),
  short: text('Just now'),
};

type RowProps = { fact: MemoryFact; onChanged: () => Promise<unknown>; onForgotten: () => void };

/** One fact: where it comes from, and the way to correct or forget it. */
function FactRow({ fact, onChanged, onForgotten }: RowProps) {
  const t = useText();
  const zone = useZone();
  const editor = useInPlace();
  const [draft, setDraft] = useState(fact.value);
  const { run, pending, problem } = useAction(async (method: 'PATCH' | 'DELETE', value?: string) => {
    await requestJson(api.fact(fact.id), { method, ...(value === undefined ? {} : { body: { value } }) });
    await onChanged();
    if (method === 'DELETE') onForgotten();
    else editor.close();
  });
  return (
    <li className="border-rule border-b py-2.5">
      {!editor.isOpen ? (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <p className="min-w-0 flex-1 basis-48 wrap-anywhere">
            <span className="text-ink-2">{fact.key}:</span> <span className="font-medium">{fact.value}</span>
          </p>
          <Button
            size="sm"
            variant="quiet"
            ref={editor.opener}
            onClick={() => {
              setDraft(fact.value);
              editor.open();
            }}
          >
            {t.rich('Correct<span> {key}</span>', {
              key: fact.key,
              span: (words) => <span className="sr-only">{words}</span>,
            })}
          </Button>
          <Button size="sm" variant="line" busy={pending} onClick={() => void run('DELETE')}>
            {t.rich('Forget<span> {key}</span>', {
              key: fact.key,
              span: (words) => <span className="sr-only">{words}</span>,
            })}
          </Button>
        </div>
      ) : (
        <Form className="grid gap-2" onSend={() => void run('PATCH', draft)} onLeave={editor.close}>
          <TextField
            label={fact.key}
            value={draft}
            required
            autoFocus
            maxLength={MAX_FACT_CHARACTERS}
            onChange={(event) => setDraft(event.target.value)}
          />
          <div className="flex gap-2">
            <Button type="submit" size="sm" busy={pending}>
              {t('Save')}
            </Button>
            <Button size="sm" variant="quiet" onClick={editor.close}>
              {t('Cancel')}
            </Button>
          </div>
        </Form>
      )}
      <p className="mt-0.5 text-ink-3 text-xs wrap-anywhere">
        {fact.quote === null ? t('Corrected by you') : t('You said: “{quote}”', { quote: fact.quote })}
        {fact.threadId && (
          <>
            {' · '}
            <Link prefetch={false} href={paths.thread(fact.threadId)} className="link py-1">
              {t('Where')}
            </Link>
          </>
        )}
        {fact.expiresAt && (
          <span>
            {' '}
            {t('· until {time}', { time: momentInWords(fact.expiresAt, 'day', zone, t.language) })}
          </span>
        )}
      </p>
      <ProblemText problem={problem} className="mt-1" />
    </li>
  );
}

type ListsProps = Omit<RowProps, 'fact'> & { facts: MemoryFact[] };

/** Everything there is, in the order of how long it holds. */
function FactLists({ facts, ...told }: ListsProps) {
  const t = useText();
  if (facts.length === 0) {
    return (
      <p className="text-ink-2">
        {t('Nothing yet. What you say of yourself in a conversation will stand here.')}
      </p>
    );
  }
  return Object.entries(SCOPES).map(([scope, title]) => {
    const own = facts.filter((fact) => fact.scope === scope);
    return (
      own.length > 0 && (
        <section key={scope} aria-labelledby={`memory-${scope}`}>
          <h2 id={`memory-${scope}`} className="mb-1 font-semibold">
            {t(title)}
          </h2>
          <ul>
            {own.map((fact) => (
              <FactRow key={fact.id} fact={fact} {...told} />
            ))}
          </ul>
        </section>
      )
    );
  });
}

/** What is remembered, to be read, corrected, forgotten and paused. */
export function MemoryView({ initial }: { initial: Memory }) {
  const t = useText();
  const {
    data = initial,
    error,
    mutate,
  } = useSWR<Memory, Error>(api.memory, (url: string) => requestJson(url), {
    fallbackData: initial,
  });
  const sure = useInPlace();
  const list = useRef<HTMLElement>(null);
  useSettledRows(list, data.facts.length);
  // The button that was pressed is gone with what it was for.
  const toList = () => list.current?.focus();
  const pause = useAction(async (paused: boolean) => {
    await requestJson(api.pauseMemory, { method: 'PUT', body: { paused } });
    await mutate();
  });
  const forget = useAction(async () => {
    await requestJson(api.memory, { method: 'DELETE' });
    await mutate();
    sure.close();
    toList();
  });
  return (
    <div className="grid gap-6">
      <div>
        <label className="flex min-h-11 items-center gap-2.5 font-medium">
          <input
            type="checkbox"
            checked={!data.paused}
            disabled={pause.pending}
            onChange={(event) => void pause.run(!event.target.checked)}
            className="size-4.5 accent-(--ink)"
          />
          {t('Remember what I say of myself')}
        </label>
        <p className="text-ink-3 text-xs">
          {t(
            'Only from your own words, never from documents or other people. Paused, nothing new is kept and no answer reads what stands here.',
          )}
        </p>
        <ProblemText problem={pause.problem} className="mt-1" />
      </div>
      {error && (
        <Strip tone="bad" onRetry={mutate}>
          {t.fault(error)}
        </Strip>
      )}
      <section ref={list} tabIndex={-1} aria-label={t('What is remembered')} className="grid gap-6">
        <FactLists facts={data.facts} onChanged={mutate} onForgotten={toList} />
      </section>
      {data.facts.length > 0 && (
        <div className="flex flex-wrap items-center gap-2">
          {sure.isOpen ? (
            <>
              <span className="text-ink-2">{t('This cannot be undone.')}</span>
              <Button size="sm" busy={forget.pending} onClick={() => void forget.run()}>
                {t('Forget all {count}', { count: data.facts.length })}
              </Button>
              <Button size="sm" variant="quiet" autoFocus onClick={sure.close}>
                {t('Keep them')}
              </Button>
            </>
          ) : (
            <Button size="sm" variant="line" ref={sure.opener} onClick={sure.open}>
              {t('Forget everything')}
            </Button>
          )}
          <ProblemText problem={forget.problem} />
        </div>
      )}
    </div>
  );
}
