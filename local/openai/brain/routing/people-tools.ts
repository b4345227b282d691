import { readDayOfWeek } from '../slots/days.ts';
import { clamp, readCount } from '../slots/minutes.ts';
import { capitalised } from '../text/plain.ts';
import { findPerson } from './people.ts';
import { ask, type Call, type Clause, type Filled } from './types.ts';

export function fillMatches({ plain }: Clause): Filled {
  const counted = readCount(
    plain,
    '(?:study |good |potential |possible |compatible |new |other )*(?:partners?|people|classmates|match|candidates?|suggestions?|options?)',
  );
  const wantsOne = /\b(?:a|one) (?:\w+ )?(?:partner|someone|person)\b/i.test(plain);
  return {
    calls: [{ tool: 'matchCandidates', args: { topK: clamp(counted ?? (wantsOne ? 5 : 10), 1, 50) } }],
  };
}

export function fillInsight({ say, state, calls }: Clause): Filled {
  const person = findPerson(say, state);
  if (person.id) return { calls: [{ tool: 'matchInsight', args: { candidateId: person.id } }] };
  // In one sentence with a search for partners it is about the best of them, whoever that will be.
  if (calls.some((call) => call.tool === 'matchCandidates'))
    return { calls: [{ tool: 'matchInsight', args: {}, needs: 'partners' }] };
  const question = person.name
    ? `I know no ${person.name} among your matches. Which student do you mean?`
    : 'With which student should I compare you?';
  return ask({ tool: 'matchInsight', args: {} }, 'candidateId', question);
}

export function fillOnline({ plain }: Clause): Filled {
  const activityFilter = readActivity(plain);
  const limit = clamp(readCount(plain, 'people|students?|users?|others') ?? 50, 1, 200);
  return {
    calls: [{ tool: 'getOnlineUsers', args: { ...(activityFilter ? { activityFilter } : {}), limit } }],
  };
}

function readActivity(plain: string): string | undefined {
  if (/\bin (?:a )?(?:study )?session\b/i.test(plain)) return 'in_session';
  if (/\b(?:free|to (?:study|chat)|can study|up for|down for|ready)\b/i.test(plain)) return 'available';
  if (/\b(?:study|studying|working)\b/i.test(plain)) return 'studying';
  return /\bidle\b/i.test(plain) ? 'idle' : undefined;
}

export function fillAvailability({ say, plain, state }: Clause): Filled {
  const person = findPerson(say, state);
  const dow = readDayOfWeek(plain, state.now);
  const isOwn =
    !person.id && !person.name && /\b(?:i|my|me)\b/i.test(plain.replace(/\b(?:show|tell|give) me\b/gi, ''));
  const call: Call = {
    tool: 'getAvailability',
    args: { ...(person.id ? { targetUserId: person.id } : {}), ...(dow !== undefined ? { dow } : {}) },
  };
  if (person.id || isOwn || (!person.name && dow !== undefined)) return { calls: [call] };
  const question = person.name
    ? `I know no ${person.name} among your partners. Whose times do you want?`
    : 'Whose free times do you want to see?';
  return ask(call, 'targetUserId', question);
}

export function fillNudge({ say, plain, typed, state, calls }: Clause): Filled {
  const person = findPerson(say, state);
  const nudgeType = readType(plain);
  const said = readMessage(typed, nameOf(person.id, state).split(' ')[0]);
  const usual =
    nudgeType === 'reminder'
      ? 'A friendly reminder about our study plan.'
      : 'Would you like to study together?';
  const call: Call = {
    tool: 'sendNudge',
    args: { ...(person.id ? { toUserId: person.id } : {}), message: said || usual, nudgeType },
  };
  const assumed = said ? [] : ['A short standard message; you can edit it before it is sent.'];
  if (person.id) return { calls: [call], assumed };
  if (calls.some((other) => other.tool === 'matchCandidates' || other.tool === 'getOnlineUsers'))
    return { calls: [{ ...call, needs: 'partners' }], assumed };
  const question = person.name
    ? `I know no ${person.name} among your partners. To whom should it go?`
    : 'To whom should I send it?';
  return ask(call, 'toUserId', question);
}

