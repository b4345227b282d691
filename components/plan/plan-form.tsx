'use client';

import { clsx } from 'clsx';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Strip } from '@/components/ui/strip';
import { TextField } from '@/components/ui/text-field';
import { MAX_GOALS, MAX_TITLE_CHARACTERS, STUDY_DAY_MINUTES } from '@/lib/domain/bounds';
import type { PlanRequest } from '@/lib/domain/plan';

type PlanFormProps = {
  initial?: PlanRequest;
  submit: string;
  /** Gives the sentence to show when it failed. */
  onSubmit: (fields: PlanRequest) => Promise<string | undefined>;
  today?: string;
  /** Beside the button. */
  more?: ReactNode;
};

const WEEK = [
  { day: 1, name: 'Mon' },
  { day: 2, name: 'Tue' },
  { day: 3, name: 'Wed' },
  { day: 4, name: 'Thu' },
  { day: 5, name: 'Fri' },
  { day: 6, name: 'Sat' },
  { day: 0, name: 'Sun' },
] as const;
const EMPTY: PlanRequest = {
  goals: [],
  timePerDayMin: 45,
  daysPerWeek: 5,
  weekdays: [1, 2, 3, 4, 5],
  deadline: null,
  knownWeakSpots: [],
};

const linesOf = (value: FormDataEntryValue | null, separator: RegExp) =>
  String(value ?? '')
    .split(separator)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What a plan is made from: goals, minutes, days and a date. */
export function PlanForm({ initial = EMPTY, submit, onSubmit, today, more }: PlanFormProps) {
  const [weekdays, setWeekdays] = useState<readonly number[]>(initial.weekdays);
  const [isBusy, setIsBusy] = useState(false);
  const [goalError, setGoalError] = useState<string>();
  const [problem, setProblem] = useState<string>();

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const form = new FormData(event.currentTarget);
    const goals = linesOf(form.get('goals'), /\n/);
    setGoalError(undefined);
    setProblem(undefined);
    if (goals.length === 0) return setGoalError('Name at least one goal.');
    if (goals.length > MAX_GOALS)
      return setGoalError(`${MAX_GOALS} goals are the most. Put some of them together.`);
    if (goals.some((goal) => goal.length > MAX_TITLE_CHARACTERS))
      return setGoalError(`Keep each goal under ${MAX_TITLE_CHARACTERS} characters.`);
    if (weekdays.length === 0) return setProblem('Choose at least one day.');
    setIsBusy(true);
    const failure = await onSubmit({
      goals,
      timePerDayMin: Number(form.get('minutes')),
      daysPerWeek: weekdays.length,
      weekdays: [...weekdays],
      deadline: String(form.get('deadline') ?? '') || null,
      knownWeakSpots: linesOf(form.get('weak'), /[\n,;]/).slice(0, MAX_GOALS),
    });
    setIsBusy(false);
    setProblem(failure);
  };

  return (
    <form onSubmit={send} className="grid max-w-measure gap-5" noValidate={false}>
      <GoalsField initial={initial.goals} {...(goalError === undefined ? {} : { error: goalError })} />
      <div className="grid gap-5 md:grid-cols-2">
        <TextField
          label="Minutes on a study day"
          name="minutes"
          type="number"
          min={5}
          max={STUDY_DAY_MINUTES.max}
          required
          defaultValue={initial.timePerDayMin}
        />
        <TextField
          label="Exam or deadline"
          name="deadline"
          type="date"
          {...(today === undefined ? {} : { min: today })}
          defaultValue={initial.deadline ?? ''}
          hint="Left empty, the plan covers four weeks"
        />
      </div>
      <fieldset>
        <legend className="mb-1.5 font-semibold">Days to study on</legend>
        <div className="flex flex-wrap gap-2">
          {WEEK.map(({ day, name }) => {
            const isOn = weekdays.includes(day);
            return (
              <label
                key={day}
                className={clsx(
                  'flex min-h-11 cursor-pointer items-center gap-2 rounded-2 border px-3 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-pen has-[input:focus-visible]:outline-offset-2 md:min-h-10',
                  isOn ? 'border-ink font-semibold' : 'border-edge text-ink-2',
                )}
              >
                <input
                  type="checkbox"
                  checked={isOn}
                  onChange={() =>
                    setWeekdays(isOn ? weekdays.filter((other) => other !== day) : [...weekdays, day])
                  }
                  className="size-4 accent-ink outline-none"
                />
                {name}
              </label>
            );
          })}
        </div>
      </fieldset>
      <TextField
        label="What you find hard"
        name="weak"
        defaultValue={initial.knownWeakSpots.join(', ')}
        maxLength={1000}
        autoComplete="off"
        hint="Separated by commas; it gets more time. What your quizzes measured is known already"
      />
      {problem && <Strip tone="bad">{problem}</Strip>}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" busy={isBusy}>
          {submit}
        </Button>
        {more}
      </div>
    </form>
  );
}

function GoalsField({ initial, error }: { initial: readonly string[]; error?: string }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-semibold">
        What you want to know
      </label>
      <textarea
        id={id}
        name="goals"
        rows={3}
        maxLength={4_500}
        defaultValue={initial.join('\n')}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-note`}
        className={clsx(
          'block min-h-24 w-full rounded-2 border bg-page px-3.5 py-2.5 text-md',
          error ? 'border-brick' : 'border-edge',
        )}
      />
      <p id={`${id}-note`} className={clsx('mt-1.5 text-xs', error ? 'text-brick' : 'text-ink-3')}>
        {error ?? 'One goal a line, the most important first: a chapter, a topic, an exam'}
      </p>
    </div>
  );
}
