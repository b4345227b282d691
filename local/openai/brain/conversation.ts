import type { Turn } from '../wire/types.ts';
import { firstPersonIn } from './follow-plan.ts';
import { isRecord, parseJson, recordIn } from './parse-json.ts';
import type { Language } from './phrases.ts';
import { readExplicit } from './routing/explicit.ts';
import { languageOf } from './routing/glossary.ts';
import { route } from './routing/route.ts';
import { isElliptical, resolved, subjectOf } from './routing/subject.ts';
import { type Call, isTool, type Person, type Route, type State, TOOL_NAMES } from './routing/types.ts';

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
  let state: State = {
    now: readToday(instructions),
    people: peopleIn(instructions, turns),
    subject: '',
    told: [],
    conversation: transcriptOf(earlier),
  };
  for (const segment of earlier.slice(-MOST_SEGMENTS, -REMEMBERED_TURNS))
    state = { ...state, told: after(segment, state).told };
  for (const segment of earlier.slice(-REMEMBERED_TURNS)) state = after(segment, state);
  const language = languageOf(
    segments
      .slice(-2)
      .map(({ said }) => said)
      .join('\n'),
  );
  state = { ...state, language };
  return { said: current?.said ?? null, steps: current?.steps ?? [], state, language, instructions };
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
function after(segment: Segment, state: State): State {
  const said = segment.said.trim();
  const routed = readExplicit(segment.said, TOOL_NAMES) ? undefined : route(segment.said, state);
  const made = segment.steps.flatMap(({ name, args }) => (isTool(name) ? [{ tool: name, args }] : []));
  const lastCall =
    made.at(-1) ?? (routed?.kind === 'call' ? routed.calls.at(-1) : undefined) ?? state.lastCall;
  const { pending: _answered, ...rest } = state;
  const pending = routed?.kind === 'ask' ? routed.pending : undefined;
  const wasAsked = pending && segment.answers.some((answer) => answer.includes(pending.question));
  const partners = segment.steps.findLast(({ name }) => name === 'matchCandidates')?.result;
  const { candidateId, toUserId, targetUserId } = lastCall?.args ?? {};
  // "she" after a list of partners is the one who was named first.
  const person = [candidateId, toUserId, targetUserId, partners && firstPersonIn(partners)].find(
    (id) => typeof id === 'string',
  );
  const query = made.find(({ tool }) => tool === 'searchNotes')?.args.query;
  const subject = subjectAfter(segment.said, made, routed, state);
  const hasTold = routed?.kind === 'talk' && routed.about === 'told';
  return {
    ...rest,
    subject,
    told: hasTold ? [...state.told, said].slice(-MOST_TOLD) : state.told,
    ...(typeof query === 'string' ? { lastQuery: query } : {}),
    ...(subject === state.subject ? {} : { earlier: state.subject }),
    ...(lastCall ? { lastCall } : {}),
    ...(person ? { lastPersonId: person } : {}),
    ...(wasAsked ? { pending } : {}),
  };
}

function subjectAfter(said: string, made: Call[], routed: Route | undefined, state: State): string {
  if (state.subject && isElliptical(said)) return resolved(said, state).subject;
  const calls = made.length > 0 ? made : routed?.kind === 'call' ? routed.calls : [];
  for (const { args } of calls) {
    const named = args.topic ?? args.query;
    if (typeof named === 'string' && named) return subjectOf(named);
  }
  return state.subject;
}

/** The instructions carry the student's own date; without it the clock of this machine has to do. */
function readToday(instructions: string): Date {
  const match = /\bToday is (\d{4})-(\d{2})-(\d{2})(?:[^\n]*?\b(\d{1,2}):(\d{2}))?/.exec(instructions);
  if (!match) return new Date();
  const [, year, month, day, hour = '12', minute = '0'] = match;
  return new Date(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
}

/** People the student may name: from a line `Partners: Maya (id), Ben (id)` and from what tools brought. */
function peopleIn(instructions: string, turns: Turn[]): Person[] {
  const people: Person[] = [];
  const line = /^Partners: (.+)$/m.exec(instructions)?.[1] ?? '';
  for (const match of line.matchAll(/([^,(]+?)\s*\(([\w-]+)\)/g))
    if (match[1] && match[2]) people.push({ name: match[1].trim(), id: match[2] });
  for (const turn of turns)
    if (turn.role === 'tool' && turn.name !== 'searchNotes') collect(parseJson(turn.text), people);
  return people;
}

function collect(value: unknown, people: Person[]): void {
  if (Array.isArray(value)) for (const item of value.slice(0, 200)) collect(item, people);
  if (!isRecord(value)) return;
  const profile = isRecord(value.profile) ? value.profile : {};
  const id = value.userId ?? value.candidateId;
  const name = value.displayName ?? value.name ?? profile.displayName ?? profile.name;
  if (typeof id === 'string' && typeof name === 'string' && !people.some((person) => person.id === id))
    people.push({ id, name });
  for (const item of Object.values(value)) if (typeof item === 'object') collect(item, people);
}

function transcriptOf(segments: Segment[]): string {
  const lines = segments.flatMap(({ said, answers }) => [
    `Student: ${said}`,
    ...answers.map((text) => `Clerva: ${text}`),
  ]);
  return lines.join('\n').slice(-LONGEST_TRANSCRIPT);
}
