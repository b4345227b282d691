import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/**
 * Why a request may not come in; undefined when it may. Listening on loopback is no wall: any web page can make a browser on
 * this machine send requests here. Such a request carries a foreign Origin, or a Host that was pointed at this machine.
 * Programs send no Origin; pages of `origins` and of this server itself are welcome.
 */
export function foreignness(
  { host = '', origin }: Pick<IncomingHttpHeaders, 'host' | 'origin'>,
  { origins = [], hosts = [] }: { origins?: readonly string[]; hosts?: readonly string[] } = {},
): string | undefined {
  if (!LOOPBACK_HOST.test(host) && !hosts.includes(host))
    return 'This server only answers programs on this machine.';
  if (origin === undefined || origin === `http://${host}` || origins.includes(origin)) return undefined;
  return 'This server answers no pages of other sites.';
}

/** The origins under which a browser on this machine may have opened that address: loopback has two names. */
export function ownOrigins(...addresses: readonly (string | undefined)[]): string[] {
  const origins = addresses.flatMap((address) => {
    if (address === undefined || !URL.canParse(address)) return [];
    const { origin } = new URL(address);
    return [
      origin,
      origin.replace('//localhost', '//127.0.0.1'),
      origin.replace('//127.0.0.1', '//localhost'),
    ];
  });
  return [...new Set(origins)];
}
