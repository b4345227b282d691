import { describe, expect, test } from 'vitest';
import { isProblem, ladderLine, ladderOf } from './ladder.ts';

const answer = (ladder?: object) => ({ role: 'assistant', metadata: ladder ? { ladder } : {} });
const ask = (text: string, history: ReturnType<typeof answer>[] = []) =>
  ladderOf(history, { id: 'now', text });
const on = (rung: number) => [answer({ problemId: 'p', rung })];

describe('a problem', () => {
  test.each([
    'Solve 2x + 3 = 11',
    'Please calculate the derivative of x^2 at x = 3',
    'How do I solve x^2 - 5x + 6 = 0?',
    'Prove that the square root of 2 is irrational.',
    'Help me to find the area of a circle with radius 4',
    'Exercise 3: a train goes 60 km in 45 minutes, how fast is it?',
    'Löse 2x + 3 = 11',
    'Berechne die Fläche eines Kreises mit Radius 4',
    'Beweise, dass die Wurzel aus 2 irrational ist',
    'Aufgabe 4: Wie schnell ist der Zug bei 60 km in 45 min?',
    'Résous 2x + 3 = 11',
    'Calcule la dérivée de x^2',
    'Resuelve 2x + 3 = 11',
    '¿Cómo resuelvo x^2 = 9?',
    'Demuestra que la raíz de 2 es irracional',
  ])('is %j', (text) => expect(isProblem(text)).toBe(true));

  test.each([
    'What is osmosis?',
    'When did Ebbinghaus publish his book in 1885?',
    'Define the derivative of a function',
    'Explain how to solve equations of degree 2',
    'Make a quiz with 5 questions about limits',
    'Was ist eine Ableitung?',
    'Qui a inventé le calcul intégral en 1684 ?',
    '¿Qué es la fotosíntesis?',
    'Calculate',
    'Thanks!',
  ])('is not %j', (text) => expect(isProblem(text)).toBe(false));
});

describe('the ladder', () => {
  test('begins with a nudge at a problem, and not at a look-up', () => {
    expect(ask('Solve 2x + 3 = 11')).toEqual({ problemId: 'now', rung: 1 });
    expect(ask('What is osmosis?')).toBeNull();
  });

  test.each([
    'hint',
    'Another hint please',
    'I am stuck',
    'Noch ein Tipp',
    'Keine Ahnung',
    'un indice',
    'Je ne sais pas',
    'otra pista',
    'ni idea',
  ])('goes one rung on at %j', (text) => expect(ask(text, on(2))).toEqual({ problemId: 'p', rung: 3 }));

  test.each([
    'just tell me',
    'Just give me the answer',
    'I give up',
    'Sag es mir einfach',
    'Sag mir die Lösung',
    'Gib mir die Antwort',
    'Dis-moi la réponse',
    'Donne-moi la solution',
    'J’abandonne',
    'Dímelo ya',
    'Dame la respuesta',
    'Me rindo',
  ])('gives the answer at %j', (text) => expect(ask(text, on(1))).toEqual({ problemId: 'p', rung: 4 }));

  test('gives the answer at once to a problem that asks for it', () => {
    expect(ask('Just tell me: solve 2x + 3 = 11')).toEqual({ problemId: 'now', rung: 4 });
  });

  test('stays where it is for a try, ends with the answer, and is left for another subject', () => {
    expect(ask('x = 4?', on(2))).toEqual({ problemId: 'p', rung: 2 });
    expect(ask('hint', on(4))).toBeNull();
    expect(ask('What is a limit?', on(2))).toBeNull();
    expect(ask('Solve 3x = 9', on(2))).toEqual({ problemId: 'now', rung: 1 });
    expect(ask('hint')).toBeNull();
  });

  test('goes on over an answer in between', () => {
    expect(ask('next hint', [...on(1), answer()])).toEqual({ problemId: 'p', rung: 2 });
  });

  test('tells the model its rung in one line', () => {
    expect(ladderLine({ problemId: 'p', rung: 4 })).toMatch(
      /^Hint: 4 of 4 \(answer\)\. Give the whole solution[^\n]*$/,
    );
  });
});
