import { momentInWords } from '@/lib/calendar/words';
import type { Activity, OwnPresence } from '@/lib/domain/presence';
import { inEnglish, type Message, text } from '@/lib/language/text';

const WORDS: Readonly<Record<Activity, Message>> = {
  idle: text('Shown as here'),
  studying: text('Shown as studying'),
  in_session: text('In a session'),
  available: text('Free to study'),
};

/** Milliseconds until a beacon ends; null when none says anything. */
export function freeForMs({ freeUntil }: Pick<OwnPresence, 'freeUntil'>, now: number): number | null {
  const left = freeUntil === null ? 0 : Date.parse(freeUntil) - now;
  return left > 0 ? left : null;
}

/** What others see of the student, in the student's own words and clock. */
export function ownStateWords(own: OwnPresence | undefined, now: number, t = inEnglish): string {
  if (!own) return '';
  if (own.isHidden) return t('Hidden');
  if (own.freeUntil !== null && freeForMs(own, now) !== null)
    return t('Free until {time}', { time: momentInWords(own.freeUntil, 'time', undefined, t.language) });
  // A beacon that has ended is told by the server as what it hid; until then the student is simply here.
  const isEnded = own.freeUntil !== null && own.currentActivity === 'available';
  return t(isEnded ? WORDS.idle : WORDS[own.currentActivity]);
}

/** The shape at the corner of the own avatar; nothing while nobody sees one. */
export function ownShape(own: OwnPresence | undefined, now: number): Activity | null {
  if (!own || own.isHidden) return null;
  if (own.freeUntil !== null && own.currentActivity === 'available' && freeForMs(own, now) === null)
    return 'idle';
  return own.currentActivity;
}
