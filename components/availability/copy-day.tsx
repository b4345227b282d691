'use client';

import { useId, useState } from 'react';
import { useText } from '#use-text';
import { Button } from '@/components/ui/button';
import { text } from '@/lib/language/text';
import { DAYS, type Week, withDayCopied } from './week';

const TARGETS = [
  { value: 'weekdays', name: text('Monday to Friday'), dows: [1, 2, 3, 4, 5] },
  { value: 'weekend', name: text('Saturday and Sunday'), dows: [6, 0] },
  { value: 'all', name: text('every day'), dows: [0, 1, 2, 3, 4, 5, 6] },
  ...DAYS.map(({ dow, name }) => ({ value: String(dow), name, dows: [dow] })),
];

const selectClass = 'h-10 min-w-0 rounded-2 border border-edge bg-page px-2.5';

type CopyDayProps = { onCopy: (words: string, change: (week: Week) => Week) => void };

/** Most weeks repeat a day: it is painted once and copied. */
export function CopyDay({ onCopy }: CopyDayProps) {
  const t = useText();
  const id = useId();
  const [from, setFrom] = useState(1);
  const [to, setTo] = useState('weekdays');
  const copy = () => {
    const target = TARGETS.find(({ value }) => value === to);
    const source = DAYS.find(({ dow }) => dow === from);
    if (!target || !source) return;
    onCopy(t('Copied {name} to {name2}.', { name: t(source.name), name2: t(target.name) }), (week) =>
      withDayCopied(week, from, target.dows),
    );
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <label htmlFor={`${id}-from`}>{t('Copy')}</label>
      <select
        id={`${id}-from`}
        value={from}
        onChange={(event) => setFrom(Number(event.target.value))}
        className={selectClass}
      >
        {DAYS.map(({ dow, name }) => (
          <option key={dow} value={dow}>
            {t(name)}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-to`}>{t('to')}</label>
      <select
        id={`${id}-to`}
        value={to}
        onChange={(event) => setTo(event.target.value)}
        className={selectClass}
      >
        {TARGETS.map(({ value, name }) => (
          <option key={value} value={value}>
            {t(name)}
          </option>
        ))}
      </select>
      <Button size="sm" onClick={copy}>
        {t('Copy the day')}
      </Button>
    </div>
  );
}
