'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useText } from '#use-text';
import { isGone } from '@/components/client/request';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { NothingHere } from '@/components/ui/nothing-here';
import { Strip } from '@/components/ui/strip';
import { TextField } from '@/components/ui/text-field';
import { MAX_GOAL_CHARACTERS, SEATS } from '@/lib/domain/room';
import { joinRoom } from './requests';

type RoomDoorProps = { code: string; title: string | null; seated: number };

/** Before a seat is taken: what others will see, and one line on what the student came for. */
export function RoomDoor({ code, title, seated }: RoomDoorProps) {
  const t = useText();
  const router = useRouter();
  const [goal, setGoal] = useState('');
  const [isNothing, setNothing] = useState(false);
  const { run, pending, problem } = useAction(
    async () => {
      try {
        await joinRoom(code, goal.trim());
        router.refresh();
      } catch (error) {
        if (!isGone(error)) throw error;
        setNothing(true);
      }
    },
    { leaves: true },
  );
  if (isNothing) return <NothingHere />;
  return (
    <div className="grid min-h-full place-items-center px-5 py-12">
      <Form onSend={() => void run()} className="grid w-full max-w-100 gap-5">
        <div>
          <h1 className="font-semibold text-xl wrap-anywhere">{title ?? t('Study room')}</h1>
          <p className="mt-1.5 text-ink-2 text-md">
            {t('{value} Whoever is in the room sees your name and your goal.', {
              value:
                seated === 0
                  ? t('Nobody is here right now.')
                  : t('{seated} of {value} seats are taken.', { seated, value: SEATS }),
            })}
          </p>
        </div>
        <TextField
          label={t('What do you want to get done?')}
          hint={t('One line. You can change it later.')}
          value={goal}
          maxLength={MAX_GOAL_CHARACTERS}
          autoComplete="off"
          onChange={(event) => setGoal(event.target.value)}
        />
        <Strip tone="bad">{problem}</Strip>
        <Button type="submit" variant="primary" size="lg" busy={pending} className="justify-self-start">
          {t('Take a seat')}
        </Button>
      </Form>
    </div>
  );
}
