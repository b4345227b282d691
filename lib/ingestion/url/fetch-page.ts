import { lookup as lookUp } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import ipaddr from 'ipaddr.js';
import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';

/**
 * Fetches an address that a stranger may have chosen. Every hop's name is looked up once, every address it has must be a
 * public one, and the connection goes to the address that was looked at: a name cannot mean another machine a moment later.
 */
export type Resolve = (host: string) => Promise<string[]>;
export type FetchOptions = {
  maxBytes: number;
  timeoutMs?: number;
  /** Names that an operator lets through although they are private. */
  allowedHosts?: readonly string[];
  resolve?: Resolve;
  signal?: AbortSignal | undefined;
};
export type FetchedPage = { url: string; bytes: Uint8Array; contentType: string; fileName: string };

const MAX_REDIRECTS = 5;
const TIMEOUT_MS = 10_000;
const MAX_HEADER_BYTES = 16_384;
const MAX_ADDRESS_CHARACTERS = 2_000;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const DECOMPRESSORS: Readonly<Record<string, () => Duplex>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

const refused = (message: string, cause?: unknown) => new AppError('url_refused', { message, cause });
const failed = (message: string, cause?: unknown) => new AppError('url_unavailable', { message, cause });

const resolveAll: Resolve = async (host) => (await lookUp(host, { all: true })).map(({ address }) => address);

/** An address on the public internet; an IPv4 address within an IPv6 one counts as itself. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/** An address as a browser reads it, decimal and octal numbers and all, when it may be fetched at all. */
export function checkedUrl(written: string, allowedHosts: readonly string[] = []): URL {
  if (written.length > MAX_ADDRESS_CHARACTERS) {
    throw refused(`This address is longer than ${MAX_ADDRESS_CHARACTERS} characters.`);
  }
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (!url) throw refused('This is not the address of a page. It begins with https://.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw refused(`Only pages at http and https can be read, not ${url.protocol.slice(0, 20)}//.`);
  }
  if (url.username !== '' || url.password !== '')
    throw refused('An address with a name and a password in it is not read.');
  // Both may say which port; the usual one is left out by the parser.
  if (url.port !== '' && !/^(?:80|443)$/.test(url.port) && !allowedHosts.includes(url.host)) {
    throw refused(`Only the usual ports of the web are read, not ${url.port}.`);
  }
  // A place within the page is the same page.
  url.hash = '';
  return url;
}

/** The one address to connect to, when all that the name has may be connected to. */
export async function vettedAddress(
  url: URL,
  options: Pick<FetchOptions, 'allowedHosts' | 'resolve'>,
  signal: AbortSignal,
): Promise<string> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isAllowed = options.allowedHosts?.some((allowed) => allowed === url.host || allowed === host);
  let addresses = [host];
  if (!ipaddr.isValid(host)) {
    const { promise: late, reject } = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    addresses = await Promise.race([(options.resolve ?? resolveAll)(host), late]).catch((cause: unknown) => {
      if (signal.aborted) throw cause;
      throw failed(`There is no server called ${host.slice(0, 100)}. Check the address.`, cause);
    });
  }
  const [first] = addresses;
  if (first === undefined)
    throw failed(`There is no server called ${host.slice(0, 100)}. Check the address.`);
  if (!isAllowed && !addresses.every(isPublicAddress)) {
    throw new AppError('url_private', {
      message:
        'This address leads into a private network, which is never read. Save the page as a file and add that.',
    });
  }
  return first;
}

const READING = {
  accept: 'text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5',
  'accept-encoding': 'identity',
  'user-agent': 'Mozilla/5.0 (compatible; Clerva; reads one page for its student)',
};

type Sent = { method: 'GET' | 'POST'; headers: Record<string, string | number>; body?: Uint8Array | null };

