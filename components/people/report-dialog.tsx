'use client';

import { useId, useState } from 'react';
import { useSWRConfig } from 'swr';
import { useText } from '#use-text';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { ProblemText } from '@/components/ui/problem-text';
import { TextArea } from '@/components/ui/text-field';
import { MAX_REPORT_CHARACTERS } from '@/lib/domain/bounds';
import type { ReportReason } from '@/lib/domain/person';
import { type Message, text } from '@/lib/language/text';
import { api } from '@/lib/links';
import { blockPerson, reportPerson } from './requests';

const REASONS: readonly { value: ReportReason; name: Message }[] = [
  { value: 'spam', name: text('Advertising or spam') },
  { value: 'harassment', name: text('Harassment or threats') },
  { value: 'inappropriate', name: text('Something that does not belong here') },
  { value: 'safety', name: text('I fear for somebody’s safety') },
  { value: 'other', name: text('Something else') },
];

type ReportDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  userId: string;
  name: string;
  onBlocked: () => void;
};

/** Tells whoever runs this place what went wrong. The other side never learns of it. */
export function ReportDialog({ open, onOpenChange, ...rest }: ReportDialogProps) {
  const t = useText();
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t('Report {name}', { name: rest.name })}>
        <ReportForm {...rest} onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

type ReportFormProps = Omit<ReportDialogProps, 'open' | 'onOpenChange'> & { onClose: () => void };

function ReportForm({ userId, name, onBlocked, onClose }: ReportFormProps) {
  const t = useText();
  const id = useId();
  const [reason, setReason] = useState<ReportReason>();
  const [note, setNote] = useState('');
  const [isDone, setIsDone] = useState(false);
  const report = useAction(async () => {
    if (reason === undefined) throw new Error(t('Choose what it is about.'));
    await reportPerson(userId, reason, note);
    setIsDone(true);
  });
  if (isDone) return <Reported userId={userId} name={name} onBlocked={onBlocked} onClose={onClose} />;
  return (
    <Form onSend={() => void report.run()}>
      <fieldset>
        <legend className="mb-1 font-semibold">{t('What is it about?')}</legend>
        {REASONS.map(({ value, name: words }) => (
          <label key={value} className="flex min-h-10 items-center gap-2.5">
            <input
              type="radio"
              name={`${id}-reason`}
              value={value}
              checked={reason === value}
              onChange={() => setReason(value)}
              className="size-4 accent-(--ink)"
            />
            {t(words)}
          </label>
        ))}
      </fieldset>
      <div className="mt-3">
        <TextArea
          label={t('What happened, if you want to say')}
          value={note}
          rows={3}
          maxLength={MAX_REPORT_CHARACTERS}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <ProblemText problem={report.problem} className="mt-2" />
      <Button type="submit" variant="primary" busy={report.pending} className="mt-4">
        {t('Report')}
      </Button>
    </Form>
  );
}

function Reported({ userId, name, onBlocked, onClose }: ReportFormProps) {
  const t = useText();
  const { mutate } = useSWRConfig();
  const block = useAction(async () => {
    await blockPerson(userId);
    void mutate(api.people);
    onClose();
    onBlocked();
  });
  return (
    <div>
      <p role="status" className="text-md">
        {t('Reported. A person looks at it. {name} is not told.', { name })}
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button variant="primary" busy={block.pending} onClick={() => void block.run()}>
          {t('Block {name} too', { name })}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {t('Close')}
        </Button>
      </div>
      <ProblemText problem={block.problem} className="mt-2" />
    </div>
  );
}
