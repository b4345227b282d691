const DAY_NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Source of a pattern for one day of the week, long or short. */
export const DAYS =
  'sun(?:day)?|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday|s)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?';

/** 0 is Sunday. */
export const indexOfDay = (word: string): number =>
  DAY_NAMES.findIndex((name) => name.startsWith(word.toLowerCase().slice(0, 3)));
