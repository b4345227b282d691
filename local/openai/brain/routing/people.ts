import type { Person, State } from './types.ts';

const PRONOUN_PERSON =
  /\b(?:him|her|them|they|he|she|that (?:person|student|one)|my partner|the (?:first|top|best) (?:one|match|candidate))\b/i;
const NOT_A_NAME =
  /^(?:My|The|A|An|I|Me|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|March|April|May|June|July|August|someone|somebody|anyone|everyone|people|me|him|her|them)$/i;

/** Who is meant: somebody known with an id, or only a name that nobody here bears. */
export function findPerson(say: string, state: State): Partial<Person> {
  const known = state.people.find((person) => names(person, say));
  if (known) return known;
  const id = /\b(?:user|student|candidate|u)[-_#]\w[\w-]*|[0-9a-f]{8}-[0-9a-f-]{27}/i.exec(say)?.[0];
  if (id) return { id };
  if (state.lastPersonId && PRONOUN_PERSON.test(say)) return { id: state.lastPersonId };
  const name =
    /\b(?:nudge|ping|poke|invite|remind|message|tell|ask|with|to|is|for|on|about|why|does|and|can|compatible with|suggest|recommend|of|dm|text|let|send|did you suggest)\s(@?[A-Z][\p{L}'-]+)/u.exec(
      say,
    )?.[1] ??
    /^(@?[A-Z][\p{L}-]+)['’]s\b/u.exec(say)?.[1] ??
    /\b(?:nudge|ping|poke|invite)\s(@?[\p{L}-]{3,})/iu.exec(say)?.[1];
  return name && !NOT_A_NAME.test(name) ? { name } : {};
}

function names({ id, name }: Person, say: string): boolean {
  if (say.includes(id)) return true;
  const first = (name.split(' ')[0] ?? '').replace(/[^\p{L}-]/gu, '');
  return first.length > 1 && new RegExp(String.raw`(?<!\p{L})@?${first}(?:['’]s)?(?!\p{L})`, 'iu').test(say);
}

export const startsByAddressing = (say: string, name: string): boolean =>
  new RegExp(String.raw`^(?:please )?(?:remind|message|tell|ask|dm|text|let) ${literal(name)}\b`, 'i').test(
    say,
  );

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
