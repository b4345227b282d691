import { say as phrase } from '../phrases.ts';
import { readDayOfWeek } from '../slots/days.ts';
import { readCountWithin } from '../slots/minutes.ts';
import { capitalised } from '../text/plain.ts';
import { findPerson } from './people.ts';
import { ask, type Call, type Clause, calling, type Filled } from './types.ts';

const PARTNERS =
  '(?:study |good |potential |possible |compatible |new |other )*(?:partners?|people|classmates|match|candidates?|suggestions?|options?)';

export function fillMatches({ plain }: Clause): Filled {
  const usual = /\b(?:a|one) (?:\w+ )?(?:partner|someone|person)\b/i.test(plain) ? 5 : 10;
  return calling('matchCandidates', { topK: readCountWithin(plain, PARTNERS, 50) ?? usual });
}

export function fillInsight(clause: Clause): Filled {
  const { id, name } = findPerson(clause.say, clause.state);
  if (id) return calling('matchInsight', { candidateId: id });
  const call: Call = { tool: 'matchInsight', args: {} };
  // In one sentence with a search for partners it is about the best of them, whoever that will be.
  return clause.calls.some(({ tool }) => tool === 'matchCandidates')
    ? { calls: [{ ...call, needs: 'partners' }] }
    : ask(call, 'candidateId', clause, { name });
}

const DOING: readonly [RegExp, string][] = [
  [/\bin (?:a )?(?:study )?session\b/i, 'in_session'],
  [/\b(?:free|to (?:study|chat)|can study|up for|down for|ready)\b/i, 'available'],
  [/\b(?:study|studying|working)\b/i, 'studying'],
  [/\bidle\b/i, 'idle'],
];

export function fillOnline({ plain }: Clause): Filled {
  const doing = DOING.find(([words]) => words.test(plain))?.[1];
  const limit = readCountWithin(plain, 'people|students?|users?|others', 200) ?? 50;
  return calling('getOnlineUsers', { ...(doing ? { activityFilter: doing } : {}), limit });
}

export function fillAvailability(clause: Clause): Filled {
  const { say, plain, state } = clause;
  const { id, name } = findPerson(say, state);
  const dow = readDayOfWeek(plain, state.now);
  const isOwn = /\b(?:i|my|me)\b/i.test(plain.replace(/\b(?:show|tell|give) me\b/gi, ''));
  const args = { ...(id ? { targetUserId: id } : {}), ...(dow !== undefined ? { dow } : {}) };
  if (id || (!name && (isOwn || dow !== undefined))) return calling('getAvailability', args);
  return ask({ tool: 'getAvailability', args }, 'targetUserId', clause, { name });
}

const TYPES: readonly [RegExp, string][] = [
  [/\bremind|\bnot forget|\bdeadline|\bdue\b/i, 'reminder'],
  [/^(?!.*\bmove[sd]?\b).*(?:\binvit|\bjoin\b|\bstudy\b)/is, 'study_invite'],
  [/\bplan\b|\breschedul|\bmove[sd]?\b|\bpostpon|\bcancel|\blate\b/i, 'plan_update'],
  [/\bmatch\b|\bgood fit\b|\bcompatible\b/i, 'match_suggestion'],
];

export function fillNudge(clause: Clause): Filled {
  const { say, plain, typed, state, calls, language } = clause;
  const { id, name } = findPerson(say, state);
  const nudgeType = TYPES.find(([words]) => words.test(plain))?.[1] ?? 'study_invite';
  const called = state.people.find((person) => person.id === id)?.name.split(' ')[0];
  const said = readMessage(typed, called);
  const usual = phrase(nudgeType === 'reminder' ? 'message.reminder' : 'message', {}, language);
  const args = { ...(id ? { toUserId: id } : {}), message: said || usual, nudgeType };
  const assumed = said ? [] : [phrase('assumed.message', {}, language)];
  if (id) return calling('sendNudge', args, assumed);
  const call: Call = { tool: 'sendNudge', args };
  return calls.some(({ tool }) => tool === 'matchCandidates' || tool === 'getOnlineUsers')
    ? { calls: [{ ...call, needs: 'partners' }], assumed }
    : ask(call, 'toUserId', clause, { name });
}

const QUOTED = /"([^"]{3,})"|«\s*([^»]{3,}?)\s*»|[„“]([^“”]{3,})[“”]|(?<=\s)'([^']{4,})'/;
const AFTER_COLON = /^[^:]{3,60}:\s+(.{3,})$/;
const PLACED =
  /\b(?:saying|that says|with the message|telling (?:him|her|them)(?: that)?|message:|says?:?|know(?: that)?|writes?:|pour (?:lui )?dire que)\s+(.{4,})/i;
const REPORTED = /\b(?:that|whether|if|dass|ob|que|si)\s+(.{4,})/i;
/** "text Maya I can't come": what is told begins with whom it is about. */
const AFTER_NAME =
  /^(?:i|i'm|i've|i'll|we|we're|you|you're|my|our|your|the|it|it's|there|let's|see|thanks?|sorry|good)\b(?=.*\s)/i;
const DEEDS =
  'study|review|revise|join|work|practi[cs]e|meet|do|finish|read|prepare|call|bring|help|guide|send|learn|go|come';
const ABOUT = new RegExp(
  String.raw`\b(?:to|about|of|for)\s+((?:${DEEDS}|a |an |our |the |my |tomorrow|tonight|he|she|they|want|us|\w+ing).{2,})$`,
  'i',
);
const DEED = new RegExp(String.raw`^(?:${DEEDS})\b`, 'i');
/** "she wants to …" is said of the one who will read it. */
const TURNED: readonly [RegExp, string][] = [
  [/^(?:he|she|they) wants?( to)?\b/i, 'do you want$1'],
  [/^(?:he|she|they) (?:is|are)\b/i, 'are you'],
  [/^(?:he|she|they) (?:has|have)\b/i, 'do you have'],
  [/^(?:he|she|they) (need|like)s?\b/i, 'do you $1'],
  [/^(?:he|she|they) (can|could|would|will)\b/i, '$1 you'],
];

/** The words for the other student: quoted, after a colon, or what "to", "that" and "about" introduce. */
function readMessage(say: string, name = ''): string {
  const exact = QUOTED.exec(say)?.slice(1).find(Boolean);
  if (exact) return exact;
  const colon = AFTER_COLON.exec(say)?.[1];
  if (colon) return capitalised(colon);
  const told = (PLACED.exec(say)?.[1] ?? REPORTED.exec(say)?.[1])?.replace(/[.\s?!]+$/, '');
  if (told) {
    const [pattern, turned = ''] = TURNED.find(([said]) => said.test(told)) ?? [];
    return capitalised(pattern ? `${told.replace(pattern, turned)}?` : told);
  }
  const behind = name ? say.slice(say.toLowerCase().indexOf(name.toLowerCase()) + name.length).trim() : '';
  if (AFTER_NAME.test(behind)) return capitalised(behind.replace(/[.\s]+$/, ''));
  const about = ABOUT.exec(say)?.[1]?.replace(/[.\s!]+$/, '') ?? '';
  return DEED.test(about) ? phrase('message.to', { deed: about }) : capitalised(about);
}
