import type { Turn } from '../wire/types.ts';
import { firstPersonIn } from './follow-plan.ts';
import { isRecord, parseJson, recordIn } from './parse-json.ts';
import type { Language } from './phrases.ts';
import { readExplicit } from './routing/explicit.ts';
import { languageOf } from './routing/glossary.ts';
import { route } from './routing/route.ts';
import { isElliptical, resolved, subjectOf } from './routing/subject.ts';
import { type Call, isTool, type Person, type State, TOOL_NAMES } from './routing/types.ts';
import { match } from './words.ts';

export type Step = { name: string; args: Record<string, unknown>; result: string | null };

export type Conversation = {
  /** What the student said last; null when nobody has spoken. */
  said: string | null;
  /** The calls made since, with their results. */
  steps: Step[];
  state: State;
  /** The language of what was said last, as far as that tells it by itself. */
  language: Language;
  instructions: string;
};

/** Further back than this, what was said no longer decides what is meant. */
const REMEMBERED_TURNS = 6;
/** What a student told of themselves counts for longer. */
const MOST_TOLD = 10;
const MOST_SEGMENTS = 60;
const LONGEST_TRANSCRIPT = 20_000;
const MOST_ITEMS = 200;

/** Lines that whoever asks us put behind a question; the student did not say them. */
const OURS = /\n*<turn>\n([\s\S]*?)\n<\/turn>/;

type Segment = { said: string; steps: Step[]; answers: string[] };

export function readConversation(turns: Turn[]): Conversation {
  const instructions = turns
    .flatMap(({ role, ...turn }) => {
      if (role === 'system' && 'text' in turn) return [turn.text];
      return role === 'user' && 'text' in turn ? [OURS.exec(turn.text)?.[1] ?? ''] : [];
    })
    .join('\n');
  const segments = segmentsOf(turns);
  const current = segments.at(-1);
  const earlier = segments.slice(0, -1);
  const language = languageOf(
    segments
      .slice(-2)
      .map(({ said }) => said)
      .join('\n'),
  );
  const start: State = {
    now: readToday(instructions),
    people: peopleIn(instructions, turns),
    subject: '',
    told: [],
    conversation: transcriptOf(earlier),
  };
  const state = earlier.slice(-MOST_SEGMENTS).reduce((before, segment, i, all) => {
    const next = after(segment, before);
    return i < all.length - REMEMBERED_TURNS ? { ...start, told: next.told } : next;
  }, start);
  const { said = null, steps = [] } = current ?? {};
  return { said, steps, state: { ...state, language }, language, instructions };
}

function segmentsOf(turns: Turn[]): Segment[] {
  const segments: Segment[] = [];
  for (const turn of turns) {
    const segment = segments.at(-1);
    if (turn.role === 'user') segments.push({ said: turn.text.replace(OURS, ''), steps: [], answers: [] });
    else if (turn.role === 'assistant') segment?.answers.push(turn.text);
    else if (turn.role === 'call')
      segment?.steps.push({ name: turn.name, args: recordIn(turn.args), result: null });
    else if (turn.role === 'tool') {
      const step = segment?.steps.find((waiting) => waiting.name === turn.name && waiting.result === null);
      if (step) step.result = turn.text;
    }
  }
  return segments;
}

/** What one exchange leaves behind for the next sentence. */
function after({ said, steps, answers }: Segment, { pending: _answered, ...state }: State): State {
  const before = _answered ? { ...state, pending: _answered } : state;
  const routed = readExplicit(said, TOOL_NAMES) ? undefined : route(said, before);
  const made = steps.flatMap(({ name, args }) => (isTool(name) ? [{ tool: name, args }] : []));
  const meant = routed?.kind === 'call' ? routed.calls : [];
  const lastCall = made.at(-1) ?? meant.at(-1) ?? state.lastCall;
  const pending = routed?.kind === 'ask' ? routed.pending : undefined;
  const wasAsked = pending && answers.some((answer) => answer.includes(pending.question));
  const partners = steps.findLast(({ name }) => name === 'matchCandidates')?.result;
  const { candidateId, toUserId, targetUserId } = lastCall?.args ?? {};
  // "she" after a list of partners is the one who was named first.
  const person = [candidateId, toUserId, targetUserId, partners && firstPersonIn(partners)].find(
    (id) => typeof id === 'string',
  );
  const query = made.find(({ tool }) => tool === 'searchNotes')?.args.query;
  const isLeaning = state.subject !== '' && isElliptical(said);
  const subject = isLeaning
    ? resolved(said, state).subject
    : (subjectNamed(made.length > 0 ? made : meant) ?? state.subject);
  const hasTold = routed?.kind === 'talk' && routed.about === 'told';
  return {
    ...state,
    subject,
    told: hasTold ? [...state.told, said.trim()].slice(-MOST_TOLD) : state.told,
    ...(typeof query === 'string' ? { lastQuery: query } : {}),
    ...(subject === state.subject ? {} : { earlier: state.subject }),
    ...(lastCall ? { lastCall } : {}),
    ...(person ? { lastPersonId: person } : {}),
    ...(wasAsked ? { pending } : {}),
  };
}

function subjectNamed(calls: Call[]): string | undefined {
  const named = calls.map(({ args }) => args.topic ?? args.query).find((name) => name);
  return typeof named === 'string' ? subjectOf(named) : undefined;
}

/** The instructions carry the student's own date; without it the clock of this machine has to do. */
function readToday(instructions: string): Date {
  const [, year, month, day, hour = '12', minute = '0'] = match('today-is', instructions) ?? [];
  if (!year) return new Date();
  return new Date(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
}

/** People the student may name: from a line `Partners: Maya (id), Ben (id)` and from what tools brought. */
function peopleIn(instructions: string, turns: Turn[]): Person[] {
  const people = new Map<string, Person>();
  for (const [, name = '', id = ''] of (match('partners', instructions)?.[1] ?? '').matchAll(
    /([^,(]+?)\s*\(([\w-]+)\)/g,
  ))
    people.set(id, { name: name.trim(), id });
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.slice(0, MOST_ITEMS).forEach(collect);
    if (!isRecord(value)) return;
    const profile = isRecord(value.profile) ? value.profile : {};
    const id = value.userId ?? value.candidateId;
    const name = value.displayName ?? value.name ?? profile.displayName ?? profile.name;
    if (typeof id === 'string' && typeof name === 'string' && !people.has(id)) people.set(id, { id, name });
    Object.values(value)
      .filter((item) => typeof item === 'object')
      .forEach(collect);
  };
  for (const turn of turns)
    if (turn.role === 'tool' && turn.name !== 'searchNotes') collect(parseJson(turn.text));
  return [...people.values()];
}

const transcriptOf = (segments: Segment[]): string =>
  segments
    .flatMap(({ said, answers }) => [`Student: ${said}`, ...answers.map((text) => `Clerva: ${text}`)])
    .join('\n')
    .slice(-LONGEST_TRANSCRIPT);
