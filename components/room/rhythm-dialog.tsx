'use client';

import { useState } from 'react';
import { useText } from '#use-text';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { TextField } from '@/components/ui/text-field';
import { DURATION_LIMITS, type Durations } from '@/lib/domain/room';
import { text } from '@/lib/language/text';

type RhythmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  durations: Durations;
  onChoose: (chosen: Durations) => void;
};

const FIELDS = [
  { name: 'focusMinutes', label: text('Minutes of focus') },
  { name: 'breakMinutes', label: text('Minutes of break') },
  { name: 'rounds', label: text('Rounds') },
] as const;

/** A rhythm of one's own, within bounds that are said. */
export function RhythmDialog({ open, onOpenChange, durations, onChoose }: RhythmDialogProps) {
  const t = useText();
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t('Another rhythm')}>
        <RhythmForm
          durations={durations}
          onChoose={(chosen) => {
            onOpenChange(false);
            onChoose(chosen);
          }}
        />
      </DialogContent>
    </Dialog>
  );
}

function RhythmForm({ durations, onChoose }: Pick<RhythmDialogProps, 'durations' | 'onChoose'>) {
  const t = useText();
  const [typed, setTyped] = useState({
    focusMinutes: String(durations.focusMinutes),
    breakMinutes: String(durations.breakMinutes),
    rounds: String(durations.rounds),
  });
  const [isTried, setTried] = useState(false);
  const isWithin = (name: keyof Durations) => {
    const { min, max } = DURATION_LIMITS[name];
    const value = Number(typed[name]);
    return typed[name].trim() !== '' && Number.isInteger(value) && value >= min && value <= max;
  };
  const submit = () => {
    setTried(true);
    const { focusMinutes, breakMinutes, rounds } = typed;
    if (!FIELDS.every(({ name }) => isWithin(name))) return;
    onChoose({
      focusMinutes: Number(focusMinutes),
      breakMinutes: Number(breakMinutes),
      rounds: Number(rounds),
    });
  };
  return (
    <Form onSend={submit} noValidate className="grid gap-4">
      {FIELDS.map(({ name, label }) => {
        const { min, max } = DURATION_LIMITS[name];
        const bounds = t('{min} to {max}', { min, max });
        return (
          <TextField
            key={name}
            label={t(label)}
            inputMode="numeric"
            value={typed[name]}
            onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
            {...(isTried && !isWithin(name)
              ? { error: t('A number from {bounds}', { bounds }) }
              : { hint: bounds })}
          />
        );
      })}
      <Button type="submit" variant="primary" className="justify-self-start">
        {t('Use this rhythm')}
      </Button>
    </Form>
  );
}