const nameOf = (id: string | undefined, { people }: Clause['state']): string =>
  people.find((person) => person.id === id)?.name ?? '';

function readType(plain: string): string {
  if (/\bremind|\bnot forget|\bdeadline|\bdue\b/i.test(plain)) return 'reminder';
  if (/\binvit|\bjoin\b|\bstudy\b/i.test(plain) && !/\bmove[sd]?\b/i.test(plain)) return 'study_invite';
  if (/\bplan\b|\breschedul|\bmove[sd]?\b|\bpostpon|\bcancel|\blate\b/i.test(plain)) return 'plan_update';
  if (/\bmatch\b|\bgood fit\b|\bcompatible\b/i.test(plain)) return 'match_suggestion';
  return 'study_invite';
}

const PLACED =
  /\b(?:saying|that says|with the message|telling (?:him|her|them)(?: that)?|message:|says?:?|know(?: that)?|writes?:|pour (?:lui )?dire que)\s+(.{4,})/i;
/** "text Maya I can't come": what is told begins with whom it is about. */
const AFTER_NAME =
  /^(?:i|i'm|i've|i'll|we|we're|you|you're|my|our|your|the|it|it's|there|let's|see|thanks?|sorry|good)\b/i;
const AFTER_COLON = /^[^:]{3,60}:\s+(.{3,})$/;
const REPORTED = /\b(?:that|whether|if|dass|ob|que|si)\s+(.{4,})/i;
const ABOUT =
  /\b(?:to|about|of|for)\s+((?:study|review|revise|join|work|practi[cs]e|meet|do|finish|read|prepare|call|bring|help|guide|send|learn|go|a |an |our |the |my |tomorrow|tonight|he|she|they|come|want|us|\w+ing).{2,})$/i;
const ORDER_TO =
  /^(?:study|review|revise|join|work|practi[cs]e|meet|do|finish|read|prepare|come|call|bring|help|guide|send|learn|go)\b/i;
const TURNED: [RegExp, string][] = [
  [/^(?:he|she|they) wants?( to)?\b/i, 'do you want$1'],
  [/^(?:he|she|they) (?:is|are)\b/i, 'are you'],
  [/^(?:he|she|they) (?:has|have)\b/i, 'do you have'],
  [/^(?:he|she|they) (need|like)s?\b/i, 'do you $1'],
  [/^(?:he|she|they) (can|could|would|will)\b/i, '$1 you'],
];

/** The words for the other student: quoted, after a colon, or what "to", "that" and "about" introduce. */
function readMessage(say: string, name = ''): string {
  const quoted = /"([^"]{3,})"|(?<=\s)'([^']{4,})'/.exec(say);
  if (quoted) return quoted[1] ?? quoted[2] ?? '';
  const colon = AFTER_COLON.exec(say)?.[1];
  if (colon) return capitalised(colon);
  const told = (PLACED.exec(say)?.[1] ?? REPORTED.exec(say)?.[1])?.replace(/[.\s?!]+$/, '');
  if (told) {
    // "she wants to …" is said of the one who will read it.
    const [pattern, turned] = TURNED.find(([said]) => said.test(told)) ?? [];
    return pattern ? `${capitalised(told.replace(pattern, turned ?? ''))}?` : capitalised(told);
  }
  const behind = name ? say.slice(say.toLowerCase().indexOf(name.toLowerCase()) + name.length).trim() : '';
  if (AFTER_NAME.test(behind) && /\s/.test(behind)) return capitalised(behind.replace(/[.\s]+$/, ''));
  const about = ABOUT.exec(say)?.[1]?.replace(/[.\s!]+$/, '');
  if (!about) return '';
  return ORDER_TO.test(about) ? `Would you like to ${about}?` : capitalised(about);
}
