import type { PushClaim } from '../domain/push.ts';
import { inEnglish } from '../language/text.ts';
import { paths } from '../links.ts';
import { minutesFor } from '../study/cards/minutes.ts';

/** What a device shows: words, and where pressing them leads. A later one of the same tag takes the place of the earlier. */
export type PushMessage = { title: string; body: string; url: string; tag: 'cards' | 'messages' };

const MAX_BODY = 160;

/** Minutes, not a pile; nobody is told of nothing. */
export function messagesOf(
  { due, messages }: Pick<PushClaim, 'due' | 'messages'>,
  t = inEnglish,
): PushMessage[] {
  const told: PushMessage[] = [];
  if (due > 0) {
    const minutes = minutesFor({ due, learning: 0, newCards: 0, secondsPerReview: null });
    told.push({
      title: t('About {minutes, plural, one {# minute} other {# minutes}} of cards', { minutes }),
      body: t('They are due today.'),
      url: paths.review,
      tag: 'cards',
    });
  }
  if (messages && messages.many > 0) {
    const { many, people, message } = messages;
    const isOne = many === 1;
    const name = messages.name ?? t('A student');
    told.push({
      title: isOne
        ? name
        : people === 1
          ? t('{many} messages from {name}', { many, name })
          : t('{many} messages from several students', { many }),
      body: isOne ? (message ?? '').slice(0, MAX_BODY) : t('They wait for you under People.'),
      url: paths.people,
      tag: 'messages',
    });
  }
  return told;
}
