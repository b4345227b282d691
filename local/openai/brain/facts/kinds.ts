import type { Dictionary } from './dictionary.ts';
import { membersOf } from './lists.ts';
import { isTermLike } from './term-form.ts';
import type { Term, Unit } from './types.ts';
import { bare } from './words.ts';

const NAME = "(?:[\\p{L}][\\p{L}\\p{N}’'-]*)(?: [\\p{L}][\\p{L}\\p{N}’'-]*){0,3}";
const MEMBERS = '(?<members>[^.;:]{3,160}?)';
const KINDS = '(?:types|kinds|forms|classes|categories|subtypes|examples|members|groups|varieties)';

/** How notes say that one thing is a kind of another. */
const PATTERNS = [
  new RegExp(
    `\\b${KINDS} of (?<whole>${NAME}?)(?: are| include|:|, namely| such as|,? including) ${MEMBERS}(?=[.;]|$)`,
    'gu',
  ),
  new RegExp(
    `(?<whole>${NAME}),? (?:such as|including|like|e\\.g\\.,?|for example,?) ${MEMBERS}(?=[.;)]|,? (?:are|is|can|have|which|that)\\b|$)`,
    'gu',
  ),
  new RegExp(
    `(?<whole>${NAME}) (?:can be|are|is) (?:further )?(?:classified|divided|grouped|categorized|categorised) (?:into|as)(?: [\\w ]{0,40}:| )?${MEMBERS}(?=[.;]|$)`,
    'gu',
  ),
  new RegExp(`(?<whole>${NAME}) (?:includes?|comprises?) ${MEMBERS}(?=[.;]|$)`, 'gu'),
  new RegExp(`${MEMBERS},? (?:and|or) other (?<whole>${NAME})`, 'gu'),
  new RegExp(
    `(?:^|, )(?:An?|The)? ?${MEMBERS} (?:is|are) (?:an? |the )?(?:[\\p{L}-]+ ){0,2}(?:examples?|types?|kinds?|forms?|classes|class|subtypes?) of (?:an? |the )?(?<whole>${NAME})`,
    'gu',
  ),
];

/** Most sentences hold none of them, which is found out far faster. */
const SIGN =
  /\b(?:types?|kinds?|forms?|class|classes|categories|subtypes?|examples?|members|groups|varieties|such as|including|includes?|like|e\.g\.|classified|divided|grouped|categori[sz]ed|comprises?|other)\b/;

/** Teaches the dictionary what is a kind of what: neither may stand beside the other as a wrong choice. */
export function kindsIn(unit: Unit, dictionary: Dictionary): void {
  if (!SIGN.test(unit.clean)) return;
  for (const pattern of PATTERNS)
    for (const { groups } of unit.clean.matchAll(pattern)) {
      const wholes = endsOf(groups?.whole ?? '').flatMap((text) => known(text, unit, dictionary));
      if (wholes.length === 0) continue;
      for (const member of membersOf(groups?.members ?? '').flatMap((text) => endsOf(text)))
        for (const term of known(member, unit, dictionary))
          for (const whole of wholes) if (whole !== term) term.genus.add(whole.key);
    }
}

/** "most important nucleic acids" names nucleic acids: every end of a phrase is tried. */
const endsOf = (phrase: string): string[] => {
  const words = bare(phrase).split(' ');
  return words.map((_, i) => words.slice(i).join(' ')).slice(-4);
};

/** Only what the notes use as a term anyway; a guess here would cost good questions. */
const known = (text: string, unit: Unit, dictionary: Dictionary): Term[] => {
  const term = isTermLike(text) ? dictionary.find(text) : null;
  if (term) term.units.add(unit.order);
  return term ? [term] : [];
};
