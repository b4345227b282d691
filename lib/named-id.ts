/** The id of what is always the same by its name, from 32 or more hexadecimal digits of a hash of that name (version 4 by its form). */
export const idOfHash = (hex: string): string =>
  [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
