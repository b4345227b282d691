import { route } from '../../local/openai/brain/routing/route.ts';
import { STATE } from '../../local/openai/brain/routing/sentences.fixture.ts';
import { type Figure, kept } from './report.ts';
import { plantedNotes, type RoutingCase, readRoutingCases, readSmallTalk } from './routing-sentences.ts';

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

function routed(said: string): Routed {
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

/** "the Cold War" and "cold war" name one topic. */
function normal(value: unknown): unknown {
  if (typeof value === 'string')
    return value
      .toLowerCase()
      .replace(/^(?:the|my|all|an?) /, '')
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

export async function routingFigures(): Promise<Figure[]> {
  const cases = await readRoutingCases();
  const wrong: string[] = [];
  const slots = { all: 0, misses: [] as string[] };
  const changed: string[] = [];
  for (const one of cases) {
    const found = routed(one.said);
    if (one.tools.length === 0 && isChanging(found) && !found.asks) changed.push(one.said);
    if (!isRight(one, found)) {
      wrong.push(`${one.id} ${one.said} -> ${found.tools.join(', ') || 'none'}`);
      continue;
    }
    for (const [name, value] of Object.entries(one.slots)) {
      slots.all += 1;
      if (!isSame(inOrder(name, found.args[name]), inOrder(name, value)))
        slots.misses.push(`${one.id} ${one.said}: ${name} ${JSON.stringify(found.args[name])}`);
    }
  }
  const talk = await readSmallTalk();
  const planted = plantedNotes();
  changed.push(
    ...[...talk, ...planted].filter((said) => route(said, STATE).kind === 'call' && isChanging(routed(said))),
  );
  return [
    kept('sentences with the right tools', cases.length, wrong, { floor: 0.95 }),
    kept('arguments read from them', slots.all, slots.misses, { floor: 0.95 }),
    {
      name: 'changes made for small talk and notes',
      value: changed.length,
      cases: talk.length + planted.length + cases.filter(({ tools }) => tools.length === 0).length,
      ceiling: 0,
      misses: changed,
    },
  ];
}
