'use client';

import { useId } from 'react';
import { useText } from '#use-text';
import { changeProfile } from '@/components/people/requests';
import { Form } from '@/components/ui/form';
import { minuteOfDay } from '@/lib/calendar/words';
import type { QuietHours } from '@/lib/domain/profile';
import { SaveLine } from './save-line';
import { useSaved } from './use-saved';

const USUAL: QuietHours = { from: 22 * 60, to: 8 * 60 };

/** Minutes since midnight; null while a field is half typed. */
function toMinutes(clock: string): number | null {
  const [hours, minutes] = clock.split(':').map(Number);
  return hours === undefined || minutes === undefined || Number.isNaN(hours + minutes)
    ? null
    : hours * 60 + minutes;
}

type TimeFieldProps = { label: string; value: number; onChange: (minutes: number) => void };

function TimeField({ label, value, onChange }: TimeFieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      <input
        id={id}
        type="time"
        required
        value={minuteOfDay(value)}
        onChange={(event) => {
          const minutes = toMinutes(event.target.value);
          if (minutes !== null) onChange(minutes);
        }}
        className="block h-12 rounded-2 border border-edge bg-page px-3 text-md tabular"
      />
    </div>
  );
}

/** When no message reaches the student. What is sent in these hours arrives when they end. */
export function QuietHoursForm({ quietHours }: { quietHours: QuietHours | null }) {
  const t = useText();
  const { fields, state, problem, edit, submit } = useSaved<{ quiet: QuietHours | null }>(
    'quiet-hours',
    { quiet: quietHours },
    async ({ quiet }) => {
      if (quiet !== null && quiet.from === quiet.to) throw new Error(t('Let them end at another time.'));
      return { quiet: (await changeProfile({ quietHours: quiet })).quietHours };
    },
  );
  const { quiet } = fields;
  return (
    <Form onSend={() => void submit()} className="grid gap-3">
      <label className="flex min-h-11 items-center gap-2.5 font-medium">
        <input
          type="checkbox"
          checked={quiet !== null}
          onChange={(event) => edit({ quiet: event.target.checked ? USUAL : null })}
          className="size-4.5 accent-(--ink)"
        />
        {t('Keep messages back in these hours')}
      </label>
      {quiet !== null && (
        <div className="flex flex-wrap gap-3">
          <TimeField
            label={t('From')}
            value={quiet.from}
            onChange={(from) => edit({ quiet: { ...quiet, from } })}
          />
          <TimeField label={t('To')} value={quiet.to} onChange={(to) => edit({ quiet: { ...quiet, to } })} />
        </div>
      )}
      <p className="text-ink-3 text-xs">
        {t('On your own clock. Who writes to you meanwhile is told when it arrives.')}
      </p>
      <SaveLine state={state} problem={problem} />
    </Form>
  );
}
