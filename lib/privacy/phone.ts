import { parsePhoneNumberFromString as parse } from 'libphonenumber-js/max';
import type { IsNational } from './find.ts';

/** Countries whose national numbers look like no other thing in notes: with a leading zero, or in groups of their own. */
const COUNTRIES = [
  'US',
  'DE',
  'GB',
  'FR',
  'IT',
  'ES',
  'NL',
  'BE',
  'CH',
  'AT',
  'AU',
  'JP',
  'IN',
  'BR',
  'PL',
  'IE',
  'ZA',
] as const;

/** Whether a plan of numbers of one of these countries has this one. For the server: its tables are too large for a page. */
export const isNational: IsNational = (candidate) =>
  candidate.startsWith('00')
    ? (parse(`+${candidate.slice(2)}`)?.isValid() ?? false)
    : COUNTRIES.some((country) => parse(candidate, country)?.isValid());
