import { z } from 'zod';
import { requestJson } from '@/components/client/request';
import { api } from '@/lib/links';

const answer = z.object({ token: z.string(), expiresAt: z.string() });

/** A token is asked for anew this long before it ends, so that a slow request does not join with a dead one. */
const MARGIN_MS = 30_000;

/** Gives the tab's token, asking the server only when the last one is about to end. */
export function createTokenSource() {
  let known: { token: string; endsAt: number } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const { token, expiresAt } = answer.parse(await requestJson(api.realtimeToken));
    known = { token, endsAt: Date.parse(expiresAt) };
    return token;
  }

  return (): Promise<string> => {
    if (known && known.endsAt - MARGIN_MS > Date.now()) return Promise.resolve(known.token);
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
