'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { TextField } from '@/components/ui/text-field';
import { MAX_GOAL_CHARACTERS } from '@/lib/domain/room';

type GoalDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  goal: string | null;
  onGoal: (goal: string | null) => Promise<boolean>;
};

/** One line on what the student wants to get done; everybody in the room reads it. */
export function GoalDialog({ open, onOpenChange, goal, onGoal }: GoalDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Your goal" description="One line. Everybody in the room sees it.">
        <GoalForm
          goal={goal}
          onGoal={async (next) => {
            if (await onGoal(next)) onOpenChange(false);
          }}
        />
      </DialogContent>
    </Dialog>
  );
}

function GoalForm({ goal, onGoal }: { goal: string | null; onGoal: (goal: string | null) => Promise<void> }) {
  const [typed, setTyped] = useState(goal ?? '');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    await onGoal(typed.trim() === '' ? null : typed.trim());
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-4">
      <TextField
        label="What do you want to get done?"
        value={typed}
        maxLength={MAX_GOAL_CHARACTERS}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" variant="primary" busy={busy} className="justify-self-start">
        Save
      </Button>
    </form>
  );
}
