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

export type Ask = (body: { message: string; settings: { tools: ToolName[] } }) => Promise<unknown>;
export type Outcome = { tool: ToolName; passed: boolean; ms: number; text: string };

type Question = { message: string /** What it may look up first. */; also?: ToolName[] };

/**
 * One question for each tool, in words that name what is wanted. `person`: somebody the account may see, where there is one;
 * the tools about one person are asked about them.
 */
const questions = (person: string): Record<ToolName, Question> => ({
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
  matchInsight: { message: `How well do ${person} and I fit?`, also: ['matchCandidates', 'getOnlineUsers'] },
  getOnlineUsers: { message: 'Who is online?' },
  getAvailability: { message: 'When am I free?' },
  sendNudge: {
    message: `Invite ${person} to study memory with me tonight`,
    also: ['matchCandidates', 'getOnlineUsers'],
  },
});

/** Whether an answer shows that the tool was called and did what it is for. What reaches others only asks: nothing is sent. */
function judge(tool: ToolName, given: unknown): Pick<Outcome, 'passed' | 'text'> {
  const answer = answerSchema.safeParse(given);
  if (!answer.success) return { passed: false, text: `no answer: ${JSON.stringify(given).slice(0, 120)}` };
  const card = answer.data.cards.findLast((made) => made.tool === tool);
  if (!card) {
    const used = answer.data.toolsUsed.join(', ') || 'none';
    return { passed: false, text: `not called (called: ${used}); it said: ${answer.data.text.slice(0, 80)}` };
  }
  if (card.state === 'approval-requested') return { passed: true, text: 'asks first' };
  return { passed: card.state === 'done', text: card.message ?? card.state };
}

/** Calls every tool of a deployment once, one after the other, each with the others out of reach. */
export async function checkTools(ask: Ask, person: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  // What the object above is made of, which the type of `Object.entries` cannot say.
  for (const [tool, question] of Object.entries(questions(person)) as [ToolName, Question][]) {
    const begun = performance.now();
    const settings = { tools: [tool, ...(question.also ?? [])] };
    const verdict = await ask({ message: question.message, settings }).then(
      (answer) => judge(tool, answer),
      (error: unknown) => ({ passed: false, text: error instanceof Error ? error.message : String(error) }),
    );
    outcomes.push({ tool, ms: Math.round(performance.now() - begun), ...verdict });
  }
  return outcomes;
}
