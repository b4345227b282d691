import { readConversation } from '../../local/openai/brain/conversation.ts';
import { meaningOf } from '../../local/openai/brain/routing/meaning.ts';
import { learn, readExamples } from '../../local/openai/brain/routing/reader.ts';
import { route } from '../../local/openai/brain/routing/route.ts';
import { STATE } from '../../local/openai/brain/routing/test-state.ts';
import type { Turn } from '../../local/openai/wire/types.ts';
import { type Figure, kept } from './report.ts';
import {
  examQuestions,
  type FollowUp,
  isTalk,
  plantedNotes,
  type RoutingCase,
  readBlindCases,
  readFollowUps,
  readForms,
  readSmallTalk,
  readTaughtCases,
} from './routing-sentences.ts';

/** Tools that make or change something. The others only look. */
const CHANGING = new Set([
  'generateQuiz',
  'addFlashcards',
  'summarizeSession',
  'buildLearningProfile',
  'createStudyPlan',
  'sendNudge',
]);

type Routed = { tools: string[]; asks: boolean; args: Record<string, unknown> };

const known = new Map<string, Routed>();

/** Several figures ask for the same sentence. */
function routed(said: string): Routed {
  const found = known.get(said) ?? read(said);
  known.set(said, found);
  return found;
}

function read(said: string): Routed {
  const found = route(said, STATE);
  if (found.kind === 'talk') return { tools: [], asks: false, args: {} };
  if (found.kind === 'ask')
    return { tools: [found.pending.call.tool], asks: true, args: found.pending.call.args };
  return {
    tools: found.calls.map(({ tool }) => tool),
    asks: false,
    args: Object.assign({}, ...found.calls.map(({ args }) => args)),
  };
}

