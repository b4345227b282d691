import { counted } from '../calendar/words.ts';
import type { PushClaim } from '../domain/push.ts';
import { paths } from '../links.ts';
import { minutesFor } from '../study/cards/minutes.ts';

/** What a device shows: words, and where pressing them leads. A later one of the same tag takes the place of the earlier. */
export type PushMessage = { title: string; body: string; url: string; tag: 'cards' | 'messages' };

const MAX_BODY = 160;

/** Minutes, not a pile; nobody is told of nothing. */
export function messagesOf({ due, messages }: Pick<PushClaim, 'due' | 'messages'>): PushMessage[] {
  const told: PushMessage[] = [];
  if (due > 0) {
    const minutes = minutesFor({ due, learning: 0, newCards: 0, secondsPerReview: null });
    told.push({
      title: `About ${counted(minutes, 'minute')} of cards`,
      body: 'They are due today.',
      url: paths.review,
      tag: 'cards',
    });
  }
  if (messages && messages.many > 0) {
    const isOne = messages.many === 1;
    const name = messages.people === 1 ? (messages.name ?? 'A student') : 'Several students';
    told.push({
      title: isOne
        ? name
        : `${counted(messages.many, 'message')} from ${name === 'Several students' ? 'several students' : name}`,
      body: isOne ? (messages.message ?? '').slice(0, MAX_BODY) : 'They wait for you under People.',
      url: paths.people,
      tag: 'messages',
    });
  }
  return told;
}
