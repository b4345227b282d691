'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useText } from '#use-text';
import { useAction } from '@/components/client/use-action';
import { Button } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { Strip } from '@/components/ui/strip';
import { TextField } from '@/components/ui/text-field';
import { type Durations, MAX_ROOM_TITLE_CHARACTERS, RHYTHMS } from '@/lib/domain/room';
import { readRoomCode, roomPath } from '@/lib/study/room/code';
import { rhythmWords } from './clock-controls';
import { openRoom } from './requests';

/** Six characters, or the whole link pasted. What is behind it is said by the page it leads to. */
export function CodeField({ className }: { className?: string }) {
  const t = useText();
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const submit = () => {
    const code = readRoomCode(typed);
    if (code !== null) return router.push(roomPath(code));
    setError(
      typed.trim() === ''
        ? t('Type the six characters first.')
        : t('A code has six letters and digits, such as M7K 4QX. It has no 0, 1, I, L or O.'),
    );
  };
  return (
    <Form onSend={submit} noValidate className={className}>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            label={t('Join with a code')}
            placeholder={t('M7K 4QX')}
            value={typed}
            maxLength={300}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            onChange={(event) => {
              setTyped(event.target.value);
              setError(undefined);
            }}
            error={error}
          />
        </div>
        <Button type="submit" className="mt-6.5 min-h-12 md:min-h-12">
          {t('Join')}
        </Button>
      </div>
    </Form>
  );
}

function useOpening() {
  const router = useRouter();
  return useAction(
    async (room?: Parameters<typeof openRoom>[0]) => router.push((await openRoom(room)).path),
    { leaves: true },
  );
}

const FIRST_RHYTHM: Durations = RHYTHMS[0] ?? { focusMinutes: 25, breakMinutes: 5, rounds: 3 };

/** A room of one's own: what it is about and its rhythm, both optional. */
export function NewRoom() {
  const t = useText();
  const [title, setTitle] = useState('');
  const [rhythm, setRhythm] = useState(FIRST_RHYTHM);
  const { run, pending, problem } = useOpening();
  return (
    <Form onSend={() => void run({ title: title.trim() || null, durations: rhythm })} className="grid gap-5">
      <TextField
        label={t('What is it about?')}
        hint={t('Optional. Whoever joins sees it.')}
        value={title}
        maxLength={MAX_ROOM_TITLE_CHARACTERS}
        autoComplete="off"
        onChange={(event) => setTitle(event.target.value)}
      />
      <fieldset>
        <legend className="mb-1.5 font-semibold">{t('Rhythm')}</legend>
        {RHYTHMS.map((choice) => (
          <label key={choice.focusMinutes} className="flex min-h-10 items-center gap-2.5 py-1">
            <input
              type="radio"
              name="rhythm"
              checked={rhythm.focusMinutes === choice.focusMinutes}
              onChange={() => setRhythm(choice)}
              className="size-4 shrink-0 accent-ink"
            />
            {rhythmWords(choice, t)}
          </label>
        ))}
        <p className="text-ink-3 text-xs">
          {t('You can set another one in the room, before the clock starts.')}
        </p>
      </fieldset>
      <Strip tone="bad">{problem}</Strip>
      <Button type="submit" variant="primary" size="lg" busy={pending} className="justify-self-start">
        {t('Open a room')}
      </Button>
    </Form>
  );
}

/** For the page of people: one press opens a room, one field joins another. */
export function RoomEntry() {
  const t = useText();
  const { run, pending, problem } = useOpening();
  return (
    <section aria-labelledby="rooms-heading">
      <h2 id="rooms-heading" className="font-semibold">
        {t('Study together')}
      </h2>
      <p className="mt-0.5 mb-3 text-ink-2">
        {t('A room has one clock, up to five seats, and what you talk about can become notes.')}
      </p>
      <div className="grid gap-4 sm:grid-cols-2 sm:items-start">
        <Button
          busy={pending}
          onClick={() => void run()}
          className="justify-self-start sm:mt-6.5 md:min-h-12"
        >
          {t('Open a room')}
        </Button>
        <CodeField />
      </div>
      <Strip tone="bad" className="mt-3">
        {problem}
      </Strip>
    </section>
  );
}
