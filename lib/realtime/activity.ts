import type { Activity } from '../domain/presence.ts';

/** Silence of hands, not of the network: a student who has not touched anything for so long is idle. */
export const IDLE_AFTER_MS = 5 * 60_000;

const STUDYING = [/^\/library\/[^/]/, /^\/ask(?:\/|$)/, /^\/practice\/(?:quiz|review)(?:\/|$)/];
const IN_SESSION = /^\/rooms?\/[^/]/;

/**
 * What a student does, by where they are: reading a document, asking, a quiz or a review is studying; a room is a
 * session; anywhere else they are only here. Free is said by hand, never guessed.
 */
export function activityAt(pathname: string): Activity {
  if (IN_SESSION.test(pathname)) return 'in_session';
  return STUDYING.some((place) => place.test(pathname)) ? 'studying' : 'idle';
}

/** The same, given how long nobody has touched anything. Whoever is in a session listens or talks. */
export function activityOf(pathname: string, now: number, lastInputAt: number): Activity {
  const activity = activityAt(pathname);
  return activity === 'studying' && now - lastInputAt >= IDLE_AFTER_MS ? 'idle' : activity;
}
