import { parseJson } from '../parse-json.ts';

const MOST_WEAK_SPOTS = 5;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names out of a list of texts or of `{ topic }`. */
export const namesIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : []).flatMap((item) => {
    if (typeof item === 'string') return item ? [item] : [];
    return isRecord(item) && typeof item.topic === 'string' ? [item.topic] : [];
  });

/** What a learning profile names as weak, weakest first; what it wants looked at next where nothing is weak yet. */
export function weakSpotsIn(result: string): string[] {
  const profile = parseJson(result);
  if (!isRecord(profile)) return [];
  const weak = namesIn(profile.weaknesses);
  return (weak.length > 0 ? weak : namesIn(profile.recommendedFocus)).slice(0, MOST_WEAK_SPOTS);
}

/** The person at the top of a list of partners or of students who are here. */
export function firstPersonIn(result: string): string | null {
  const found = parseJson(result);
  if (!isRecord(found)) return null;
  const list = [found.candidates, found.users].find(Array.isArray);
  const first: unknown = list?.[0];
  return isRecord(first) && typeof first.userId === 'string' ? first.userId : null;
}
