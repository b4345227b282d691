import { asSchema } from 'ai';
import { describe, expect, test } from 'vitest';
import { fakeDatabase } from '../../tests/setup/notes-database.ts';
import { CARD, ID, LEAST, NUDGE, PLAN, QUIZ } from '../../tests/setup/tool-calls.ts';
import { failure, toolContext, toolOptions } from '../../tests/setup/tool-context.ts';
import { type ToolName, tools } from './index.ts';

/** What must not get through, with the field that is named. */
const REFUSED: [ToolName, object, string][] = [
  ['searchNotes', { query: '' }, 'query'],
  ['searchNotes', { query: 'x'.repeat(1_001) }, 'query'],
  ['searchNotes', { query: 'x', limit: 0 }, 'limit'],
  ['searchNotes', { query: 'x', limit: 21 }, 'limit'],
  ['summarizeSession', { transcript: 'x'.repeat(400_001) }, 'transcript'],
  ['generateQuiz', { ...QUIZ, topic: '' }, 'topic'],
  ['generateQuiz', { ...QUIZ, topic: 'x'.repeat(201) }, 'topic'],
  ['generateQuiz', { ...QUIZ, n: 0 }, 'n'],
  ['generateQuiz', { ...QUIZ, n: 51 }, 'n'],
  ['generateQuiz', { ...QUIZ, n: 2.5 }, 'n'],
  ['generateQuiz', { ...QUIZ, sources: [{ docId: 'not-an-id' }] }, 'docId'],
  ['addFlashcards', { cards: [] }, 'cards'],
  ['addFlashcards', { cards: Array.from({ length: 101 }, () => CARD) }, 'cards'],
  ['addFlashcards', { cards: [{ ...CARD, front: 'x'.repeat(2_001) }] }, 'front'],
  ['addFlashcards', { cards: [CARD], sourceDocId: 'nonsense' }, 'sourceDocId'],
  ['createStudyPlan', { ...PLAN, goals: [] }, 'goals'],
  ['createStudyPlan', { ...PLAN, timePerDayMin: 0 }, 'timePerDayMin'],
  ['createStudyPlan', { ...PLAN, daysPerWeek: 8 }, 'daysPerWeek'],
  ['createStudyPlan', { ...PLAN, weekdays: [9] }, 'weekdays'],
  ['getAvailability', { dow: 7 }, 'dow'],
  ['sendNudge', { ...NUDGE, message: '' }, 'message'],
  ['sendNudge', { ...NUDGE, message: '   ' }, 'message'],
  ['sendNudge', { ...NUDGE, message: 'x'.repeat(501) }, 'message'],
  ['sendNudge', { ...NUDGE, toUserId: 'ines' }, 'toUserId'],
];

/** Calls a tool by its name, whose input is then only known to be one. */
async function call(name: ToolName, input: object, options: { fail?: boolean } = {}) {
  const { db, requests } = fakeDatabase(() => [], options);
  const context = toolContext(db, { threadId: ID });
  const execute = tools[name].execute as (input: object, given: object) => Promise<unknown>;
  return { result: await execute(input, toolOptions(context)), requests, telemetry: context.telemetry };
}

const NAMES = Object.keys(tools) as ToolName[];

describe('every tool', () => {
  test.each(NAMES)('%s answers a database that does not with a code and a sentence', async (name) => {
    const { result, telemetry } = await call(name, LEAST[name] ?? {}, { fail: true });
    expect(result).toMatchObject({ ok: false, code: 'database_unavailable', message: expect.any(String) });
    expect(JSON.stringify(result)).not.toContain('10.0.0.7');
    expect(telemetry.events).toMatchObject([{ eventType: 'tool_call', toolName: name, ok: false }]);
  });

  test.each(NAMES)('%s takes no id of its caller, nor of a conversation', async (name) => {
    const schema = JSON.stringify(await asSchema<unknown>(tools[name].inputSchema).jsonSchema);
    expect(schema.replaceAll(/toUserId|targetUserId/g, '')).not.toMatch(/user_?id|thread_?id/i);
  });

  test.each(NAMES)('%s is sent without lengths, which not every model of a provider takes', async (name) => {
    const schema = JSON.stringify(await asSchema<unknown>(tools[name].inputSchema).jsonSchema);
    expect(schema).not.toMatch(/"(?:min|max)Length"/);
  });

  test.each(REFUSED)('%s refuses %j by the field’s name, and asks nothing', async (name, input, field) => {
    const { result, requests } = await call(name, input);
    expect(result).toEqual(failure('invalid_request', field));
    expect(requests).toEqual([]);
  });

  test('only what reaches another person asks the student first', () => {
    expect(NAMES.filter((name) => tools[name].asksFirst)).toEqual(['sendNudge']);
  });
});
