import { readCards, readDictatedCards } from '../slots/cards.ts';
import { hasSeveralDueDays, leavesOutDays, readDaysPerWeek, readWeekdays } from '../slots/days.ts';
import { isoDate, readDeadline } from '../slots/deadline.ts';
import { splitList } from '../slots/goals.ts';
import { clamp, readCount, readDifficulty, readMinutesPerDay } from '../slots/minutes.ts';
import { gloss, inOurWords, languageOf } from './glossary.ts';
import { theReader } from './reader.ts';
import { subjectIn, subjectsIn } from './subjects.ts';
import { ask, type Call, type Clause, type Filled, type State } from './types.ts';

const USUAL = 10;
const MOST_QUESTIONS = 50;
const MOST_CARDS = 100;
const USUAL_DAYS = 5;
const MOST_GOALS = 20;
const LONGEST_TOPIC = 160;
const MINUTES_QUESTION = 'How many minutes a day can you study, and on how many days a week?';
const QUESTION_NOUNS = String.raw`questions?|quiz|tests?|q\b|things|ones|tasks|nos|words|of them|of em`;
const ONE_QUESTION = /\b(?:an?|one|another|eine|une|una) (?:\p{L}+ )?(?:question|frage|pregunta)\b/iu;
const CARD_NOUNS = 'cards?|flash ?cards?|pieces|terms|of them|of em|ones';

const PRONOUN =
  /\b(?:it|this|that|them|these|those|the above|same|everything|what (?:i|we)|das|dazu|darüber|ça|cela|eso|esto|ello)\b/i;
const EVERYTHING =
  /\b(?:all|everything|any(?:thing)?|whole|random|alles|allem|tout|todo|(?:from|on|of|in)? ?my (?:\w+ )?(?:notes?|uploads))\b/i;

/** "my weak spots", "whatever I'm worst at", "what I got wrong": a subject that only the profile can name. */
export const WEAK_SUBJECT =
  /\b(?:my|i|me)\b[^,;.]*\b(?:weak|wrong|worst|hardest|struggl\w+|miss(?:ed)?|fail\w*|forget\w*|not know)\b|\bweak (?:topics?|spots?|areas?|points?|ones?)\b|\bweak\W*$/i;

const profile: Call = { tool: 'buildLearningProfile', args: { forceRebuild: false } };

/** What is meant where the sentence names nothing itself. */
function earlierSubject({ plain, inherited, state }: Clause): string {
  return PRONOUN.test(plain) || inherited ? inherited || state.subject : '';
}

const numberAlone = (plain: string): number | undefined => {
  const digits =
    /,\s*(?:like |about |maybe |around |just |say )?(\d{1,3})\b(?!\s*(?:min|hour|day|week|am|pm|st|nd|rd|th|\/|[.:]\d|[a-z]*(?:ber|uary)\b))/i.exec(
      plain,
    )?.[1];
  return digits ? Number(digits) : undefined;
};

export function fillQuiz(clause: Clause): Filled {
  const { say, plain, whole, paste, state } = clause;
  const asked =
    readCount(plain, QUESTION_NOUNS) ??
    readCount(whole, QUESTION_NOUNS) ??
    numberAlone(plain) ??
    (ONE_QUESTION.test(say) ? 1 : undefined);
  const assumed: string[] = [];
  if (asked === undefined) assumed.push(`${USUAL} questions, because you named no number.`);
  if (asked !== undefined && asked > MOST_QUESTIONS)
    assumed.push(`At most ${MOST_QUESTIONS} questions at once.`);
  const n = clamp(asked ?? USUAL, 1, MOST_QUESTIONS);
  const topic = subjectIn(say, 'generateQuiz').slice(0, LONGEST_TOPIC);
  const level = (text: string): string => readDifficulty(text) ?? 'mixed';
  if (WEAK_SUBJECT.test(plain) && (topic === '' || WEAK_SUBJECT.test(`my ${topic}`))) {
    const quiz: Call = {
      tool: 'generateQuiz',
      args: { difficulty: level(plain.replace(WEAK_SUBJECT, ' ')), n },
      needs: 'profile',
    };
    return { calls: [profile, quiz], assumed };
  }
  const named =
    topic ||
    earlierSubject(clause) ||
    paste.slice(0, LONGEST_TOPIC) ||
    (EVERYTHING.test(plain) ? 'all my notes' : '') ||
    state.subject;
  const call: Call = {
    tool: 'generateQuiz',
    args: { topic: named, difficulty: level(topic ? whole.replace(topic, ' ') : whole), n },
  };
  return named
    ? { calls: [call], assumed }
    : ask(call, 'topic', 'On which topic or document should the questions be?');
}

