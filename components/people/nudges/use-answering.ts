import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useText } from '#use-text';
import { sentenceOf } from '@/components/client/request';
import { openRoomOfNudge } from '@/components/room/requests';
import type { Nudge, NudgeAnswer } from '@/lib/domain/nudge';
import { paths } from '@/lib/links';
import { wake } from './quiet-store';
import { useNudges } from './use-nudges';

/** Answers a message, and leads whoever says yes to where the other is. */
export function useAnswering() {
  const t = useText();
  const router = useRouter();
  const { answer } = useNudges();
  const [problem, setProblem] = useState<{ id: string; text: string }>();

  const give = async (given: NudgeAnswer, { id, direction, otherId, type, metadata }: Nudge) => {
    setProblem(undefined);
    const isYes = given === 'accepted' && direction === 'received';
    try {
      await answer(id, given);
      wake(id);
      // An invitation for now leads to the room where the other waits; one for later to a time that suits both.
      if (isYes && type === 'study_invite' && metadata.whenISO === undefined) {
        router.push(await openRoomOfNudge(id));
      } else if (isYes) router.push(paths.person(otherId));
    } catch (failure) {
      setProblem({ id, text: sentenceOf(failure, t) });
    }
  };
  return { give, problem };
}
