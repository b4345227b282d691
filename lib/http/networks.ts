import ipaddr from 'ipaddr.js';

export type Network = [ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** Networks of a list with commas, single addresses among them. Throws on anything else. */
export const parseNetworks = (list: string | undefined): Network[] =>
  (list ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const [address = '', bits] = one.split('/');
      const parsed = ipaddr.process(address);
      const whole = parsed.kind() === 'ipv4' ? 32 : 128;
      // A mapped network counts its bits from where the IPv4 address begins.
      const isMapped = parsed.kind() === 'ipv4' && address.includes(':');
      const length = bits === undefined ? whole : Number(bits) - (isMapped ? 96 : 0);
      if (bits?.trim() === '' || !Number.isInteger(length) || length < 0 || length > whole)
        throw new Error(`${one} is no network`);
      return [parsed, length];
    });

/** An address as proxies write it: with a port, a zone, in brackets, or as one of IPv6 that stands for one of IPv4. */
export function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const [, bracketed, withPort] =
    /^(?:\[([^\]]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+)$/.exec(text.trim()) ?? [];
  const bare = (bracketed ?? withPort ?? text.trim()).replace(/%.*$/, '');
  // What ipaddr.js takes besides, such as 10.1 for 10.0.0.1, no proxy writes.
  const isWritten = bare.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(bare);
  return isWritten && ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

export function isWithin(text: string, networks: readonly Network[]): boolean {
  const address = parseAddress(text);
  return (
    address !== null &&
    networks.some(([network, bits]) => address.kind() === network.kind() && address.match(network, bits))
  );
}

/**
 * Whose request it is: the peer, unless that is a proxy of ours, then whom the proxies say they had it from, up to the first
 * hop that is none of ours. What a client writes into the header itself stands left of that and is not read.
 */
export function clientOf(
  peer: string,
  forwardedFor: string | undefined,
  proxies: readonly Network[],
): string {
  const hops = (forwardedFor ?? '').split(',').map((hop) => hop.trim());
  let client = parseAddress(peer)?.toString() ?? peer;
  while (isWithin(client, proxies)) {
    const before = parseAddress(hops.pop() ?? '');
    if (before === null) break;
    client = before.toString();
  }
  return client;
}

/** An address by which to count: a household or a campus has a whole /64 of IPv6. */
export function countedAddress(address: string): string {
  const parsed = parseAddress(address);
  if (parsed?.kind() !== 'ipv6') return address;
  return ipaddr.IPv6.networkAddressFromCIDR(`${parsed}/64`).toString();
}

export const isThisMachine = (address: string) => parseAddress(address)?.range() === 'loopback';
