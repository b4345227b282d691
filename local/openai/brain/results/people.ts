import type { Person } from '../routing/types.ts';
import {
  countOf,
  listed,
  numberOf,
  percent,
  plural,
  type Result,
  recordsOf,
  sentence,
  textOf,
  textsOf,
} from './read.ts';

const nameOf = (person: Result): string => textOf(person, 'displayName') || 'a student';

export function describeMatches(result: Result): string {
  const candidates = recordsOf(result, 'candidates');
  const [best, ...others] = candidates;
  if (!best)
    return sentence(
      textOf(result, 'hint') ||
        'I found nobody who fits yet. Add the subjects you study under You, and let matches see you',
    );
  const score = numberOf(best, 'score');
  const fit = score === undefined ? '' : ` (${percent(score)})`;
  const reason = sentence(textOf(best, 'reason'));
  const rest = others.length > 0 ? ` After that: ${listed(others.map(nameOf))}.` : '';
  return `${nameOf(best)} fits you best${fit}.${reason ? ` ${reason}` : ''}${rest}`;
}

export function describeInsight(result: Result): string {
  const score = numberOf(result, 'compatibilityScore');
  const name = textOf(result, 'displayName');
  const fit =
    score === undefined
      ? 'The comparison is ready.'
      : `You and ${name || 'this student'} fit ${percent(score)}.`;
  const risk = textsOf(result, 'risks')[0];
  const when = recordsOf(result, 'nextBestTimes')[0];
  const mine = when ? textOf(when, 'whenMine') : '';
  const next =
    result.canStudyNow === true
      ? 'You could study together now.'
      : mine
        ? `The next good time is ${mine}.`
        : '';
  return [fit, sentence(textOf(result, 'verdict')), risk ? `Worth knowing: ${sentence(risk)}` : '', next]
    .filter(Boolean)
    .join(' ');
}

const DOING = new Map([
  ['available', 'free to study'],
  ['studying', 'studying'],
  ['in_session', 'in a session'],
  ['idle', 'here'],
]);

export function describeOnline(result: Result, args: Result): string {
  const users = recordsOf(result, 'users');
  const total = numberOf(result, 'total') ?? users.length;
  if (total === 0) {
    const wanted = DOING.get(textOf(args, 'activityFilter'));
    const who =
      wanted && wanted !== 'here'
        ? `Nobody you can see is ${wanted} right now.`
        : 'Nobody you can see is here right now.';
    return `${who} Ask for a study partner, and I look for times that suit you both.`;
  }
  const names = users.map((user) => {
    const doing = DOING.get(textOf(user, 'currentActivity'));
    return doing && doing !== 'here' ? `${nameOf(user)} (${doing})` : nameOf(user);
  });
  const unnamed = Math.max(0, total - names.length);
  const all = [...names, ...Array.from({ length: unnamed }, () => 'a student')];
  const head = `${plural(total, 'student is', 'students are')} here now`;
  return names.length === 0 ? `${head}.` : `${head}: ${listed(all, 4)}.`;
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

export function describeAvailability(result: Result, args: Result): string {
  const name = textOf(result, 'displayName');
  const isOwn =
    result.isOwn === true || name === 'the student' || (!name && typeof args.targetUserId !== 'string');
  const dow = numberOf(args, 'dow');
  const day = dow === undefined ? '' : ` on ${DAYS[dow] ?? 'that day'}`;
  const windows = textsOf(result, 'inWords');
  const spoken = windows.length > 0 ? windows : recordsOf(result, 'windows').map(inWords);
  const who = isOwn ? 'You have' : `${name || 'This student'} has`;
  if (spoken.length === 0)
    return isOwn
      ? `You have set no free times${day} yet. Set them under You, so that partners can find a time.`
      : `${who} set no free times${day}. Ask with a nudge.`;
  return `${who} ${countOf(result, 'windows') === 1 || spoken.length === 1 ? 'this time' : 'these times'} free${day}: ${listed(spoken, 4)}.`;
}

function inWords(window: Result): string {
  const day = DAYS[numberOf(window, 'dow') ?? -1] ?? '';
  return `${day} ${clock(numberOf(window, 'startMin') ?? 0)}–${clock(numberOf(window, 'endMin') ?? 0)}`.trim();
}

export function describeNudge(result: Result, args: Result, people: Person[]): string {
  const id = textOf(result, 'toUserId') || textOf(args, 'toUserId');
  const name = people.find((person) => person.id === id)?.name;
  if (result.success === false) return `The nudge${name ? ` to ${name}` : ''} was not sent.`;
  if (result.duplicate === true) return 'The same text went out minutes ago, so I sent nothing again.';
  return name ? `Sent to ${name}.` : 'The nudge is sent.';
}
