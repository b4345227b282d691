import { say as phrase } from '../phrases.ts';
import { readCards, readDictatedCards } from '../slots/cards.ts';
import { hasSeveralDueDays, leavesOutDays, readDaysPerWeek, readWeekdays } from '../slots/days.ts';
import { isoDate, readDeadline } from '../slots/deadline.ts';
import { clamp, readCountWithin, readDifficulty, readMinutesPerDay } from '../slots/minutes.ts';
import { gloss, inOurWords } from './glossary.ts';
import { theReader } from './reader.ts';
import { subjectIn, subjectsIn } from './subjects.ts';
import { ask, type Call, type Clause, calling, type Filled, type State, type ToolName } from './types.ts';

const USUAL = 10;
const MOST_QUESTIONS = 50;
const MOST_CARDS = 100;
const USUAL_DAYS = 5;
const MOST_GOALS = 20;
const LONGEST_TOPIC = 160;
const QUESTION_NOUNS = String.raw`questions?|quiz|tests?|q\b|things|ones|tasks|nos|words|of them|of em`;
const CARD_NOUNS = 'cards?|flash ?cards?|pieces|terms|of them|of em|ones';
const ONE_QUESTION = /\b(?:an?|one|another|eine|une|una) (?:\p{L}+ )?(?:question|frage|pregunta)\b/iu;
const NUMBER_ALONE =
  /,\s*(?:like |about |maybe |around |just |say )?(\d{1,3})\b(?!\s*(?:min|hour|day|week|am|pm|st|nd|rd|th|\/|[.:]\d|[a-z]*(?:ber|uary)\b))/i;

const PRONOUN =
  /\b(?:it|this|that|them|these|those|the above|same|everything|what (?:i|we)|das|dazu|darüber|ça|cela|eso|esto|ello)\b/i;
const EVERYTHING =
  /\b(?:all|everything|any(?:thing)?|whole|random|alles|allem|tout|todo|(?:from|on|of|in)? ?my (?:\w+ )?(?:notes?|uploads))\b/i;
/** "my weak spots", "whatever I'm worst at", "what I got wrong": a subject that only the profile can name. */
const WEAK_SUBJECT =
  /\b(?:my|i|me)\b[^,;.]*\b(?:weak|wrong|worst|hardest|struggl\w+|miss(?:ed)?|fail\w*|forget\w*|not know)\b|\bweak (?:topics?|spots?|areas?|points?|ones?)\b|\bweak\W*$/i;

const profile: Call = { tool: 'buildLearningProfile', args: { forceRebuild: false } };

/** What a clause is about: what it names, or else what was spoken of; nothing where only the profile can name it. */
function readTopic(clause: Clause, tool: ToolName, pasted = ''): { topic: string; isWeak: boolean } {
  const { say, plain, inherited, state } = clause;
  const named = subjectIn(say, tool);
  const isWeak = WEAK_SUBJECT.test(plain) && (named === '' || WEAK_SUBJECT.test(`my ${named}`));
  const earlier = PRONOUN.test(plain) || inherited ? inherited || state.subject : '';
  const all = EVERYTHING.test(plain) ? 'all my notes' : '';
  return { topic: (named || earlier || pasted || all || state.subject).slice(0, LONGEST_TOPIC), isWeak };
}

const countOf = ({ plain, whole }: Clause, nouns: string, most: number): number | undefined => {
  const alone = NUMBER_ALONE.exec(whole)?.[1];
  return (
    readCountWithin(plain, nouns, most) ??
    readCountWithin(whole, nouns, most) ??
    (alone ? clamp(Number(alone), 1, most) : undefined)
  );
};

export function fillQuiz(clause: Clause): Filled {
  const { say, plain, whole, paste, language } = clause;
  const asked =
    countOf(clause, QUESTION_NOUNS, MOST_QUESTIONS + 1) ?? (ONE_QUESTION.test(say) ? 1 : undefined);
  const n = Math.min(asked ?? USUAL, MOST_QUESTIONS);
  const isUsual = asked === undefined;
  const assumed =
    isUsual || asked > n ? [phrase(isUsual ? 'assumed.questions' : 'assumed.most', { n }, language)] : [];
  const { topic, isWeak } = readTopic(clause, 'generateQuiz', paste);
  const levelIn = (text: string): string => readDifficulty(text) ?? 'mixed';
  if (isWeak) {
    const args = { difficulty: levelIn(plain.replace(WEAK_SUBJECT, ' ')), n };
    return { calls: [profile, { tool: 'generateQuiz', args, needs: 'profile' }], assumed };
  }
  const args = { topic, difficulty: levelIn(topic ? whole.replace(topic, ' ') : whole), n };
  return topic
    ? calling('generateQuiz', args, assumed)
    : ask({ tool: 'generateQuiz', args }, 'topic', clause);
}

