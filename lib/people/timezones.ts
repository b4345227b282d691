/** The zones a student may choose from, and their own, should it be one that this server does not list. */
export function timezonesWith(own: string): string[] {
  return [...new Set(['UTC', own, ...Intl.supportedValuesOf('timeZone')])].sort((a, b) => a.localeCompare(b));
}