/** "the Cold War" and "cold war" name one topic, in any language. */
function normal(value: unknown): unknown {
  if (typeof value === 'string')
    return value
      .toLowerCase()
      .replace(/^(?:(?:the|my|all|an?|la|le|les|el|los|las|die|der|das|den) |l')/, '')
      .trim();
  return Array.isArray(value) ? value.map(normal) : value;
}

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(normal(one)) === JSON.stringify(normal(other));

/** Goals are a set: in which order they are named says nothing. */
const inOrder = (name: string, value: unknown): unknown =>
  name === 'goals' && Array.isArray(value) ? value.map((goal) => String(normal(goal))).sort() : value;

/** Where a question back is expected, calling at once with what is known is as right, and the other way round it is not. */
const isRight = ({ tools, asks }: RoutingCase, found: Routed): boolean =>
  isSame(tools, found.tools) && (asks || !found.asks || tools.length === 0);

const isChanging = ({ tools }: Routed): boolean => tools.some((tool) => CHANGING.has(tool));

type Score = { wrong: string[]; slots: number; slotMisses: string[]; changed: string[] };

function scored(cases: RoutingCase[]): Score {
  const score: Score = { wrong: [], slots: 0, slotMisses: [], changed: [] };
  for (const one of cases) {
    const found = routed(one.said);
    if (one.tools.length === 0 && isChanging(found) && !found.asks) score.changed.push(one.said);
    if (!isRight(one, found)) {
      score.wrong.push(`${one.id} ${one.said} -> ${found.tools.join(', ') || 'none'}`);
      continue;
    }
    for (const [name, value] of Object.entries(one.slots)) {
      score.slots += 1;
      if (!isSame(inOrder(name, found.args[name]), inOrder(name, value)))
        score.slotMisses.push(`${one.id} ${one.said}: ${name} ${JSON.stringify(found.args[name])}`);
    }
  }
  return score;
}

const LANGUAGES = [
  ['en', 'English', 0.92],
  ['de', 'German', 0.85],
  ['fr', 'French', 0.85],
  ['es', 'Spanish', 0.85],
] as const;

/** Sentences that no rule and no example was made from: a set of all kinds, and two of many arguments. */
async function blindFigures(file: string, set: string): Promise<Figure[]> {
  const cases = await readBlindCases(file);
  const all = scored(cases);
  const unasked = cases.filter(({ tools }) => tools.length === 0).length;
  return [
    ...LANGUAGES.map(([code, name, floor]) => {
      const own = cases.filter(({ id }) => id.startsWith(code));
      return kept(`${name} sentences never seen${set}, right tools`, own.length, scored(own).wrong, {
        floor,
      });
    }),
    kept(`arguments read from sentences never seen${set}`, all.slots, all.slotMisses, { floor: 0.95 }),
    ...(unasked === 0
      ? []
      : [
          {
            name: 'changes made where never-seen sentences ask for none',
            value: all.changed.length,
            cases: unasked,
            ceiling: 0,
            misses: all.changed,
          },
        ]),
  ];
}

/** What is searched for small talk does no harm, and helps nobody. */
async function smallTalkFigures(): Promise<Figure[]> {
  const sentences = await readSmallTalk();
  const searched = sentences.filter((said) => routed(said).tools.length > 0);
  return [
    changesFor('changes made for small talk never seen', sentences),
    kept('small talk never seen, taken for talk', sentences.length, searched, { floor: 0.85 }),
  ];
}

/** A conversation in which every question was answered from one search, up to the last one. */
function followUpMiss({ before, said, tools, words }: FollowUp): string | undefined {
  const turns: Turn[] = [];
  const ask = (asked: string) => {
    turns.push({ role: 'user', text: asked });
    return route(asked, readConversation(turns).state);
  };
  for (const asked of before) {
    const found = ask(asked);
    for (const { tool, args } of found.kind === 'call' ? found.calls : [])
      turns.push({ role: 'call', callId: asked, name: tool, args: JSON.stringify(args) });
    turns.push({ role: 'assistant', text: 'It is so.' });
  }
  const found = ask(said);
  const calls = found.kind === 'call' ? found.calls : [];
  const called = found.kind === 'call' && found.note ? 'FORM' : calls.map(({ tool }) => tool).join();
  const subject = calls.map(({ args }) => `${args.query ?? ''} ${args.topic ?? ''}`).join(' ');
  const holds = (word: string): boolean =>
    new RegExp(`\\b${word.replace(/^-/, '')}\\b`, 'i').test(subject) !== word.startsWith('-');
  return called === tools && words.every(holds) ? undefined : `${said} -> ${called}: ${subject}`;
}

async function followUpFigures(): Promise<Figure[]> {
  const cases = await readFollowUps();
  const misses = cases.flatMap((followUp) => followUpMiss(followUp) ?? []);
  const forms = await readForms();
  const formMisses = forms.flatMap((said) => {
    const asked = { before: ['How does insulin work?'], said, words: ['insulin'] };
    // An example may stand in the notes, and is looked for there.
    const tools = /example|beispiel|exemple|ejemplo/i.test(said) ? 'searchNotes' : 'FORM';
    return followUpMiss({ ...asked, tools }) ?? [];
  });
  return [
    kept('follow-ups that find their subject', cases.length, misses, { floor: 0.9 }),
    kept('other forms of an answer, asked for as never taught', forms.length, formMisses, { floor: 0.8 }),
  ];
}

const FOLDS = 5;

/** What small talk would have started that is not in what the router learned: a fifth of the sentences is left out at a time. */
export function heldOutTalkFigure(): Figure {
  // Questions of what was told or planned are no small talk: one's own figures answer them as well.
  const examples = readExamples().filter(
    ({ wants }) => !wants.includes('recall') && !wants.includes('own-plan'),
  );
  const misses: string[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const reader = learn(examples.filter((_, i) => i % FOLDS !== fold));
    for (const { said } of examples.filter((example, i) => i % FOLDS === fold && isTalk(example))) {
      const meaning = meaningOf(said, STATE, reader);
      if (CHANGING.has(meaning)) misses.push(`${said} -> ${meaning}`);
    }
  }
  return kept('small talk it was not taught, nothing changed', examples.filter(isTalk).length, misses, {
    floor: 0.985,
  });
}

const changesFor = (name: string, sentences: string[]): Figure => {
  const misses = sentences.filter((said) => {
    const found = routed(said);
    return !found.asks && isChanging(found);
  });
  return { name, value: misses.length, cases: sentences.length, misses, ceiling: 0 };
};

export async function routingFigures(): Promise<Figure[]> {
  const cases = readTaughtCases();
  const { wrong, slots, slotMisses } = scored(cases);
  const questions = await examQuestions();
  const elsewhere = questions.filter((said) => routed(said).tools.join() !== 'searchNotes');
  return [
    kept('sentences it was taught, right tools', cases.length, wrong, { floor: 0.95 }),
    kept('arguments read from them', slots, slotMisses, { floor: 0.95 }),
    changesFor('changes made for small talk and notes', [
      ...cases.filter(({ tools }) => tools.length === 0).map(({ said }) => said),
      ...plantedNotes(),
    ]),
    changesFor('changes made for exam questions', questions),
    kept('exam questions that search the notes', questions.length, elsewhere, { floor: 0.98 }),
    ...(await blindFigures('routing-blind.txt', '')),
    ...(await blindFigures('slots-blind-1.txt', ' (arguments, first set)')),
    ...(await blindFigures('slots-blind-2.txt', ' (arguments, second set)')),
    ...(await blindFigures('slots-blind-3.txt', ' (arguments, third set)')),
    ...(await smallTalkFigures()),
    ...(await followUpFigures()),
  ];
}
