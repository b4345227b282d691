import { say as phrase } from '../phrases.ts';
import {
  clamp,
  hasSeveralDueDays,
  isoDate,
  leavesOutDays,
  readCountAlone,
  readCountWithin,
  readDaysPerWeek,
  readDeadline,
  readDifficulty,
  readMinutesPerDay,
  readWeekdays,
} from '../slots/amounts.ts';
import { match, patterns, says } from '../words.ts';
import { inOurWords } from './glossary.ts';
import { subjectIn, subjectsIn } from './subject.ts';
import { ask, type Call, type Clause, calling, type Filled, type ToolName } from './types.ts';

const USUAL = 10;
const MOST_QUESTIONS = 50;
const MOST_CARDS = 100;
const USUAL_DAYS = 5;
const MOST_GOALS = 20;
const LONGEST_TOPIC = 160;

const profile: Call = { tool: 'buildLearningProfile', args: { forceRebuild: false } };

/** What a clause is about: what it names, or else what was spoken of; nothing where only the profile can name it. */
function readTopic(clause: Clause, tool: ToolName, pasted = ''): { topic: string; isWeak: boolean } {
  const { say, plain, inherited, state } = clause;
  const named = subjectIn(say, tool);
  const isWeak = says('weak-subject', plain) && (named === '' || says('weak-subject', `my ${named}`));
  const earlier = says('pronoun', plain) || inherited ? inherited || state.subject : '';
  const all = says('everything', plain) ? 'all my notes' : '';
  return { topic: (named || earlier || pasted || all || state.subject).slice(0, LONGEST_TOPIC), isWeak };
}

const countOf = ({ plain, whole }: Clause, things: 'questions' | 'cards', most: number): number | undefined =>
  readCountWithin(plain, things, most) ?? readCountWithin(whole, things, most) ?? readCountAlone(whole, most);

export function fillQuiz(clause: Clause): Filled {
  const { say, plain, whole, paste, language } = clause;
  const asked =
    countOf(clause, 'questions', MOST_QUESTIONS + 1) ?? (says('one-question', say) ? 1 : undefined);
  const n = Math.min(asked ?? USUAL, MOST_QUESTIONS);
  const told = asked === undefined ? 'assumed.questions' : asked > n ? 'assumed.most' : '';
  const assumed = told ? [phrase(told, { n }, language)] : [];
  const { topic, isWeak } = readTopic(clause, 'generateQuiz', paste);
  const levelIn = (text: string): string => readDifficulty(text) ?? 'mixed';
  if (isWeak) {
    const [weak] = patterns('weak-subject');
    const args = { difficulty: levelIn(plain.replace(weak?.pattern ?? '', ' ')), n };
    return { calls: [profile, { tool: 'generateQuiz', args, needs: 'profile' }], assumed };
  }
  const args = { topic, difficulty: levelIn(topic ? whole.replace(topic, ' ') : whole), n };
  return topic
    ? calling('generateQuiz', args, assumed)
    : ask({ tool: 'generateQuiz', args }, 'topic', clause);
}

export function fillCards(clause: Clause): Filled {
  const { typed, paste } = clause;
  const cards = paste ? readCards(paste) : readDictatedCards(typed);
  if (cards.length > 0) return calling('addFlashcards', { cards });
  const n = countOf(clause, 'cards', MOST_CARDS) ?? USUAL;
  const named = match('subject-line', paste)?.[0];
  if (paste && !named)
    return { calls: [{ tool: 'addFlashcards', args: { text: paste, n }, needs: 'passages' }] };
  const { topic, isWeak } = readTopic(clause, 'addFlashcards');
  // What went wrong is in the profile; what is right about it is in the notes.
  if (isWeak) return { calls: [profile, ...fromNotes('addFlashcards', { n }, 'profile')] };
  if (named || topic) return { calls: fromNotes('addFlashcards', { topic: named ?? topic, n }) };
  return ask({ tool: 'addFlashcards', args: {} }, 'topic', clause, { key: 'cards' });
}

/** A search, and what is made of the passages that it finds. */
const fromNotes = (tool: ToolName, args: { topic?: string; n?: number }, needs?: 'profile'): Call[] => [
  needs
    ? { tool: 'searchNotes', args: { limit: 10 }, needs }
    : { tool: 'searchNotes', args: { query: args.topic, limit: 10 } },
  { tool, args, needs: 'passages' },
];

