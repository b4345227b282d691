'use client';

import { useId, useState } from 'react';
import { useSWRConfig } from 'swr';
import { sentenceOf } from '@/components/client/request';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import type { ReportReason } from '@/lib/domain/person';
import { api } from '@/lib/links';
import { blockPerson, reportPerson } from './requests';

const REASONS: readonly { value: ReportReason; name: string }[] = [
  { value: 'spam', name: 'Advertising or spam' },
  { value: 'harassment', name: 'Harassment or threats' },
  { value: 'inappropriate', name: 'Something that does not belong here' },
  { value: 'safety', name: 'I fear for somebody’s safety' },
  { value: 'other', name: 'Something else' },
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
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={`Report ${rest.name}`}>
        <ReportForm {...rest} onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

type ReportFormProps = Omit<ReportDialogProps, 'open' | 'onOpenChange'> & { onClose: () => void };

function ReportForm({ userId, name, onBlocked, onClose }: ReportFormProps) {
  const id = useId();
  const { mutate } = useSWRConfig();
  const [reason, setReason] = useState<ReportReason>();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [isDone, setIsDone] = useState(false);
  const [problem, setProblem] = useState<string>();

  const run = async (work: () => Promise<unknown>, then: () => void) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      then();
    } catch (error) {
      setProblem(sentenceOf(error));
    }
    setBusy(false);
  };
  const report = () => {
    if (reason === undefined) return setProblem('Choose what it is about.');
    return run(
      () => reportPerson(userId, reason, note),
      () => setIsDone(true),
    );
  };
  const block = () =>
    run(
      () => blockPerson(userId),
      () => {
        void mutate(api.people);
        onClose();
        onBlocked();
      },
    );

  const trouble = problem && (
    <p role="alert" className="mt-2 text-brick text-xs">
      {problem}
    </p>
  );
  if (isDone) {
    return (
      <div>
        <p role="status" className="text-md">
          Reported. A person looks at it. {name} is not told.
        </p>
        <div className="mt-4 flex flex-wrap gap-2">
          <Button variant="primary" busy={busy} onClick={() => void block()}>
            Block {name} too
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Close
          </Button>
        </div>
        {trouble}
      </div>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void report();
      }}
    >
      <fieldset>
        <legend className="mb-1 font-semibold">What is it about?</legend>
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
            {words}
          </label>
        ))}
      </fieldset>
      <label htmlFor={`${id}-note`} className="mt-3 mb-1.5 block font-semibold">
        What happened, if you want to say
      </label>
      <textarea
        id={`${id}-note`}
        value={note}
        rows={3}
        maxLength={1_000}
        onChange={(event) => setNote(event.target.value)}
        className="block w-full rounded-2 border border-edge bg-page px-3.5 py-2.5 text-md"
      />
      {trouble}
      <Button type="submit" variant="primary" busy={busy} className="mt-4">
        Report
      </Button>
    </form>
  );
}
