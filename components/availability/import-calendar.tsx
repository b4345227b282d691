'use client';

import { useId, useRef, useState } from 'react';
import { useText } from '#use-text';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { FileInput } from '@/components/ui/file-input';
import { Form } from '@/components/ui/form';
import { ProblemText } from '@/components/ui/problem-text';
import { TextField } from '@/components/ui/text-field';
import { MAX_CALENDAR_BYTES } from '@/lib/domain/bounds';
import { sentence } from '@/lib/language/text';
import { type Imported, importCalendar } from './requests';
import { isSameWeek, type Week, without } from './week';

/** What happens once in four weeks is an appointment, not a timetable. */
const REGULAR_WEEKS = 2;

type ImportCalendarProps = { week: Week; onApply: (what: string, week: Week) => void };

/** Takes what a calendar keeps busy out of the painted week. Only times are read; no title, place or person is kept. */
export function ImportCalendar({ week, onApply }: ImportCalendarProps) {
  const t = useText();
  const id = useId();
  const [found, setFound] = useState<Imported>();
  const [withSingle, setWithSingle] = useState(false);
  const { run, pending, problem } = useAction(async (read: () => Promise<Imported>) => {
    setFound(undefined);
    setFound(await read());
  });
  return (
    <section aria-labelledby={`${id}-title`} className="rounded-3 border border-rule px-4.5 py-4">
      <h3 id={`${id}-title`} className="font-semibold">
        {t('Take busy times out')}
      </h3>
      <p className="mt-0.5 mb-3 text-ink-2">
        {t(
          'From a calendar file (.ics) or its address. I read when you are busy in the next 4 weeks, and keep no titles, places or names.',
        )}
      </p>
      <Sources busy={pending} onRead={(read) => void run(read)} />
      <div role="status" className="mt-3">
        {pending && <p className="text-ink-2 text-xs">{t('Reading the calendar')}</p>}
        {found && (
          <Found
            found={found}
            week={week}
            withSingle={withSingle}
            onSingle={setWithSingle}
            onTake={(next) => {
              onApply(t('Took the busy times out. Save to keep it so.'), next);
              setFound(undefined);
            }}
          />
        )}
      </div>
      <ProblemText problem={problem} className="mt-2" />
    </section>
  );
}

type FoundProps = {
  found: Imported;
  week: Week;
  withSingle: boolean;
  onSingle: (withSingle: boolean) => void;
  onTake: (week: Week) => void;
};

/** What the calendar keeps busy, and what of it is taken out of the painted week. */
function Found({ found, week, withSingle, onSingle, onTake }: FoundProps) {
  const t = useText();
  const regular = found.busy.filter(({ weeks }) => weeks >= REGULAR_WEEKS);
  const single = found.busy.filter(({ weeks }) => weeks < REGULAR_WEEKS);
  const next = without(week, withSingle ? found.busy : regular);
  return (
    <div className="grid gap-2.5">
      <p>
        {found.events === 0
          ? t('Nothing keeps you busy in the next 4 weeks.')
          : t(
              '{events, plural, one {# busy time} other {# busy times}} in the next 4 weeks. As weekly times: {count} that come back, {count2} only once.',
              { events: found.events, count: regular.length, count2: single.length },
            )}
        {found.skipped > 0 &&
          ' ' +
            t('Entries that repeat in a way I cannot read: {skipped}; of these only the first time counts.', {
              skipped: found.skipped,
            })}
      </p>
      {single.length > 0 && (
        <label className="flex min-h-8 items-center gap-2.5">
          <input
            type="checkbox"
            checked={withSingle}
            onChange={(event) => onSingle(event.target.checked)}
            className="size-4.5 accent-(--ink)"
          />
          {t('Also take out what comes only once')}
        </label>
      )}
      {isSameWeek(next, week) ? (
        <p className="text-ink-2 text-xs">{t('None of it falls into a time you painted as free.')}</p>
      ) : (
        <div>
          <Button onClick={() => onTake(next)}>{t('Take them out')}</Button>
        </div>
      )}
    </div>
  );
}

async function readFile(file: File): Promise<Imported> {
  if (file.size > MAX_CALENDAR_BYTES) throw new Error(sentence('This file is larger than 1 MB.'));
  return importCalendar({ ics: await file.text() });
}

/** A file, or the address of one. */
function Sources({ busy, onRead }: { busy: boolean; onRead: (read: () => Promise<Imported>) => void }) {
  const t = useText();
  const file = useRef<HTMLInputElement>(null);
  const [url, setUrl] = useState('');
  return (
    <div className="grid gap-3">
      <div>
        <FileInput
          ref={file}
          accept=".ics,.ical,.ifb,text/calendar"
          onFiles={([chosen]) => chosen && onRead(() => readFile(chosen))}
        />
        <Button busy={busy} onClick={() => file.current?.click()}>
          {t('Choose an .ics file')}
        </Button>
      </div>
      <Form className="flex flex-wrap items-end gap-2" onSend={() => onRead(() => importCalendar({ url }))}>
        <div className="min-w-0 flex-1 basis-60">
          <TextField
            label={t('Or its address')}
            type="text"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            required
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </div>
        <Button type="submit" busy={busy} className="md:min-h-12">
          {t('Read it')}
        </Button>
      </Form>
    </div>
  );
}