/** Asks the machine of that address, whatever the name means by now. */
export function connectTo(
  url: URL,
  address: string,
  signal: AbortSignal,
  { method, headers, body }: Sent = { method: 'GET', headers: READING },
): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const family = ipaddr.parse(address).kind() === 'ipv6' ? 6 : 4;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      signal,
      method,
      agent: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      lookup: (_host, { all }, done) =>
        all ? done(null, [{ address, family }]) : done(null, address, family),
      headers,
    });
    request.on('response', resolve);
    request.on('error', reject);
    request.end(body ?? undefined);
  });
}

async function bodyOf(response: IncomingMessage, { maxBytes }: FetchOptions): Promise<Uint8Array> {
  const megabytes = Math.floor(maxBytes / 1_048_576);
  const tooLarge = () =>
    new AppError('file_too_large', {
      message: () => say('This page is larger than {most} MB, which is the limit.', { most: megabytes }),
    });
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) {
    response.destroy();
    throw tooLarge();
  }
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const decompress = DECOMPRESSORS[encoding];
  if (encoding !== 'identity' && encoding !== '' && !decompress) {
    response.destroy();
    throw failed('The server packs this page in a way that is not read.');
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const collect = async (source: AsyncIterable<Uint8Array>) => {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  };
  if (decompress) await pipeline(response, decompress(), collect);
  else await pipeline(response, collect);
  return new Uint8Array(Buffer.concat(chunks));
}

const fileNameOf = ({ pathname, hostname }: URL): string => {
  const last = pathname.split('/').findLast((part) => part !== '') ?? hostname;
  return safelyDecoded(last).slice(-200);
};

function safelyDecoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return part;
  }
}

async function follow(written: string, options: FetchOptions, signal: AbortSignal): Promise<FetchedPage> {
  const seen = new Set<string>();
  let url = checkedUrl(written, options.allowedHosts);
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    if (seen.has(url.href)) throw failed('This page only leads back to itself.');
    seen.add(url.href);
    const address = await vettedAddress(url, options, signal);
    const response = await connectTo(url, address, signal);
    const { statusCode: status = 0, headers } = response;
    if (!REDIRECTS.has(status)) {
      if (status !== 200) {
        response.destroy();
        throw failed(saidBy(status));
      }
      const bytes = await bodyOf(response, options);
      return { url: url.href, bytes, contentType: headers['content-type'] ?? '', fileName: fileNameOf(url) };
    }
    response.destroy();
    if (!headers.location || !URL.canParse(headers.location, url.href))
      throw failed('The page has moved, and the server does not say where to.');
    url = checkedUrl(new URL(headers.location, url.href).href, options.allowedHosts);
  }
  throw failed(
    `This address leads on more than ${MAX_REDIRECTS} times. Open it and copy the address it ends at.`,
  );
}

function saidBy(status: number): string {
  if (status === 401 || status === 403)
    return 'This page is not open to everybody. Sign in there, save it as a file and add that.';
  if (status === 404 || status === 410) return 'There is no page at this address.';
  if (status === 429) return 'The server of this page takes no more requests now. Try again later.';
  return status >= 500
    ? 'The server of this page has a fault. Try again later.'
    : `The server answered with ${status} and no page.`;
}

export async function fetchPage(written: string, options: FetchOptions): Promise<FetchedPage> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const clock = AbortSignal.timeout(timeoutMs);
  const signal = options.signal ? AbortSignal.any([clock, options.signal]) : clock;
  try {
    return await follow(written, options, signal);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (clock.aborted)
      throw failed(`The page did not arrive within ${Math.round(timeoutMs / 1000)} seconds.`, cause);
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (/CERT|SSL|TLS|ALTNAME|SELF_SIGNED/.test(code))
      throw failed('The server of this page cannot prove who it is, so it is not read.', cause);
    if (/^Z_|ERR__?BROTLI|ERR_BUFFER/.test(code))
      throw failed('What the server sent cannot be unpacked.', cause);
    throw failed('The server of this page does not answer as a web server does. Try again later.', cause);
  }
}