export function fillSummary(clause: Clause): Filled {
  const { say, language, plain, paste, inherited, state } = clause;
  if (paste) return calling('summarizeSession', { transcript: paste });
  const subject = subjectIn(say, 'summarizeSession');
  const isQuoted = /["„“«]/.test(say.charAt(say.indexOf(subject) - 1));
  const named = !isQuoted && says('talk-itself', inOurWords(subject, language)) ? '' : subject;
  const topic = named || (inherited && says('pronoun', plain) ? inherited : '');
  if (topic) return { calls: fromNotes('summarizeSession', { topic }) };
  if (state.conversation) return calling('summarizeSession', { transcript: state.conversation });
  const key = says('this-talk', plain) ? 'session' : 'text';
  return ask({ tool: 'summarizeSession', args: {} }, 'transcript', clause, { key });
}

export const fillProfile = ({ plain }: Clause): Filled =>
  calling('buildLearningProfile', { forceRebuild: says('anew', plain) });

export function fillPlan(clause: Clause): Filled {
  const { say, plain, language, state } = clause;
  const days = readDaysPerWeek(plain);
  const weekdays = readWeekdays(plain);
  const minutes = readMinutesPerDay(plain, days);
  const deadline = readDeadline(plain, state.now);
  const subjects = goalsOf(clause);
  const weakAt = match('weak-at', say)?.index ?? Number.POSITIVE_INFINITY;
  const weakSpots = subjects.filter((goal) => say.indexOf(goal) > weakAt && say.indexOf(goal) < weakAt + 40);
  const others = subjects.filter((goal) => !weakSpots.includes(goal));
  const args = {
    goals: others.length > 0 ? others : weakSpots,
    ...(minutes !== undefined ? { timePerDayMin: clamp(minutes, 5, 720) } : {}),
    daysPerWeek: days ?? USUAL_DAYS,
    ...(weekdays ? { weekdays } : {}),
    ...(deadline ? { deadline } : {}),
    ...(weakSpots.length > 0 ? { knownWeakSpots: weakSpots } : {}),
  };
  const assumed = Object.entries({
    days: days === undefined,
    weekdays: leavesOutDays(plain),
    first: hasSeveralDueDays(plain),
  }).flatMap(([key, isSo]) => (isSo ? [phrase(`assumed.${key}`, { n: USUAL_DAYS }, language)] : []));
  const asksProfile = clause.calls.some(({ tool }) => tool === 'buildLearningProfile');
  const needsProfile = asksProfile || (weakSpots.length === 0 && says('weak-subject', plain));
  const call: Call = { tool: 'createStudyPlan', args, ...(needsProfile ? { needs: 'profile' } : {}) };
  const planned = planOrQuestion(call, clause, assumed);
  if ('pending' in planned || asksProfile || !needsProfile) return planned;
  return { ...planned, calls: [profile, ...planned.calls] };
}

/** What a plan is for: one a line in a pasted list, else what the sentence names. */
export function readGoals(say: string, paste: string): string[] {
  const listed = paste
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s*/, '').trim())
    .filter((line) => line.length > 1 && line.length < 120);
  const goals = listed.length > 0 ? listed : subjectsIn(say, 'createStudyPlan');
  return [...new Set(goals)].slice(0, MOST_GOALS);
}

function goalsOf({ say, plain, paste, inherited, state }: Clause): string[] {
  const named = readGoals(say, paste);
  const spoken = inherited || (says('pronoun', plain) && state.subject);
  return named.length === 0 && spoken ? [spoken] : named;
}

/** The plan's call when it has all it needs, else the next question about it. */
export function planOrQuestion(
  call: Call,
  asking: Pick<Clause, 'language' | 'state'>,
  assumed: string[],
): Filled {
  const { goals, timePerDayMin, deadline } = call.args;
  const hasGoals = Array.isArray(goals) && goals.length > 0;
  if (!hasGoals && call.needs !== 'profile') return ask(call, 'goals', asking);
  if (timePerDayMin === undefined) return ask(call, 'timePerDayMin', asking, { key: 'minutes' });
  if (typeof deadline === 'string' && deadline < isoDate(asking.state.now))
    return ask(call, 'deadline', asking, { date: deadline });
  return { calls: [call], assumed };
}

/** "harder", "5 more", "another one" after a quiz: the same quiz with other values. */
export function followUpQuiz(plain: string, last: Call | undefined): Call | undefined {
  if (last?.tool !== 'generateQuiz' || plain.length >= 60 || !says('more-of-it', plain)) return undefined;
  const difficulty = readDifficulty(plain);
  const n = readCountWithin(plain, 'more', MOST_QUESTIONS);
  return { tool: last.tool, args: { ...last.args, ...(difficulty && { difficulty }), ...(n && { n }) } };
}

type CardText = { front: string; back: string };

/** "front | back", "front - back", "Q: … A: …", "front = back": one a line, or separated by semicolons. */
export function readCards(text: string): CardText[] {
  const labelled = patterns('card-labels').flatMap(({ pattern }) => [...text.matchAll(pattern)]);
  const matches =
    labelled.length > 0 ? labelled : text.split(/\n|;\s/).map((line) => match('card-line', line));
  return matches
    .map((card) => ({ front: (card?.[1] ?? '').trim(), back: (card?.[2] ?? '').trim() }))
    .filter((card) => card.front !== '' && card.back !== '')
    .slice(0, MOST_CARDS);
}

/** A card dictated inside a sentence: 'new card with front "A" and back "B"', "add a card: A - B". */
export function readDictatedCards(text: string): CardText[] {
  const cards = readCards(match('cards-behind', text)?.[1] ?? (match('cards-labelled', text) ? text : ''));
  const [, front, back] = (cards.length === 0 && match('cards-quoted', text)) || [];
  return front && back ? [{ front, back }] : cards;
}
