'use client';

import { Check } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useText } from '#use-text';
import { Button, TextButton } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import { listOf } from '@/lib/calendar/words';
import { type Message, text } from '@/lib/language/text';
import { paths } from '@/lib/links';
import { partsOf, type Saving, type SessionPart, useSavedParts } from './save-session';
import { ToolCard } from './tool-card';
import type { ToolCardProps, ToolOutput } from './tool-view';

type Output = ToolOutput<'summarizeSession'>;

const WORDS: Record<SessionPart, { save: Message; saved: Message; href: string; name: Message }> = {
  note: {
    save: text('Save as a note'),
    saved: text('In your library'),
    href: paths.library,
    name: text('The summary'),
  },
  flashcards: {
    save: text('Save the cards'),
    saved: text('In your cards'),
    href: paths.cards,
    name: text('The cards'),
  },
  tasks: {
    save: text('Save the tasks'),
    saved: text('In your plan'),
    href: paths.plan,
    name: text('The tasks'),
  },
};

function SaveOne({ part, saving: { saved, busy, save } }: { part: SessionPart; saving: Saving }) {
  const t = useText();
  const words = WORDS[part];
  if (saved.has(part)) {
    return (
      <Link href={words.href} className="link inline-flex min-h-8 shrink-0 items-center gap-1 text-xs">
        <Check aria-hidden="true" className="size-4 text-moss" />
        {t(words.saved)}
      </Link>
    );
  }
  return (
    <TextButton
      className="min-h-8 shrink-0 text-xs"
      aria-disabled={busy.has(part)}
      onClick={() => void save([part])}
    >
      {t(words.save)}
    </TextButton>
  );
}

type SectionProps = { title: string; aside?: ReactNode; children: ReactNode };

const Section = ({ title, aside, children }: SectionProps) => (
  <section className="mt-3.5 border-rule border-t pt-2">
    <div className="flex min-h-8 items-center justify-between gap-3">
      <h3 className="font-semibold">{title}</h3>
      {aside}
    </div>
    {children}
  </section>
);

/** What is saved and what is not, after something went wrong. */
function Failure({ saving: { failures, saved } }: { saving: Saving }) {
  const t = useText();
  if (failures.size === 0) return null;
  const kept = [...saved].map((part) => {
    const name = t(WORDS[part].name);
    return t.language === 'en' ? name.toLowerCase() : name;
  });
  return (
    <Strip tone="bad" className="mt-3.5">
      {[...failures].map(([part, message]) => (
        <p key={part}>{t('{name} could not be saved. {message}', { name: t(WORDS[part].name), message })}</p>
      ))}
      {kept.length > 0 && <p>{t('Saved: {kept}.', { kept: listOf(kept, t.language) })}</p>}
    </Strip>
  );
}

const Tasks = ({ tasks }: Pick<Output, 'tasks'>) => {
  const t = useText();
  return (
    <ul>
      {tasks.map((task) => (
        <li key={task.title} className="grid grid-cols-[3.5rem_minmax(0,1fr)] items-baseline gap-x-3 py-1">
          <span className="text-ink-3 text-xs tabular">{t('{etaMin} min', { etaMin: task.etaMin })}</span>
          <span>{task.title}</span>
        </li>
      ))}
    </ul>
  );
};

const Cards = ({ flashcards }: Pick<Output, 'flashcards'>) => (
  <ul>
    {flashcards.map(({ front, back }) => (
      <li key={front} className="border-rule border-t py-2 font-notes first:border-t-0">
        <p className="text-[0.9375rem] leading-5.5">{front}</p>
        <p className="text-ink-2 text-sm">{back}</p>
      </li>
    ))}
  </ul>
);

/** A session in short, all of it savable with one press, or part by part. */
export function SummarizeSessionCard({ part: { toolCallId, output } }: ToolCardProps<'summarizeSession'>) {
  const t = useText();
  const { title, summary, keyPoints, tasks, flashcards, isCut, source } = output;
  const saving = useSavedParts(toolCallId, output);
  const parts = partsOf(output);
  const isSaved = parts.every((part) => saving.saved.has(part));
  const saveOne = (part: SessionPart) => <SaveOne part={part} saving={saving} />;
  return (
    <ToolCard
      label={t('Summary: {title}', { title })}
      title={title}
      aside={saveOne('note')}
      actions={
        isSaved ? (
          <p role="status" className="inline-flex items-center gap-1.5 text-ink-2">
            <Check aria-hidden="true" className="size-4 text-moss" />
            {t('Everything is saved.')}
          </p>
        ) : (
          <Button variant="primary" busy={saving.busy.size > 0} onClick={() => void saving.save(parts)}>
            {saving.failures.size > 0 ? t('Save the rest') : t('Save all')}
          </Button>
        )
      }
    >
      <p className="mt-1 whitespace-pre-line text-md">{summary}</p>
      {isCut && (
        <p className="mt-1 text-ink-3 text-xs">
          {source === 'thread'
            ? t('The conversation is long: its beginning is left out.')
            : t('The transcript is long: what comes after 60,000 characters is left out.')}
        </p>
      )}
      {keyPoints.length > 0 && (
        <Section title={t('Key points')}>
          <ul className="grid list-disc gap-1 pl-5">
            {keyPoints.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </Section>
      )}
      {tasks.length > 0 && (
        <Section
          title={t('{count, plural, one {# task} other {# tasks}}', { count: tasks.length })}
          aside={saveOne('tasks')}
        >
          <Tasks tasks={tasks} />
        </Section>
      )}
      {flashcards.length > 0 && (
        <Section
          title={t('{count, plural, one {# card} other {# cards}}', { count: flashcards.length })}
          aside={saveOne('flashcards')}
        >
          <Cards flashcards={flashcards} />
        </Section>
      )}
      <Failure saving={saving} />
    </ToolCard>
  );
}
