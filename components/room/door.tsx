'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { isGone, sentenceOf } from '@/components/client/request';
import { Button } from '@/components/ui/button';
import { NothingHere } from '@/components/ui/nothing-here';
import { Strip } from '@/components/ui/strip';
import { TextField } from '@/components/ui/text-field';
import { MAX_GOAL_CHARACTERS, SEATS } from '@/lib/domain/room';
import { joinRoom } from './requests';

type RoomDoorProps = { code: string; title: string | null; seated: number };

/** Before a seat is taken: what others will see, and one line on what the student came for. */
export function RoomDoor({ code, title, seated }: RoomDoorProps) {
  const router = useRouter();
  const [goal, setGoal] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isNothing, setNothing] = useState(false);

  const join = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await joinRoom(code, goal.trim());
      router.refresh();
    } catch (error) {
      setBusy(false);
      if (isGone(error)) setNothing(true);
      else setProblem(sentenceOf(error));
    }
  };
  if (isNothing) return <NothingHere />;
  return (
    <div className="grid min-h-full place-items-center px-5 py-12">
      <form onSubmit={(event) => void join(event)} className="grid w-full max-w-100 gap-5">
        <div>
          <h1 className="font-semibold text-xl wrap-anywhere">{title ?? 'Study room'}</h1>
          <p className="mt-1.5 text-ink-2 text-md">
            {seated === 0 ? 'Nobody is here right now.' : `${seated} of ${SEATS} seats are taken.`} Whoever is
            in the room sees your name and your goal.
          </p>
        </div>
        <TextField
          label="What do you want to get done?"
          hint="One line. You can change it later."
          value={goal}
          maxLength={MAX_GOAL_CHARACTERS}
          autoComplete="off"
          onChange={(event) => setGoal(event.target.value)}
        />
        {problem !== undefined && <Strip tone="bad">{problem}</Strip>}
        <Button type="submit" variant="primary" size="lg" busy={busy} className="justify-self-start">
          Take a seat
        </Button>
      </form>
    </div>
  );
}
