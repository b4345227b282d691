import { asSchema, type ToolSet } from 'ai';
import { describe, expect, it } from 'vitest';
import { tools } from '../lib/tools/index.ts';
import { createStudyBrain } from '../local/openai/brain/index.ts';
import { TOOL_NAMES, type ToolName } from '../local/openai/brain/routing/types.ts';
import { askFor, user } from '../local/openai/test-client.ts';
import type { JsonSchema, ToolSpec } from '../local/openai/wire/types.ts';
import { LEAST, NUDGE, PLAN, QUIZ } from './setup/tool-calls.ts';

const brain = createStudyBrain();
const registry: ToolSet = tools;
const MAYA = '6f9619ff-8b86-4011-b42d-00c04fc964ff';

/** The registry's tools as the wire hands them to a model. */
async function specs(): Promise<ToolSpec[]> {
  return await Promise.all(
    Object.entries(registry).map(async ([name, tool]) => ({
      name,
      description: name,
      // What the SDK sends is JSON Schema; the brain's own type names the part of it that it reads.
      parameters: (await asSchema(tool.inputSchema).jsonSchema) as JsonSchema,
      strict: true,
    })),
  );
}

/** A value that a tool may not take, and the field it is in. */
const WRONG: Record<ToolName, [wrong: object, field: string]> = {
  searchNotes: [{ query: '' }, 'query'],
  summarizeSession: [{ transcript: 7 }, 'transcript'],
  generateQuiz: [{ ...QUIZ, difficulty: 'brutal' }, 'difficulty'],
  addFlashcards: [{ cards: [{ back: 'b' }] }, 'front'],
  buildLearningProfile: [{ forceRebuild: 'yes' }, 'forceRebuild'],
  createStudyPlan: [{ ...PLAN, daysPerWeek: 9 }, 'daysPerWeek'],
  matchCandidates: [{ topK: 0 }, 'topK'],
  matchInsight: [{}, 'candidateId'],
  getOnlineUsers: [{ activityFilter: 'sleeping' }, 'activityFilter'],
  getAvailability: [{ dow: 7 }, 'dow'],
  sendNudge: [{ ...NUDGE, nudgeType: 'threat' }, 'nudgeType'],
};

/** Sentences that must be callable as they are, with the schemas the app really offers. */
const SAID: [string, ToolName][] = [
  ['what is osmosis?', 'searchNotes'],
  ['quiz me on mitosis, 8 hard ones', 'generateQuiz'],
  ['add a card: ATP - energy currency of the cell', 'addFlashcards'],
  ['what am I bad at?', 'buildLearningProfile'],
  ['exam in genetics on 12 December, 40 minutes on weekdays, make a plan', 'createStudyPlan'],
  ['find me a study partner', 'matchCandidates'],
  ['how well do Maya and I fit?', 'matchInsight'],
  ['who is around?', 'getOnlineUsers'],
  ['when is Maya free on friday?', 'getAvailability'],
  ['nudge Maya to study tonight', 'sendNudge'],
  ['summarize this:\nTutor: Cells divide by mitosis.\nStudent: And then?', 'summarizeSession'],
];

/** Whether the tool itself would take these arguments. */
async function takes(name: ToolName, args: unknown): Promise<boolean> {
  const checked = await asSchema(registry[name]?.inputSchema).validate?.(args);
  return checked?.success === true;
}

describe('the study brain and the tools of the app', () => {
  it.each(TOOL_NAMES)('calls %s as it is told, dropping what the tool does not know', async (name) => {
    const least = LEAST[name] ?? {};
    const json = JSON.stringify({ ...least, somethingElse: 1 });
    const say = brain.decide(askFor([user(`Use ${name} with ${json}`)], { tools: await specs() }));
    expect(say.calls?.[0]?.name, say.text).toBe(name);
    expect(say.calls?.[0]?.args).toMatchObject(least);
    expect(say.calls?.[0]?.args).not.toHaveProperty('somethingElse');
    expect(await takes(name, say.calls?.[0]?.args)).toBe(true);
  });

  it.each(TOOL_NAMES)('names the field when %s is told wrongly, and calls nothing', async (name) => {
    const [wrong, field] = WRONG[name];
    const say = brain.decide(
      askFor([user(`Use ${name} with ${JSON.stringify(wrong)}`)], { tools: await specs() }),
    );
    expect(say.calls).toBeUndefined();
    expect(say.text).toContain(field);
  });

  it.each(SAID)('“%s” becomes a valid call of %s', async (said, name) => {
    const instructions = `Today is 2026-11-20, Friday, 14:05, UTC.\nPartners: Maya Lind (${MAYA})`;
    const ask = askFor([], {
      tools: await specs(),
      turns: [{ role: 'system', text: instructions }, user(said)],
    });
    const call = brain.decide(ask).calls?.[0];
    expect(call?.name).toBe(name);
    expect(await takes(name, call?.args)).toBe(true);
  });
});
