import { type LookupAddress, lookup as resolve } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from '../../calendar/public-address.ts';
import { MAX_CALENDAR_BYTES } from '../../domain/bounds.ts';
import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import { sentence, type Text } from '../../language/text.ts';

const TIMEOUT_MS = 5_000;
const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Every address a name stands for. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;
/** One request, without following where it leads. */
export type Get = (url: URL, lookup: LookupFunction, signal: AbortSignal) => Promise<IncomingMessage>;

const resolveName: Resolve = (host) =>
  new Promise((done, failed) => {
    resolve(host, { all: true }, (error, addresses) => (error ? failed(error) : done(addresses)));
  });

const getOnce: Get = (url, lookup, signal) =>
  new Promise((done, failed) => {
    const options = { lookup, signal, agent: false, headers: { accept: 'text/calendar, text/plain;q=0.5' } };
    request(url, options, done).on('error', failed).end();
  });

const refused = (message: Text | (() => string), cause?: unknown) =>
  new AppError('invalid_request', { message, cause });

/** What may be asked for at all: https on its own port, by name, without a password. `webcal` is https by another name. */
function allowed(text: string, base?: URL): URL {
  let url: URL;
  try {
    url = new URL(text.trim().replace(/^webcals?:/i, 'https:'), base);
  } catch (cause) {
    throw refused(sentence('This is no address. Copy the one that ends in .ics.'), cause);
  }
  if (url.protocol !== 'https:')
    throw refused(sentence('Only addresses that begin with https:// are opened.'));
  if (url.username !== '' || url.password !== '')
    throw refused(sentence('An address with a name and a password is not opened.'));
  if (url.port !== '') throw refused(sentence('Only the usual port of https is opened.'));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A number is never looked up, so that the check of what a name stands for would not see it.
  if (isIP(host) !== 0) throw refused(sentence('Only addresses with a name are opened, not numbers.'));
  return url;
}

/** Names are checked where the connection is made: a name that is asked twice may answer twice. */
const guarded =
  (resolveHost: Resolve): LookupFunction =>
  (host, options, callback) => {
    resolveHost(host).then(
      (addresses) => {
        const [first] = addresses;
        if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
          callback(refused(sentence('This address leads into a private network and is not opened.')), '', 4);
        } else if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(refused(sentence('There is no server of this name.'), error), '', 4),
    );
  };

async function readBounded(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let received = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    received += bytes.byteLength;
    if (received > MAX_CALENDAR_BYTES) {
      response.destroy();
      throw new AppError('payload_too_large', { message: 'This calendar is larger than 1 MB.' });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * A calendar from the internet. It reaches public servers only, wherever a redirect points; it takes at most a megabyte
 * and five seconds.
 */
export async function fetchCalendar(
  address: string,
  {
    resolveHost = resolveName,
    get = getOnce,
    timeoutMs = TIMEOUT_MS,
  }: { resolveHost?: Resolve; get?: Get; timeoutMs?: number } = {},
): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  let url = allowed(address);
  try {
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const response = await get(url, guarded(resolveHost), signal);
      const status = response.statusCode ?? 0;
      if (REDIRECTS.has(status) && response.headers.location !== undefined) {
        response.destroy();
        url = allowed(response.headers.location, url);
        continue;
      }
      if (status !== 200) {
        response.destroy();
        throw refused(() =>
          say('The server answers {status}. Copy the secret or public address of the calendar.', { status }),
        );
      }
      return await readBounded(response);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (signal.aborted)
      throw new AppError('timeout', { cause: error, message: 'The server took longer than 5 s.' });
    throw refused(sentence('The server could not be reached.'), error);
  }
  throw refused(sentence('This address leads from one server to the next. Copy the last one.'));
}
