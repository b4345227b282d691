'use client';

import { type ReactNode, useState } from 'react';
import { useText } from '#use-text';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Form, type ReadField } from '@/components/ui/form';
import { Strip } from '@/components/ui/strip';
import { TextArea, TextField } from '@/components/ui/text-field';
import { weekdayAt } from '@/lib/calendar/words';
import { MAX_GOALS, MAX_TITLE_CHARACTERS, STUDY_DAY_MINUTES } from '@/lib/domain/bounds';
import type { PlanRequest } from '@/lib/domain/plan';
import type { Translate } from '@/lib/language/text';

type PlanFormProps = {
  initial?: PlanRequest;
  submit: string;
  onSubmit: (fields: PlanRequest) => Promise<unknown>;
  today: string;
  /** Beside the button. */
  more?: ReactNode;
};

const WEEK = [1, 2, 3, 4, 5, 6, 0];
const EMPTY: PlanRequest = {
  goals: [],
  timePerDayMin: 45,
  daysPerWeek: 5,
  weekdays: [1, 2, 3, 4, 5],
  deadline: null,
  knownWeakSpots: [],
};

const linesOf = (value: string, separator: RegExp) =>
  value
    .split(separator)
    .map((line) => line.trim())
    .filter((line) => line !== '');

function fieldsOf(read: ReadField, form: HTMLFormElement): PlanRequest {
  const weekdays = new FormData(form).getAll('weekday').map(Number);
  return {
    goals: linesOf(read('goals'), /\n/),
    timePerDayMin: Number(read('minutes')),
    daysPerWeek: weekdays.length,
    weekdays,
    deadline: read('deadline') || null,
    knownWeakSpots: linesOf(read('weak'), /[\n,;]/).slice(0, MAX_GOALS),
  };
}

function wrongWith(goals: readonly string[], t: Translate): string | undefined {
  if (goals.length === 0) return t('Name at least one goal.');
  if (goals.length > MAX_GOALS)
    return t('{value} goals are the most. Put some of them together.', { value: MAX_GOALS });
  const isLong = goals.some((goal) => goal.length > MAX_TITLE_CHARACTERS);
  return isLong ? t('Keep each goal under {value} characters.', { value: MAX_TITLE_CHARACTERS }) : undefined;
}

/** What a plan is made from: goals, minutes, days and a date. */
export function PlanForm({ initial = EMPTY, submit, onSubmit, today, more }: PlanFormProps) {
  const t = useText();
  const [goalError, setGoalError] = useState<string>();
  const { run, pending, problem } = useAction(async (fields: PlanRequest) => {
    if (fields.weekdays.length === 0) throw new Error(t('Choose at least one day.'));
    await onSubmit(fields);
  });
  const send = (fields: PlanRequest) => {
    const wrong = wrongWith(fields.goals, t);
    setGoalError(wrong);
    if (wrong === undefined) void run(fields);
  };
  return (
    <Form onSend={(read, form) => send(fieldsOf(read, form))} className="grid max-w-measure gap-5">
      <TextArea
        label={t('What you want to know')}
        name="goals"
        rows={3}
        maxLength={4_500}
        defaultValue={initial.goals.join('\n')}
        error={goalError}
        hint={t('One goal a line, the most important first: a chapter, a topic, an exam')}
        className="min-h-24"
      />
      <div className="grid gap-5 md:grid-cols-2">
        <TextField
          label={t('Minutes on a study day')}
          name="minutes"
          type="number"
          min={5}
          max={STUDY_DAY_MINUTES.max}
          required
          defaultValue={initial.timePerDayMin}
        />
        <TextField
          label={t('Exam or deadline')}
          name="deadline"
          type="date"
          min={today}
          defaultValue={initial.deadline ?? ''}
          hint={t('Left empty, the plan covers four weeks')}
        />
      </div>
      <DaysField initial={initial.weekdays} />
      <TextField
        label={t('What you find hard')}
        name="weak"
        defaultValue={initial.knownWeakSpots.join(', ')}
        maxLength={1000}
        autoComplete="off"
        hint={t('Separated by commas; it gets more time. What your quizzes measured is known already')}
      />
      <Strip tone="bad">{problem}</Strip>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" busy={pending}>
          {submit}
        </Button>
        {more}
      </div>
    </Form>
  );
}

const DaysField = ({ initial }: { initial: readonly number[] }) => {
  const t = useText();
  return (
    <fieldset>
      <legend className="mb-1.5 font-semibold">{t('Days to study on')}</legend>
      <div className="flex flex-wrap gap-2">
        {WEEK.map((day) => (
          <label
            key={day}
            className="flex min-h-11 cursor-pointer items-center gap-2 rounded-2 border border-edge px-3 text-ink-2 has-checked:border-ink has-checked:font-semibold has-checked:text-ink has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-pen has-[input:focus-visible]:outline-offset-2 md:min-h-10"
          >
            <input
              type="checkbox"
              name="weekday"
              value={day}
              defaultChecked={initial.includes(day)}
              className="size-4 accent-ink outline-none"
            />
            {weekdayAt(day, 'shortWeekday', t.language)}
          </label>
        ))}
      </div>
    </fieldset>
  );
};
