import { requestJson } from '@/components/client/request';
import { changeProfile } from '@/components/people/requests';
import type { Activity, FREE_MINUTES, OwnPresence } from '@/lib/domain/presence';
import { api } from '@/lib/links';

export type FreeMinutes = (typeof FREE_MINUTES)[number];
export type Shown = 'hidden' | 'as-i-study' | FreeMinutes;

export const fetchOwnPresence = () => requestJson<OwnPresence>(api.ownPresence);

export const saySign = (sign: { activity?: Activity; isLive: boolean }) =>
  requestJson<OwnPresence>(api.ownPresence, { method: 'PUT', body: sign });

/** Sent while the page goes away: nobody waits for the answer. */
export function sayGone(closingTab: string | undefined): void {
  void requestJson(api.ownPresence, {
    method: 'PUT',
    body: { isOnline: false, closingTab },
    keepalive: true,
  }).catch(() => undefined);
}

/** Whoever was private and shows themselves lets those who fit them see it, and nobody else. */
export async function choose(shown: Shown, own: OwnPresence): Promise<OwnPresence> {
  if (shown !== 'hidden' && own.visibility === 'private') await changeProfile({ visibility: 'matches' });
  const freeMinutes = typeof shown === 'number' ? shown : null;
  return requestJson<OwnPresence>(api.ownPresence, {
    method: 'PATCH',
    body: { isHidden: shown === 'hidden', freeMinutes },
  });
}
