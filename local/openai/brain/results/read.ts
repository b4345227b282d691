import { isRecord } from '../parse-json.ts';

/** Reading the fields of a tool's result, whatever shape it has. */

export type Result = Record<string, unknown>;

export const textOf = (result: Result, key: string): string => {
  const value = result[key];
  return typeof value === 'string' ? value.trim() : '';
};

export const numberOf = (result: Result, key: string): number | undefined => {
  const value = result[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

export const recordsOf = (result: Result, key: string): Result[] => {
  const value = result[key];
  return Array.isArray(value) ? value.filter(isRecord) : [];
};

export const textsOf = (result: Result, key: string): string[] => {
  const value = result[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string' && item !== '') : [];
};

/** Results carry a list, or only its length. */
export const countOf = (result: Result, key: string): number => {
  const value = result[key];
  return Array.isArray(value) ? value.length : typeof value === 'number' ? value : 0;
};

export const plural = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : nouns}`;

/** "A, B and C"; what is beyond the first few is told as a number. */
export function listed(names: string[], most = 3): string {
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${plural(rest, 'other')}`;
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

export const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** A sentence of a tool, with its full stop. */
export const sentence = (text: string): string => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`);
