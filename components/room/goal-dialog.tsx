'use client';

import { useState } from 'react';
import { useText } from '#use-text';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
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
  const t = useText();
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t('Your goal')} description={t('One line. Everybody in the room sees it.')}>
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
  const t = useText();
  const [typed, setTyped] = useState(goal ?? '');
  const { run, pending } = useAction(() => onGoal(typed.trim() || null));
  return (
    <Form onSend={() => void run()} className="grid gap-4">
      <TextField
        label={t('What do you want to get done?')}
        value={typed}
        maxLength={MAX_GOAL_CHARACTERS}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" variant="primary" busy={pending} className="justify-self-start">
        {t('Save')}
      </Button>
    </Form>
  );
}
