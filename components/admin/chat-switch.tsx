'use client';

import { useState } from 'react';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { ProblemText } from '@/components/ui/problem-text';
import { TextField } from '@/components/ui/text-field';
import type { ChatSwitch } from '@/lib/db/queries/operations';
import { api } from '@/lib/links';

type ChatSwitchFormProps = {
  initial: ChatSwitch;
  /** Off by the environment: no switch turns it on. */
  isForcedOff: boolean;
};

/** Turns questions off or on for everybody. What is being written is written to its end. */
export function ChatSwitchForm({ initial, isForcedOff }: ChatSwitchFormProps) {
  const t = useText();
  const [state, setState] = useState(initial);
  const [reason, setReason] = useState('');
  const { run, pending, problem } = useAction(async () => {
    const body = { off: !state.isOff, ...(reason.trim() && !state.isOff ? { reason: reason.trim() } : {}) };
    setState(await requestJson<ChatSwitch>(api.adminChat, { method: 'PUT', body }));
    setReason('');
  });
  return (
    <Form onSend={() => void run()} className="grid gap-4">
      <p role="status" className="text-ink-2">
        {isForcedOff
          ? t('Questions are off by CHAT_DISABLED. Change the environment to turn them on.')
          : state.isOff
            ? state.reason
              ? t('Questions are off for everybody: {reason}', { reason: state.reason })
              : t('Questions are off for everybody.')
            : t('Questions are answered.')}
      </p>
      {!state.isOff && (
        <TextField
          label={t('What students read meanwhile')}
          hint={t('Left empty, they read that questions are turned off at the moment.')}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      <div>
        <Button type="submit" busy={pending}>
          {state.isOff ? t('Turn questions on') : t('Turn questions off')}
        </Button>
        <ProblemText problem={problem} className="mt-1.5" />
      </div>
    </Form>
  );
}
