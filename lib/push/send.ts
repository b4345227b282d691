import webPush from 'web-push';
import type { PushClaim } from '../domain/push.ts';
import { checkedUrl, connectTo, vettedAddress } from '../ingestion/url/fetch-page.ts';
import type { Keys } from './keys.ts';
import type { PushMessage } from './message.ts';

/** After a day nobody wants to be told any more. */
const KEPT_SECONDS = 86_400;
const TIMEOUT_MS = 10_000;
/** The service has no such device, or has it no more. */
const GONE = new Set([404, 410]);

export type Sending = { allowedHosts: readonly string[]; resolve?: (host: string) => Promise<string[]> };
export type Sent = 'sent' | 'gone' | 'failed';

/** An address that a browser named may lead anywhere: it is looked at like the address of a page that is read. */
export const checkedEndpoint = (endpoint: string, allowedHosts: readonly string[]): URL =>
  checkedUrl(endpoint, allowedHosts);

/** Hands a message to the service of a device's browser, sealed for that device. Redirects are not followed. */
export async function sendPush(
  { endpoint, keys }: Pick<PushClaim, 'endpoint' | 'keys'>,
  message: PushMessage,
  vapid: Keys,
  options: Sending,
): Promise<Sent> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const url = checkedEndpoint(endpoint, options.allowedHosts);
  const address = await vettedAddress(url, options, signal);
  const { headers, body } = webPush.generateRequestDetails({ endpoint, keys }, JSON.stringify(message), {
    vapidDetails: vapid,
    TTL: KEPT_SECONDS,
    topic: message.tag,
    urgency: message.tag === 'messages' ? 'high' : 'normal',
  });
  const response = await connectTo(url, address, signal, { method: 'POST', headers, body });
  // What it says besides is nobody's to read.
  response.resume();
  const { statusCode: status = 0 } = response;
  if (GONE.has(status)) return 'gone';
  return status >= 200 && status < 300 ? 'sent' : 'failed';
}
