/**
 * Who asks, before anybody is signed in: the address that the proxy in front of the app saw, which it writes last. What stands
 * before it the client may have made up.
 */
export const clientAddress = (headers: Pick<Headers, 'get'>): string =>
  headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || 'unknown';
