'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { DAYS, type Week, withDayCopied } from './week';

const TARGETS = [
  { value: 'weekdays', name: 'Monday to Friday', dows: [1, 2, 3, 4, 5] },
  { value: 'weekend', name: 'Saturday and Sunday', dows: [6, 0] },
  { value: 'all', name: 'every day', dows: [0, 1, 2, 3, 4, 5, 6] },
  ...DAYS.map(({ dow, name }) => ({ value: String(dow), name, dows: [dow] })),
];

const selectClass = 'h-10 min-w-0 rounded-2 border border-edge bg-page px-2.5';

type CopyDayProps = { onCopy: (words: string, change: (week: Week) => Week) => void };

/** Most weeks repeat a day: it is painted once and copied. */
export function CopyDay({ onCopy }: CopyDayProps) {
  const id = useId();
  const [from, setFrom] = useState(1);
  const [to, setTo] = useState('weekdays');
  const copy = () => {
    const target = TARGETS.find(({ value }) => value === to);
    const source = DAYS.find(({ dow }) => dow === from);
    if (!target || !source) return;
    onCopy(`Copied ${source.name} to ${target.name}.`, (week) => withDayCopied(week, from, target.dows));
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <label htmlFor={`${id}-from`}>Copy</label>
      <select
        id={`${id}-from`}
        value={from}
        onChange={(event) => setFrom(Number(event.target.value))}
        className={selectClass}
      >
        {DAYS.map(({ dow, name }) => (
          <option key={dow} value={dow}>
            {name}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-to`}>to</label>
      <select
        id={`${id}-to`}
        value={to}
        onChange={(event) => setTo(event.target.value)}
        className={selectClass}
      >
        {TARGETS.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <Button size="sm" onClick={copy}>
        Copy the day
      </Button>
    </div>
  );
}
