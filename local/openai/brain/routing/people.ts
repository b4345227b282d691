import { withoutAccents } from './glossary.ts';
import type { Person, State } from './types.ts';

/** Stands letter for letter where the name of somebody known stood, and of somebody unknown. */
export const KNOWN_PERSON = '§';
const UNKNOWN_PERSON = '¤';

const HIM = String.raw`\b(?:him|her|she|he|hers|his)\b`;
const THEM = String.raw`\b(?:them|they|their|that (?:person|student|one)|my partner|the (?:first|top|best) (?:one|match|candidate))\b`;
const NOT_A_NAME =
  /^(?:Who|What|Where|When|How|Why|Let|There|Here|That|It|He|She|They|Which|Is|Are|Do|Does|Can|My|The|A|An|I|I'm|Me|Us|You|We|Our|Your|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Christmas|someone|somebody|anyone|anybody|everyone|everybody|people|students?|classmates?|others|friends?|me|him|her|them|it|this|that|here|all|more|some|any|one|each|both)$/i;
const ID = /\b(?:user|student|candidate)[-_#]\d[\w-]*|[0-9a-f]{8}-[0-9a-f-]{27}/i;
/** "@lena" is a name in any case; other unknown names must be written as names. */
const UNKNOWN_NAME =
  /(?<![\p{L}\d])(?:[Nn]udge|[Pp]ing|[Pp]oke|[Ii]nvite|[Rr]emind|[Mm]essage|[Tt]ell|[Aa]sk|[Cc]ontact|[Nn]otify|with|is|does|can|(?<=\b(?:me|i|you|us) )and|[Ss]uggest|[Rr]ecommend|dm|[Tt]ext|let|[Ss]end|suggested|recommended|[Ww]rite|are|(?:message|invite|invitation|nudge|note|reminder|text|ping) (?:to|for)|[Ss]tupse?|[Ll]ade?|[Ee]rinnere?|[Ss]chreibe?|[Ff]rage?|[Ss]age?|[Rr]elance|[Pp]réviens|(?:[Éé]cris|[Dd]is|[Dd]emande|[Rr]appelle) à|(?:[Aa]visa|[Ii]nvita|[Dd]ile|[Ee]scríbele|[Rr]ecuérdale|[Pp]regúntale) a)\s(@?\p{Lu}[\p{L}'-]+)/u;
const ADDRESSED = /(?<!\p{L})(?:nudge|ping|poke)\s(@?[\p{L}-]{3,})/iu;

/** "CHIKV", "SL-SHC014": in capitals or with digits it is a short form. */
const SHORT_FORM = /^\p{Lu}{2}|\d/u;

/** Who is meant: somebody known with an id, or only a name that nobody here bears. */
export function findPerson(say: string, state: Pick<State, 'people'> & Partial<State>): Partial<Person> {
  const plain = withoutAccents(say);
  const known = state.people.find((person) => namePattern(person).test(plain));
  if (known) return known;
  const id = ID.exec(say)?.[0];
  if (id) return { id };
  if (state.lastPersonId && pronounFor(state).test(say)) return { id: state.lastPersonId };
  const name =
    UNKNOWN_NAME.exec(say)?.[1] ?? /^(@?\p{Lu}[\p{L}-]+)['’]s\b/u.exec(say)?.[1] ?? ADDRESSED.exec(say)?.[1];
  return name && !NOT_A_NAME.test(name) && !SHORT_FORM.test(name) ? { name } : {};
}

/** "they" is a person only while the talk is of people. */
function pronounFor(state: Partial<State>): RegExp {
  const aboutPeople = /^(?:match|getAvail|sendNudge|getOnline)/.test(state.lastCall?.tool ?? '');
  return new RegExp(aboutPeople ? `${HIM}|${THEM}` : HIM, 'iu');
}

const patterns = new Map<string, RegExp>();

function namePattern({ id, name }: Person): RegExp {
  const key = `${id} ${name}`;
  const known = patterns.get(key);
  if (known) return known;
  const [first = '', ...rest] = withoutAccents(name)
    .split(' ')
    .map((part) => literal(part.replace(/[^\p{L}'-]/gu, '')));
  const whole = rest.filter(Boolean).length > 0 ? `${first} ${rest.join(' ')}` : first;
  const ways = [literal(id), ...(first.length > 1 ? [whole, first] : [])];
  const pattern = new RegExp(String.raw`(?<![\p{L}\d])@?(?:${ways.join('|')})(?:['’]?s)?(?![\p{L}\d])`, 'iu');
  if (patterns.size > 500) patterns.clear();
  patterns.set(key, pattern);
  return pattern;
}

/** The sentence with every letter of a name as one sign, so that whoever reads it need not know names and places stay. */
export function nameless(say: string, state: Pick<State, 'people'> & Partial<State>): string {
  const hide = (text: string, pattern: RegExp, sign: string): string =>
    text.replace(pattern, (name) => sign.repeat(name.length));
  let plain = withoutAccents(say);
  for (const person of state.people)
    plain = hide(plain, new RegExp(namePattern(person), 'giu'), KNOWN_PERSON);
  plain = hide(plain, new RegExp(ID, 'gi'), KNOWN_PERSON);
  if (state.lastPersonId) plain = hide(plain, new RegExp(pronounFor(state), 'giu'), KNOWN_PERSON);
  const { id, name } = findPerson(say, state);
  if (id || !name) return plain;
  return hide(
    plain,
    new RegExp(String.raw`(?<!\p{L})${literal(withoutAccents(name))}(?!\p{L})`, 'gu'),
    UNKNOWN_PERSON,
  );
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
