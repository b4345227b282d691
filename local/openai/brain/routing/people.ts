import { say as phrase } from '../phrases.ts';
import { readCountWithin, readDayOfWeek } from '../slots/amounts.ts';
import { capitalised } from '../text/plain.ts';
import { found, match, patterns, rewritten, says, which } from '../words.ts';
import { withoutAccents } from './glossary.ts';
import { ask, type Call, type Clause, calling, type Filled, type Person, type State } from './types.ts';

/** Stands letter for letter where the name of somebody known stood, and of somebody unknown. */
export const KNOWN_PERSON = '§';
const UNKNOWN_PERSON = '¤';

type Named = Pick<State, 'people'> & Partial<State>;

/** Who is meant: somebody known with an id, or only a name that nobody here bears. */
export function findPerson(say: string, state: Named): Partial<Person> {
  const plain = withoutAccents(say);
  const known = state.people.find((person) => namePattern(person).test(plain));
  if (known) return known;
  const id = found('person-id', say);
  if (id) return { id };
  if (state.lastPersonId && says(pronounIn(state), say)) return { id: state.lastPersonId };
  const name = found('unknown-name', say);
  return name && !says('no-name', name) ? { name } : {};
}

/** "they" is a person only while the talk is of people. */
const pronounIn = ({ lastCall }: Named): string =>
  says('talk-of-people', lastCall?.tool ?? '') ? 'them' : 'him';

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const namePatterns = new WeakMap<Person, RegExp>();

/** The first name, the whole one or the id, also with "@" before and "'s" behind. */
function namePattern(person: Person): RegExp {
  const [first = '', ...rest] = withoutAccents(person.name)
    .split(' ')
    .map((part) => literal(part.replace(/[^\p{L}'-]/gu, '')));
  const whole = [first, ...rest.filter(Boolean)].join(' ');
  const ways = [literal(person.id), ...(first.length > 1 ? [whole, first] : [])].join('|');
  const pattern =
    namePatterns.get(person) ?? new RegExp(`(?<![\\p{L}\\d])@?(?:${ways})(?:['’]?s)?(?![\\p{L}\\d])`, 'giu');
  namePatterns.set(person, pattern);
  pattern.lastIndex = 0;
  return pattern;
}

/** The sentence with every letter of a name as one sign, so that whoever reads it need not know names and places stay. */
export function nameless(say: string, state: Named): string {
  const { id, name } = findPerson(say, state);
  const known = [
    ...state.people.map(namePattern),
    ...['person-id', ...(state.lastPersonId ? [pronounIn(state)] : [])].flatMap((key) =>
      patterns(key, 'g').map(({ pattern }) => pattern),
    ),
  ];
  const hide = (text: string, pattern: RegExp, sign: string): string =>
    text.replace(pattern, (hidden) => sign.repeat(hidden.length));
  const plain = known.reduce((text, pattern) => hide(text, pattern, KNOWN_PERSON), withoutAccents(say));
  const unknown = `(?<!\\p{L})${literal(withoutAccents(name ?? ''))}(?!\\p{L})`;
  return id || !name ? plain : hide(plain, new RegExp(unknown, 'gu'), UNKNOWN_PERSON);
}

export const fillMatches = ({ plain }: Clause): Filled =>
  calling('matchCandidates', {
    topK: readCountWithin(plain, 'partners', 50) ?? (says('a-partner', plain) ? 5 : 10),
  });

export function fillOnline({ plain }: Clause): Filled {
  const doing = which('doing', plain);
  const limit = readCountWithin(plain, 'people', 200) ?? 50;
  return calling('getOnlineUsers', { ...(doing ? { activityFilter: doing } : {}), limit });
}

export function fillAvailability(clause: Clause): Filled {
  const { say, plain, state } = clause;
  const { id, name } = findPerson(say, state);
  const dow = readDayOfWeek(plain, state.now);
  const isOwn = says('own', rewritten('shown-to-me', plain));
  const args = { ...(id ? { targetUserId: id } : {}), ...(dow !== undefined ? { dow } : {}) };
  if (id || (!name && (isOwn || dow !== undefined))) return calling('getAvailability', args);
  return ask({ tool: 'getAvailability', args }, 'targetUserId', clause, { name });
}

export const fillInsight = (clause: Clause): Filled =>
  toSomebody({ tool: 'matchInsight', args: {} }, 'candidateId', clause);

export function fillNudge(clause: Clause): Filled {
  const { say, plain, typed, state, language } = clause;
  const { id } = findPerson(say, state);
  const nudgeType = which('nudge', plain) ?? 'study_invite';
  const called = state.people.find((person) => person.id === id)?.name.split(' ')[0];
  const said = readMessage(typed, called);
  const usual = phrase(nudgeType === 'reminder' ? 'message.reminder' : 'message', {}, language);
  const call: Call = { tool: 'sendNudge', args: { message: said || usual, nudgeType } };
  return toSomebody(call, 'toUserId', clause, said ? [] : [phrase('assumed.message', {}, language)]);
}

/** In one sentence with a search for people it goes to the best of them, whoever that will be. */
function toSomebody(call: Call, key: string, clause: Clause, assumed: string[] = []): Filled {
  const { id, name } = findPerson(clause.say, clause.state);
  if (id) return calling(call.tool, { [key]: id, ...call.args }, assumed);
  const isFound = clause.calls.some(({ tool }) => tool === 'matchCandidates' || tool === 'getOnlineUsers');
  return isFound ? { calls: [{ ...call, needs: 'partners' }], assumed } : ask(call, key, clause, { name });
}

function readMessage(say: string, name = ''): string {
  const exact = found('message', say);
  if (exact) return exact;
  const told = match('message-behind', say)?.[1] ?? found('reported', say)?.replace(/[.\s?!]+$/, '');
  if (told) return capitalised(rewritten('turned', told));
  const behind = name ? say.slice(say.toLowerCase().indexOf(name.toLowerCase()) + name.length).trim() : '';
  if (says('told-them', behind)) return capitalised(behind.replace(/[.\s]+$/, ''));
  const about = match('message-about', say)?.[1]?.replace(/[.\s!]+$/, '') ?? '';
  return says('is-deed', about) ? phrase('message.to', { deed: about }) : capitalised(about);
}
