'use client';

import type { ReactNode } from 'react';
import { useText } from '#use-text';
import { useAction } from '@/components/client/use-action';
import { Button } from './button';
import { Form, type ReadField } from './form';

type RowFormProps = {
  /** Throws what is wrong with the fields. */
  onSave: (read: ReadField) => Promise<void>;
  onClose: () => void;
  /** The page's one ink button. */
  isPrimary?: boolean;
  fields: (problem: string | undefined) => ReactNode;
};

/** Two fields of one thing, changed in place. Escape leaves it as it was. */
export function RowForm({ onSave, onClose, isPrimary = false, fields }: RowFormProps) {
  const t = useText();
  const { run, pending, problem } = useAction(onSave);
  return (
    <Form
      onSend={async (read) => {
        if (await run(read)) onClose();
      }}
      onLeave={onClose}
      className="grid items-start gap-3 md:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_auto]"
    >
      {fields(problem)}
      <div className="flex gap-2 md:pt-7.5">
        <Button type="submit" variant={isPrimary ? 'primary' : 'line'} busy={pending}>
          {t('Save')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {t('Cancel')}
        </Button>
      </div>
    </Form>
  );
}
