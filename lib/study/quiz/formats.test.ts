import { describe, expect, test } from 'vitest';
import { QUIZ_FORMATS, type QuizFormat, type QuizItem, quizItemSchema } from '../../domain/quiz.ts';
import { seeded } from '../../test-random.ts';
import { factsFor, inFormats } from './formats.ts';
import { sequencesIn } from './sequences.ts';
import { passageOf, treeItems } from './test-drafts.ts';
import { rightText, textsOf } from './told.ts';

const STEPS =
  'Memory has three stages: 1. Encoding of input 2. Storage over time 3. Retrieval when needed. More follows.';
const sequences = sequencesIn(passageOf(STEPS));
const asked = (formats: readonly QuizFormat[], n: number, facts: QuizItem[] = treeItems(24)) =>
  inFormats(facts, { formats, n, topic: 'Trees', sequences, random: seeded(3) });

describe('an order that notes tell', () => {
  test.each([
    [
      'a numbered list in a paragraph',
      STEPS,
      ['Encoding of input', 'Storage over time', 'Retrieval when needed'],
      'Memory has three stages',
    ],
    [
      'a numbered list by lines',
      'Steps of mitosis:\n1. Prophase\n2. Metaphase\n3. Anaphase\n4. Telophase\nThen rest.',
      ['Prophase', 'Metaphase', 'Anaphase', 'Telophase'],
      'Steps of mitosis',
    ],
    [
      'a chain of arrows',
      'Flow: glucose → pyruvate → acetyl-CoA → citrate',
      ['glucose', 'pyruvate', 'acetyl-CoA', 'citrate'],
      'Flow',
    ],
    [
      'sentences in a row',
      'Blood takes a way. First, it enters the right atrium. Then it passes the valve. Finally, it leaves the heart. It is red.',
      ['it enters the right atrium', 'it passes the valve', 'it leaves the heart'],
      'Blood takes a way',
    ],
  ])('is found in %s', (_, text, steps, lead) => {
    const [found, ...others] = sequencesIn(passageOf(text));
    expect([found?.steps, found?.lead, others]).toEqual([steps, lead, []]);
    expect(text).toContain(found?.source.quote);
  });

  test.each([
    [
      'kinds that are only counted',
      'There are three kinds of rock: 1. Igneous 2. Sedimentary 3. Metamorphic.',
    ],
    ['two steps', 'The process: 1. Heat 2. Cool.'],
    ['numbers that do not count up', 'Steps 1. a word 3. another 2. a third.'],
    ['one First alone', 'First, we look at rocks. Rocks are old. They are hard.'],
    ['steps that are the same', 'Cycle: rest → work → rest'],
  ])('is not seen in %s', (_, text) => {
    expect(sequencesIn(passageOf(text))).toEqual([]);
  });
});

describe('the format of a question', () => {
  test('makes sound items of facts, each once, dealt in turn', () => {
    const items = asked(QUIZ_FORMATS, 10);
    expect(items.map(({ id, format = 'choice' }) => [id, format]).slice(0, 5)).toEqual(
      QUIZ_FORMATS.map((format, index) => [`q${index + 1}`, format]),
    );
    expect(items).toHaveLength(10);
    for (const item of items) expect(quizItemSchema.parse(item)).toEqual(item);
    const questions = items.flatMap(({ q, prompts }) => prompts?.map(({ text }) => text) ?? [q]);
    expect(new Set(questions).size).toBe(questions.length);
  });

  test('typed has the words of the answer as its key, and those of wrong choices against it', () => {
    const [fact] = treeItems(1);
    const [item] = asked(['typed'], 1, fact ? [fact] : []);
    if (!fact || !item) throw new Error('Nothing was made.');
    expect(item).toMatchObject({ format: 'typed', choices: [], answer: rightText(fact, fact), q: fact.q });
    expect(item.words?.flat()).toEqual(item.answer.toLowerCase().split(' '));
    expect(item.foes).toContain('not');
    for (const word of item.words?.flat() ?? []) expect(item.foes).not.toContain(word);
  });

  test('leaves a question that speaks of its choices, a formula and a long answer to four choices', () => {
    const [fact] = treeItems(1);
    if (!fact) throw new Error('No fact.');
    const change = (text: string): QuizItem => ({
      ...fact,
      choices: fact.choices.map((choice) => (choice.id === fact.answer ? { ...choice, text } : choice)),
    });
    const odd = [
      { ...fact, q: 'Which of these blooms?' },
      change('$x + 1$'),
      change('one two three four five six seven eight nine'),
    ];
    expect(odd.map((item) => asked(['typed'], 1, [item]).length)).toEqual([0, 0, 0]);
    expect(asked(['typed', 'choice'], 1, odd)[0]?.format).toBeUndefined();
  });

  test('true or false is each about half of the time, and says what is right instead', () => {
    const items = asked(['truth'], 24);
    const isTrue = items.filter(({ answer }) => answer === 'true');
    expect(isTrue.length).toBeGreaterThan(6);
    expect(isTrue.length).toBeLessThan(18);
    for (const { answer, claim, right } of items) expect(claim === right).toBe(answer === 'true');
  });

  test('pairs of one kind have different answers, each with its proof; too few make none', () => {
    const [item] = asked(['matching'], 1);
    const facts = treeItems(24);
    expect(item?.prompts).toHaveLength(4);
    expect(item?.sources).toHaveLength(4);
    const rights = item?.prompts
      ?.map(({ text }) => facts.find(({ q }) => q === text))
      .map((fact) => fact && rightText(fact, fact));
    expect(item && textsOf(item, item.answer)).toEqual(rights);
    expect(asked(['matching'], 1, facts.slice(0, 2))).toEqual([]);
  });

  test('an order is never handed out as it stands, and keeps to the notes', () => {
    for (let seed = 0; seed < 20; seed++) {
      const [item] = inFormats([], {
        formats: ['ordering'],
        n: 3,
        topic: 'Memory',
        sequences,
        random: seeded(seed),
      });
      if (!item) throw new Error('Nothing was made.');
      expect(textsOf(item, item.answer)).toEqual(sequences[0]?.steps);
      expect(item.answer).not.toBe(item.choices.map(({ id }) => id).join(','));
    }
  });

  test('asks for as many facts as the questions take, within bounds', () => {
    expect([
      factsFor(10, ['choice']),
      factsFor(5, ['matching']),
      factsFor(50, ['matching']),
      factsFor(3, ['ordering']),
    ]).toEqual([10, 20, 50, 1]);
  });
});
