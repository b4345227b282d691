import { paths } from '@/lib/links';

const BASE = 'http://clerva.invalid';
const NEVER = ['/sign-in', '/sign-up', '/auth/forgot-password', '/auth/confirm'];

/**
 * Where to go after signing in. Only a path of this app is taken from the address: anything that a browser could read
 * as another host, and the sign-in pages themselves, lead to Today.
 */
export function safeNext(value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith(paths.today)) return '/';
  // Browsers drop tabs and line breaks and read a backslash as a slash, so "/\t/evil" would leave this site.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be found.
  if (/[\u0000-\u0020\\\u007f]/.test(value) || value.startsWith('//')) return '/';
  const url = URL.parse(value, BASE);
  if (url === null || url.origin !== BASE || url.pathname.startsWith('//')) return '/';
  if (NEVER.some((path) => url.pathname === path)) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
