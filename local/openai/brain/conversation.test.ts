import { describe, expect, it } from 'vitest';
import { askFor, assistant, offer, searched, searchResult, user } from '../test-client.ts';
import type { Turn } from '../wire/types.ts';
import { createStudyBrain } from './index.ts';
import { TOOL_NAMES } from './routing/types.ts';

const brain = createStudyBrain();
const TOOLS = offer(...TOOL_NAMES);

const asked = (question: string): Turn[] => {
  const query = String(brain.decide(askFor([user(question)], { tools: TOOLS })).calls?.[0]?.args.query);
  return [
    user(question),
    ...searched({ query, limit: 10 }, searchResult(['It says so. [1]'])),
    assistant('It says so. [1]'),
  ];
};

/** The last of several things a student says one after another, each answered from the notes. */
function last(...said: string[]) {
  const turns: Turn[] = [];
  for (const question of said.slice(0, -1)) {
    const say = brain.decide(askFor([...turns, user(question)], { tools: TOOLS }));
    const query = say.calls?.[0]?.args.query;
    turns.push(user(question));
    if (typeof query === 'string')
      turns.push(...searched({ query, limit: 10 }, searchResult(['It says so.'])));
    turns.push(assistant(say.text ?? 'It says so. [1]'));
  }
  return brain.decide(askFor([...turns, user(said.at(-1) ?? '')], { tools: TOOLS }));
}

describe('a follow-up', () => {
  it.each([
    [['What is the Treaty of Utrecht?', 'who signed it?'], 'Treaty of Utrecht'],
    [['What is the Treaty of Utrecht?', 'who signed it?', 'and when?'], 'Treaty of Utrecht'],
    [['What is the Treaty of Utrecht?', 'who signed it?', 'and when?', 'why?'], 'Treaty of Utrecht'],
    [['what is osmosis', 'what about the second one?'], 'osmosis'],
    [['explain mitosis', 'how long does it take'], 'mitosis'],
    [['explain mitosis', 'and in plants?'], 'mitosis'],
    [['Who was Marie Curie?', 'where did she study?'], 'Marie Curie'],
    [['Who was Marie Curie?', 'what did she discover'], 'Marie Curie'],
    [['Who was Marie Curie?', 'when did she die?', 'and her husband?'], 'Marie Curie'],
    [['what are enzymes', 'what do they do'], 'enzymes'],
    [['what are enzymes', 'give me an example'], 'enzymes'],
    [['what are enzymes', 'tell me more'], 'enzymes'],
    [['what is a stack in computing', 'how is that different from the other one?'], 'stack'],
    [['define entropy', 'why does it matter?'], 'entropy'],
    [['define entropy', 'who came up with that'], 'entropy'],
    [['what is the nitrogen cycle', 'what are the steps'], 'nitrogen cycle'],
    [['what is the nitrogen cycle', 'which one is the most important?'], 'nitrogen cycle'],
    [['Was ist Osmose?', 'und warum?'], 'Osmose'],
    [["Qu'est-ce que l'osmose ?", 'pourquoi ?'], 'osmose'],
    [['¿Qué es la ósmosis?', 'y dónde?'], 'ósmosis'],
  ])('%j is asked of %s', (said, subject) => {
    expect(last(...said).calls?.[0]?.args.query).toContain(subject);
  });

  it('names a subject of its own where it has one', () => {
    expect(last('what is osmosis', 'what is diffusion').calls?.[0]?.args.query).not.toContain('osmosis');
    expect(last('what is osmosis', 'how does the heart pump its blood').calls?.[0]?.args.query).not.toContain(
      'osmosis',
    );
  });
});

describe('a wish for another form', () => {
  it.each([
    'simpler',
    'in Spanish please',
    'as a table',
    'explain it like I am ten',
    'shorter',
    'als Tabelle',
    'plus court',
  ])('“%s” searches the same again and says what cannot be done', (wish) => {
    const turns = [...asked('what is osmosis'), user(wish)];
    const say = brain.decide(askFor(turns, { tools: TOOLS }));
    expect(say.calls).toMatchObject([{ name: 'searchNotes', args: { query: 'what is osmosis' } }]);
    const found = searched(
      { query: 'what is osmosis', limit: 10 },
      searchResult(['Osmosis is the movement of water.']),
    );
    const { text } = brain.decide(askFor([...turns, ...found], { tools: TOOLS }));
    expect(text).toMatch(/^(?:I cannot put that into other words|Je ne peux pas le dire ici)/);
    expect(text).toContain('Osmosis is the movement of water');
  });
});

describe('what a student tells', () => {
  const TOLD = 'My exam is on 14 January and I find tensors hardest';

  it.each([
    TOLD,
    '14 January is my exam, tensors are hardest',
    'meine Prüfung ist am 14. Januar',
    'mon examen est le 14 janvier',
  ])('“%s” is noted and no tool is called', (told) => {
    const say = brain.decide(askFor([user(told)], { tools: TOOLS }));
    expect(say.calls).toBeUndefined();
    expect(say.text).toContain(told);
  });

  it.each(['when is my exam?', 'what do i find hardest?', 'what did i tell you about my exam'])(
    'is told back when asked “%s”, also ten turns later',
    (question) => {
      const between = Array.from({ length: 10 }, (_, i) => asked(`what is term ${i}`)).flat();
      const { text } = brain.decide(
        askFor([user(TOLD), assistant('Noted.'), ...between, user(question)], { tools: TOOLS }),
      );
      expect(text).toContain(TOLD);
    },
  );
});

describe('tool_choice required', () => {
  it('calls a tool even where talk would do', () => {
    expect(
      brain.decide(askFor([user('hello')], { tools: TOOLS, toolChoice: 'required' })).calls,
    ).toHaveLength(1);
    expect(
      brain.decide(askFor([user('quiz me')], { tools: TOOLS, toolChoice: 'required' })).calls,
    ).toHaveLength(1);
  });
});

describe('talk', () => {
  it.each([
    ['hallo', 'Hallo'],
    ['merci beaucoup', 'prie'],
    ['hasta luego', 'Hasta luego'],
    ['guten Morgen', 'Hallo'],
    ['good morning', 'Hello'],
  ])('“%s” is answered in its language', (said, answer) => {
    expect(brain.decide(askFor([user(said)], { tools: TOOLS })).text).toContain(answer);
  });
});