/** "new deck: organic functional groups": a few words behind a colon name what the cards are about. */
const SUBJECT_LINE = /^(?:[\p{L}\d][\p{L}\d'’&+#.-]* ?){1,8}$/u;

export function fillCards(clause: Clause): Filled {
  const { say, plain, whole, typed, paste, state } = clause;
  const cards = paste ? readCards(paste) : readDictatedCards(typed);
  if (cards.length > 0) return { calls: [{ tool: 'addFlashcards', args: { cards } }] };
  const n = clamp(
    readCount(plain, CARD_NOUNS) ?? readCount(whole, CARD_NOUNS) ?? numberAlone(whole) ?? USUAL,
    1,
    MOST_CARDS,
  );
  const named = SUBJECT_LINE.exec(paste)?.[0] ?? '';
  if (paste && !named)
    return { calls: [{ tool: 'addFlashcards', args: { text: paste, n }, needs: 'passages' }] };
  const topic = named || subjectIn(say, 'addFlashcards');
  if (WEAK_SUBJECT.test(plain) && (topic === '' || WEAK_SUBJECT.test(`my ${topic}`)))
    // What went wrong is in the profile; what is right about it is in the notes.
    return {
      calls: [
        profile,
        { tool: 'searchNotes', args: { limit: 10 }, needs: 'profile' },
        { tool: 'addFlashcards', args: { n }, needs: 'passages' },
      ],
    };
  const found =
    topic || earlierSubject(clause) || (EVERYTHING.test(plain) ? 'all my notes' : '') || state.subject;
  if (found) return { calls: cardsFromNotes(found, n) };
  return ask(
    { tool: 'addFlashcards', args: {} },
    'topic',
    'Flashcards on which topic? Or give me the front and the back of each card.',
  );
}

const cardsFromNotes = (topic: string, n = USUAL): Call[] => [
  { tool: 'searchNotes', args: { query: topic, limit: 10 } },
  { tool: 'addFlashcards', args: { topic, n }, needs: 'passages' },
];

const THIS_TALK =
  /\b(?:this|our|the|today'?s|last|my last|whole|entire)? ?(?:session|meeting|lesson|class|dialogue|call)\b(?! notes)|\bwhat (?:we|i)\b|\b(?:did|have) (?:we|i)\b|\bwe (?:just )?\w+|\bso far\b|\btoday\b|\bwhere we\b/i;

/** Found as a subject, but it is the talk itself. */
const TALK_ITSELF =
  /^(?:(?:this|our|the|today's|last|my|whole|entire|dieses?m?|cette|este|esta) )*(?:session|everything|all|it|that|today|meeting|lesson)$|\bwe\b/i;

export function fillSummary(clause: Clause): Filled {
  const { say, plain, paste, state } = clause;
  if (paste) return { calls: [{ tool: 'summarizeSession', args: { transcript: paste } }] };
  const nothing: Call = { tool: 'summarizeSession', args: {} };
  const found = subjectIn(say, 'summarizeSession');
  const named = TALK_ITSELF.test(inOurWords(found, languageOf(say))) ? '' : found;
  const topic = named || (clause.inherited && PRONOUN.test(plain) ? clause.inherited : '');
  if (topic) return { calls: summaryFromNotes(topic) };
  if (state.conversation) return { calls: [{ ...nothing, args: { transcript: state.conversation } }] };
  return THIS_TALK.test(plain)
    ? ask(
        nothing,
        'transcript',
        'Paste the transcript or your notes of the session, and I will summarise them.',
      )
    : ask(nothing, 'transcript', 'Paste the text, or name the document or topic I should summarise.');
}

const summaryFromNotes = (topic: string): Call[] => [
  { tool: 'searchNotes', args: { query: topic, limit: 10 } },
  { tool: 'summarizeSession', args: { topic }, needs: 'passages' },
];

export const fillProfile = ({ plain }: Clause): Filled => ({
  calls: [
    {
      tool: 'buildLearningProfile',
      args: {
        forceRebuild:
          /\b(?:re-?(?:build|fresh|compute|calculate|evaluate|assess|generate|do)|update|from scratch|again|reset|force|latest|fresh|new)\b/i.test(
            plain,
          ),
      },
    },
  ],
});

const WEAK =
  /\b(?:weak|struggl(?:e|es|ing)|bad|terrible|poor|trouble|difficulty|not (?:get|understand)|especially|focus) (?:at|in|on|with|by|is|are|about|:)* ?/i;

export function fillPlan(clause: Clause): Filled {
  const { say, plain, state } = clause;
  const days = readDaysPerWeek(plain);
  const weekdays = readWeekdays(plain);
  const minutes = readMinutesPerDay(plain, days);
  const deadline = readDeadline(plain, state.now);
  const subjects = goalsOf(clause);
  const weakAt = WEAK.exec(say);
  const weakSpots = weakAt
    ? subjects.filter((goal) => say.indexOf(goal) > weakAt.index && say.indexOf(goal) < weakAt.index + 40)
    : [];
  const others = subjects.filter((goal) => !weakSpots.includes(goal));
  const goals = others.length > 0 ? others : weakSpots;
  const call: Call = {
    tool: 'createStudyPlan',
    args: {
      goals,
      ...(minutes !== undefined ? { timePerDayMin: clamp(minutes, 5, 720) } : {}),
      daysPerWeek: days ?? USUAL_DAYS,
      ...(weekdays ? { weekdays } : {}),
      ...(deadline ? { deadline } : {}),
      ...(weakSpots.length > 0 ? { knownWeakSpots: weakSpots } : {}),
    },
  };
  const asksProfile = clause.calls.some((other) => other.tool === 'buildLearningProfile');
  if (asksProfile || (weakSpots.length === 0 && WEAK_SUBJECT.test(plain))) call.needs = 'profile';
  const planned = planOrQuestion(call, state, assumptions(plain, days));
  if ('pending' in planned || asksProfile || !call.needs) return planned;
  return { ...planned, calls: [profile, ...planned.calls] };
}

function assumptions(plain: string, days: number | undefined): string[] {
  const assumed = days === undefined ? [`${USUAL_DAYS} days a week, because you named no days.`] : [];
  if (leavesOutDays(plain))
    assumed.push('Weekdays only: a plan has one length of day, so the other days you named are left out.');
  if (hasSeveralDueDays(plain)) assumed.push('The first of the days you named is the deadline.');
  return assumed;
}

/** What a plan is for: one a line in a pasted list, else what the sentence names. */
export function readGoals(say: string, paste: string): string[] {
  const listed = paste
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s*/, '').trim())
    .filter((line) => line.length > 1 && line.length < 120);
  const goals = listed.length > 0 ? listed : subjectsIn(say, 'createStudyPlan').flatMap(splitList);
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

/** The plan's call when it has all it needs, else the next question about it. */
export function planOrQuestion(call: Call, state: State, assumed: string[]): Filled {
  const { goals, timePerDayMin, deadline } = call.args;
  const hasGoals = Array.isArray(goals) && goals.length > 0;
  if (!hasGoals && call.needs !== 'profile')
    return ask(call, 'goals', 'What is the plan for: which subject, exam or topics?');
  if (timePerDayMin === undefined) return ask(call, 'timePerDayMin', MINUTES_QUESTION);
  if (typeof deadline === 'string' && deadline < isoDate(state.now))
    return ask(call, 'deadline', `That date (${deadline}) is past. By when should it be done?`);
  return { calls: [call], assumed };
}

/** "harder", "5 more", "another one" after a quiz: the same quiz with other values. */
export function followUpQuiz(plain: string, last: Call | undefined): Call | undefined {
  if (last?.tool !== 'generateQuiz' || plain.length >= 60 || !MORE.test(plain)) return undefined;
  const difficulty = readDifficulty(plain);
  const count = readCount(plain, 'more|questions?|ones|harder|easier');
  return {
    tool: last.tool,
    args: {
      ...last.args,
      ...(difficulty ? { difficulty } : {}),
      ...(count !== undefined ? { n: clamp(count, 1, MOST_QUESTIONS) } : {}),
    },
  };
}

const MORE =
  /^(?:\W*(?:ok|now|and|please|could you|give me|let'?s|i want|try|make|do|with)\W+)*(?:it |them |that |this |the quiz )*(?:another|again|more|one more|harder|easier|(?:a bit |a little |much |way )?(?:harder|easier|tougher)|\d+ (?:more|harder|easier)|same|longer|shorter)\b(?! (?:about|on) \p{L})/iu;
