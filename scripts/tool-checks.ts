import assert from 'node:assert/strict';
import { z } from 'zod';
import type { ToolName } from '../lib/tools/index.ts';

/** What a deployment answers to one question, as JSON. */
const answerSchema = z.object({
  threadId: z.string(),
  text: z.string(),
  toolsUsed: z.array(z.string()),
  cards: z.array(
    z.object({
      tool: z.string(),
      state: z.string(),
      message: z.string().optional(),
    }),
  ),
});

/** One thing that has to hold: what was found, or an error that says why it does not. */
export type Check = { name: string; run: () => Promise<string> };
export type Ask = (body: { message: string; settings: { tools: ToolName[] } }) => Promise<unknown>;

type Question = { message: string /** What it may look up first. */; also?: ToolName[] };

/**
 * One question for each tool, in words that name what is wanted. `person`: somebody the account may see, where there is one;
 * the tools about one person are asked about them.
 */
const questions: Record<ToolName, Question | ((person: string) => Question)> = {
  searchNotes: { message: 'Search my notes: what is memory?' },
  summarizeSession: {
    message:
      'Summarize this session:\nTutor: Memory fades unless you recall it.\nStudent: So I test myself?\nTutor: Yes, a little every day.',
  },
  generateQuiz: { message: 'Make me a quiz of 2 questions on memory', also: ['searchNotes'] },
  addFlashcards: { message: 'Add a card: ATP - energy currency of the cell', also: ['searchNotes'] },
  buildLearningProfile: { message: 'What am I bad at?' },
  createStudyPlan: {
    message: 'Make me a study plan for memory, 30 minutes a day, 5 days a week',
    also: ['searchNotes', 'buildLearningProfile'],
  },
  matchCandidates: { message: 'Find me a study partner' },
  matchInsight: (person) => ({
    message: `How well do ${person} and I fit?`,
    also: ['matchCandidates', 'getOnlineUsers'],
  }),
  getOnlineUsers: { message: 'Who is online?' },
  getAvailability: { message: 'When am I free?' },
  sendNudge: (person) => ({
    message: `Invite ${person} to study memory with me tonight`,
    also: ['matchCandidates', 'getOnlineUsers'],
  }),
};

/** Whether an answer shows that the tool was called and did what it is for. What reaches others only asks: nothing is sent. */
function judge(tool: ToolName, given: unknown): string {
  const answer = answerSchema.safeParse(given);
  assert(answer.success, `no answer: ${JSON.stringify(given).slice(0, 120)}`);
  const { cards, toolsUsed, text } = answer.data;
  const card = cards.findLast((made) => made.tool === tool);
  assert(card, `not called (called: ${toolsUsed.join(', ') || 'none'}); it said: ${text.slice(0, 80)}`);
  if (card.state === 'approval-requested') return 'asks first';
  assert(card.state === 'done', card.message ?? card.state);
  return card.message ?? card.state;
}

/** Every tool of a deployment, to be called once, each with the others out of reach. */
export const toolChecks = (ask: Ask, person: () => Promise<string>): Check[] =>
  Object.entries(questions).map(([name, question]) => ({
    name,
    async run() {
      // What the object above is made of, which the type of `Object.entries` cannot say.
      const tool = name as ToolName;
      const { message, also = [] } = typeof question === 'function' ? question(await person()) : question;
      return judge(tool, await ask({ message, settings: { tools: [tool, ...also] } }));
    },
  }));