/** "new deck: organic functional groups": a few words behind a colon name what the cards are about. */
const SUBJECT_LINE = /^(?:[\p{L}\d][\p{L}\d'’&+#.-]* ?){1,8}$/u;

export function fillCards(clause: Clause): Filled {
  const { typed, paste } = clause;
  const cards = paste ? readCards(paste) : readDictatedCards(typed);
  if (cards.length > 0) return calling('addFlashcards', { cards });
  const n = countOf(clause, CARD_NOUNS, MOST_CARDS) ?? USUAL;
  const named = SUBJECT_LINE.exec(paste)?.[0];
  if (paste && !named)
    return { calls: [{ tool: 'addFlashcards', args: { text: paste, n }, needs: 'passages' }] };
  const { topic, isWeak } = readTopic(clause, 'addFlashcards');
  if (isWeak)
    // What went wrong is in the profile; what is right about it is in the notes.
    return {
      calls: [
        profile,
        { tool: 'searchNotes', args: { limit: 10 }, needs: 'profile' },
        { tool: 'addFlashcards', args: { n }, needs: 'passages' },
      ],
    };
  if (named || topic) return fromNotes('addFlashcards', { topic: named ?? topic, n });
  return ask({ tool: 'addFlashcards', args: {} }, 'topic', clause, { key: 'cards' });
}

const fromNotes = (tool: ToolName, args: { topic: string; n?: number }): Filled => ({
  calls: [
    { tool: 'searchNotes', args: { query: args.topic, limit: 10 } },
    { tool, args, needs: 'passages' },
  ],
});

const THIS_TALK =
  /\b(?:session|meeting|lesson|class|dialogue|call)\b(?! notes)|\bwhat (?:we|i)\b|\b(?:did|have) (?:we|i)\b|\bwe (?:just )?\w+|\bso far\b|\btoday\b|\bwhere we\b/i;
/** Found as a subject, but it is the talk itself. */
const TALK_ITSELF =
  /^(?:(?:this|our|the|today's|last|my|whole|entire|dieses?m?|cette|este|esta) )*(?:session|everything|all|it|that|today|meeting|lesson)$|\bwe\b/;

export function fillSummary(clause: Clause): Filled {
  const { say, language, plain, paste, inherited, state } = clause;
  if (paste) return calling('summarizeSession', { transcript: paste });
  const found = subjectIn(say, 'summarizeSession');
  const isQuoted = /["„“«]/.test(say.charAt(say.indexOf(found) - 1));
  const named = !isQuoted && TALK_ITSELF.test(inOurWords(found, language)) ? '' : found;
  const topic = named || (inherited && PRONOUN.test(plain) ? inherited : '');
  if (topic) return fromNotes('summarizeSession', { topic });
  if (state.conversation) return calling('summarizeSession', { transcript: state.conversation });
  const key = THIS_TALK.test(plain) ? 'session' : 'text';
  return ask({ tool: 'summarizeSession', args: {} }, 'transcript', clause, { key });
}

const ANEW =
  /\b(?:re-?(?:build|fresh|compute|calculate|evaluate|assess|generate|do)|update|from scratch|again|reset|force|latest|fresh|new)\b/i;

export const fillProfile = ({ plain }: Clause): Filled =>
  calling('buildLearningProfile', { forceRebuild: ANEW.test(plain) });

const WEAK =
  /\b(?:weak|struggl(?:e|es|ing)|bad|terrible|poor|trouble|difficulty|not (?:get|understand)|especially|focus) (?:at|in|on|with|by|is|are|about|:)* ?/i;

export function fillPlan(clause: Clause): Filled {
  const { say, plain, language, state } = clause;
  const days = readDaysPerWeek(plain);
  const weekdays = readWeekdays(plain);
  const minutes = readMinutesPerDay(plain, days);
  const deadline = readDeadline(plain, state.now);
  const subjects = goalsOf(clause);
  const weakAt = WEAK.exec(say)?.index ?? Number.POSITIVE_INFINITY;
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
  const assumed = [
    days === undefined ? 'days' : '',
    leavesOutDays(plain) ? 'weekdays' : '',
    hasSeveralDueDays(plain) ? 'first' : '',
  ].flatMap((key) => (key ? [phrase(`assumed.${key}`, { n: USUAL_DAYS }, language)] : []));
  const asksProfile = clause.calls.some(({ tool }) => tool === 'buildLearningProfile');
  const needsProfile = asksProfile || (weakSpots.length === 0 && WEAK_SUBJECT.test(plain));
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

/** "June 10", "both", "the week": no goal, but a date or words of the frame around one. */
const namesSomething = (goal: string, { now }: State): boolean =>
  gloss(goal).some(({ word }) => /^\p{L}/u.test(word) && !theReader().isFrame(word)) &&
  (!/\d/.test(goal) || readDeadline(goal, now) === undefined);

function goalsOf({ say, plain, paste, inherited, state }: Clause): string[] {
  const named = readGoals(say, paste);
  const goals = named.filter((goal) => namesSomething(goal, state));
  if (named.length > 0) return goals.length > 0 ? goals : named;
  if (inherited) return [inherited];
  return state.subject && PRONOUN.test(plain) ? [state.subject] : [];
}

type Asking = Pick<Clause, 'language' | 'state'>;

/** The plan's call when it has all it needs, else the next question about it. */
export function planOrQuestion(call: Call, asking: Asking, assumed: string[]): Filled {
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
  if (last?.tool !== 'generateQuiz' || plain.length >= 60 || !MORE.test(plain)) return undefined;
  const difficulty = readDifficulty(plain);
  const n = readCountWithin(plain, 'more|questions?|ones|harder|easier', MOST_QUESTIONS);
  const { tool, args } = last;
  return { tool, args: { ...args, ...(difficulty && { difficulty }), ...(n && { n }) } };
}

const MORE =
  /^(?:\W*(?:ok|now|and|please|could you|give me|let'?s|i want|try|make|do|with)\W+)*(?:it |them |that |this |the quiz )*(?:another|again|more|one more|harder|easier|(?:a bit |a little |much |way )?(?:harder|easier|tougher)|\d+ (?:more|harder|easier)|same|longer|shorter)\b(?! (?:about|on) \p{L})/iu;
