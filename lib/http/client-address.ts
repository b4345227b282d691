import { randomUUID } from 'node:crypto';
import { serverEnv } from '../env.ts';
import { processState } from '../process-state.ts';
import { isWithin, type Network, parseAddress, parseNetworks } from './networks.ts';

const HEADER = 'x-clerva-client';
/** New with every process and told to nobody, so that no client can write the header itself. */
const seal = () => processState('client-seal', () => randomUUID());

/** What the front door writes on a request, over whatever the client wrote there. */
export const sealedClient = (address: string) => ({ name: HEADER, value: `${seal()} ${address}` });

/** The client's address; null where nobody saw the connection. */
export function clientAddress(headers: Pick<Headers, 'get'>): string | null {
  const [given, address] = headers.get(HEADER)?.split(' ') ?? [];
  if (address && given === seal()) return address;
  // This platform writes the header anew on every request and lets no client in past it.
  if (serverEnv().VERCEL === undefined) return null;
  const seen = parseAddress(headers.get('x-vercel-forwarded-for')?.split(',').at(-1) ?? '');
  return seen?.toString() ?? null;
}

let allowed: Network[] | undefined;

/** Whether whoever is at this address may come in at all. */
export function mayEnter(address: string | null): boolean {
  allowed ??= parseNetworks(serverEnv().IP_ALLOWLIST);
  return allowed.length === 0 || (address !== null && isWithin(address, allowed));
}
