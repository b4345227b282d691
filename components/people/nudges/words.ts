import { arrivesWords, shortWhen } from '@/components/client/arrival-words';
import { DAY_MS } from '@/lib/calendar/dates';
import type { Nudge } from '@/lib/domain/nudge';
import type { Translate } from '@/lib/language/text';

const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null);

/** What a message is about, for how long and for when, as far as its sender said so. */
export function aboutWords({ metadata }: Pick<Nudge, 'metadata'>, now: number, t: Translate): string | null {
  const { topic, minutes, whenISO } = metadata;
  const when = text(whenISO);
  const about = [
    text(topic),
    typeof minutes === 'number' && Number.isFinite(minutes) ? `${Math.round(minutes)} min` : null,
    when !== null && !Number.isNaN(Date.parse(when)) ? shortWhen(when, now, t) : null,
  ].filter(Boolean);
  return about.length > 0 ? about.join(' · ') : null;
}

/** What became of a message, from the side of who reads it. */
export function stateWords(
  { direction, status, deliverAt, otherName }: Nudge,
  now: number,
  t: Translate,
): string {
  if (direction === 'sent') {
    if (deliverAt !== null && Date.parse(deliverAt) > now)
      return t('Quiet hours: {arrivesWords}', { arrivesWords: arrivesWords(deliverAt, now, t) });
    if (status === 'accepted') return t('{otherName} said yes', { otherName });
    if (status === 'declined') return t('{otherName} cannot this time', { otherName });
    return status === 'read' ? t('Read, not answered yet') : t('Arrived, not read yet');
  }
  if (status === 'accepted') return direction === 'own' ? t('Done') : t('You said yes');
  if (status === 'declined') return direction === 'own' ? t('Dropped') : t('You said not this time');
  return status === 'read' ? t('Read') : t('New');
}

/** When it arrived, for who received it, and when it left, for who sent it. */
export const momentOf = ({ direction, deliverAt, sentAt }: Nudge) =>
  direction === 'sent' ? sentAt : (deliverAt ?? sentAt);

/** Whether the student still has to say something. */
export const isOpen = ({ direction, status }: Nudge) =>
  direction !== 'sent' && (status === 'sent' || status === 'read');

/** An answer to what the student sent, for as long as it is news. */
export const isFreshAnswer = ({ direction, status, respondedAt }: Nudge, now: number) =>
  direction === 'sent' &&
  (status === 'accepted' || status === 'declined') &&
  respondedAt !== null &&
  now - Date.parse(respondedAt) < DAY_MS;
