import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sourceOf } from '../source.ts';
import type { QuizDraft } from './draft.ts';
import { lintDraft, lintOnce } from './lint.ts';
import { QUIZ_RULES } from './rules.ts';
import { draftOf, passageOf, QUOTE } from './test-drafts.ts';

function breach(change: Partial<QuizDraft>, text = `Forgetting. ${QUOTE} More of it follows.`) {
  const draft = draftOf(change);
  return lintDraft(draft, sourceOf(passageOf(text), draft.quote), text);
}
const wrong = (...texts: string[]) => ({
  distractors: texts.map((text) => ({ text, why: 'Something else.' })),
});

describe('the rules', () => {
  test('let a sound question pass', () => {
    expect(breach({})).toBeNull();
  });

  test.each<[string, Partial<QuizDraft>]>([
    ['R1', wrong('retroactive interference', 'encoding failure')],
    ['R1', wrong('retroactive interference', 'encoding failure', ' ')],
    ['R1', { distractors: draftOf().distractors.map((one) => ({ ...one, why: '' })) }],
    ['R1', wrong('retroactive interference', 'encoding failure', 'x'.repeat(400))],
    ['R1', { explanation: ' ' }],
    ['R1', { explanation: 'x'.repeat(2_000) }],
    ['R1', { concept: '' }],
    ['R1', { explanation: 'It is so.\u0000' }],
    ['R1', { question: 'Which term names a lone surrogate \ud800 here?' }],
    ['R2', wrong('Proactive Interference', 'encoding failure', 'motivated forgetting')],
    ['R2', wrong('the proactive interferences', 'encoding failure', 'motivated forgetting')],
    ['R2', wrong('interference', 'encoding failure', 'motivated forgetting')],
    ['R2', { answer: 'Thomas R. Gray', ...wrong('Thomas Gray', 'Nat Turner', 'John Brown') }],
    ['R3', { quote: 'Old information helps the recall of newly learned information.' }],
    ['R3', { quote: 'old information' }],
    ['R4', { answer: 'cue-dependent forgetting' }],
    ['R5', wrong('newly learned information', 'encoding failure', 'motivated forgetting')],
    [
      'R6',
      {
        question: 'Which kind of interference hinders the memory of something that came later?',
        ...wrong('retroactive effects', 'encoding failure', 'motivated forgetting'),
      },
    ],
    ['R7', wrong('decay', 'encoding', 'blocking')],
    ['R7', wrong('one '.repeat(20), 'two '.repeat(20), 'three '.repeat(17))],
    ['R8', { question: 'What is that?' }],
    ['R8', { question: 'which term names the way an earlier memory gets in the way of a later one?' }],
    ['R8', { question: 'An earlier memory gets in the way of something learned later.' }],
    ['R8', { question: `Which term ${'names the way an earlier memory gets in the way, '.repeat(7)}?` }],
    ['R9', { question: 'Which effect of an earlier memory on a later one is shown in Figure 8.3?' }],
    ['R9', { question: 'What does this chapter call the effect of an earlier memory on a later one?' }],
    ['R9', { question: 'What is it called when an earlier memory gets in the way of a later one?' }],
    ['R9', { question: 'Which term names the effect that https://example.org speaks of?' }],
    ['R9', { question: 'Which term names the **effect** of an earlier memory on a later one?' }],
    ['R10', { question: 'Which term names the way (an earlier memory gets in the way of a later one?' }],
    ['R10', { question: 'Which term fits: “an earlier memory gets in the way of a later one?' }],
    ['R11', wrong('retroactive interference', 'encoding failure', 'none of the above')],
    ['R12', wrong('the encoding failure', 'the blocking of it', 'motivated forgetting')],
    ['R12', { answer: 'Proactive interference' }],
    ['R12', wrong('3 kinds of interference', 'encoding failure', 'motivated forgetting')],
    ['R13', { question: 'An earlier memory that gets in the way of a later one is an ____?' }],
    ['R14', { question: 'Which term names the the way an earlier memory gets in the way of a later one?' }],
  ])('%s rejects %j', (rule, change) => {
    expect(breach(change)).toMatchObject({ rule, reason: expect.stringMatching(/\S/) });
  });

  test('compare numbers and formulas by their signs', () => {
    const text =
      'The derivative of the square is $2x$, and the sum of both sides is $x + 1$ for every number.';
    const explanation = 'It is the sum that the notes give.';
    const question = 'Which formula gives the sum of both sides for every number?';
    const beside = (other: string) =>
      breach(
        {
          quote: text,
          question,
          answer: '$x + 1$',
          explanation,
          kind: null,
          ...wrong(other, '$2x + 1$', '$x + 2$'),
        },
        text,
      );
    expect(beside('$x - 1$')).toBeNull();
    expect(beside('$x+1$')).toMatchObject({ rule: 'R2' });
  });

  test('tell opposites made of small words apart', () => {
    const text = 'A warm gas holds more energy than a cold gas of the same mass, and it rises.';
    const question = 'How do the notes compare a warm gas with a cold one of equal mass?';
    const choices = wrong('less energy', 'equal energy', 'no energy');
    expect(breach({ quote: text, question, answer: 'more energy', ...choices }, text)).toBeNull();
  });

  test('leave a contrast its rival and a reason the words of its question', () => {
    const text =
      'Proactive interference hinders new learning, whereas retroactive interference hinders old learning.';
    expect(breach({ quote: text }, text)).toMatchObject({ rule: 'R5' });
    expect(breach({ quote: text, kind: 'contrast' }, text)).toBeNull();
  });

  test('know the openings of questions about the notes themselves', () => {
    for (const question of [
      'In these notes, what does “proactive” describe about an earlier memory?',
      'Which of these hinders the recall of something that was learned later?',
    ]) {
      const change = { question, kind: 'meaning' };
      expect(breach(change)?.rule).not.toBe('R9');
    }
  });
});

describe('notes that are not in English', () => {
  test.each<[string, string, Partial<QuizDraft>]>([
    [
      'German',
      'Das Mitochondrium ist das Kraftwerk der Zelle und stellt den größten Teil des ATP her.',
      {
        question: 'Welches Organell stellt den größten Teil des ATP in der Zelle her?',
        answer: 'das Mitochondrium',
        explanation: 'Die Notizen nennen es das Kraftwerk der Zelle.',
        ...wrong('das Ribosom der Zelle', 'der Zellkern', 'das Lysosom'),
      },
    ],
    [
      'French',
      'La mitose est la division d’une cellule mère en deux cellules filles identiques.',
      {
        question: 'Comment appelle-t-on la division d’une cellule mère en deux cellules identiques ?',
        answer: 'la mitose',
        explanation: 'La cellule mère donne deux cellules filles identiques.',
        ...wrong('la méiose', 'la cytolyse', 'l’apoptose'),
      },
    ],
    [
      'Chinese',
      '光合作用是植物利用光能把二氧化碳和水转化为葡萄糖并释放氧气的过程。',
      {
        question: '植物在光合作用中释放哪一种气体？',
        answer: '氧气',
        explanation: '笔记写明植物把二氧化碳和水转化为葡萄糖，并释放氧气。',
        ...wrong('氮气', '氢气', '甲烷'),
      },
    ],
    [
      'Russian',
      'Фотосинтез происходит в хлоропластах растительных клеток и требует света.',
      {
        question: 'В каких органеллах растительных клеток происходит фотосинтез?',
        answer: 'в хлоропластах',
        explanation: 'Заметки называют хлоропласты местом фотосинтеза.',
        ...wrong('в митохондриях', 'в рибосомах', 'в вакуолях'),
      },
    ],
    [
      'Japanese',
      '細胞は細胞膜に包まれており、細胞核には遺伝情報が保存されている。',
      {
        question: '遺伝情報はどこに保存されているか。どの部分か？',
        answer: '細胞核',
        explanation: '遺伝情報は細胞核に保存されている。',
        ...wrong('液胞', '葉緑体', '細胞壁'),
      },
    ],
  ])('%s: a sound question passes', (_language, text, change) => {
    expect(breach({ quote: text, concept: 'x', kind: 'subject', ...change }, text)).toBeNull();
  });

  test('a question that holds its whole answer is rejected in any language', () => {
    const text = 'Das Mitochondrium ist das Kraftwerk der Zelle und stellt den größten Teil des ATP her.';
    const change = {
      quote: text,
      question: 'Was stellt das Mitochondrium als Kraftwerk der Zelle her, oder wer?',
      answer: 'Mitochondrium',
      explanation: 'So steht es in den Notizen.',
      ...wrong('Lysosomen', 'Zellkerne', 'Ribosomen'),
    };
    expect(breach(change, text)).toMatchObject({ rule: 'R6' });
  });
});

describe('R15', () => {
  const placed = [{ draft: draftOf(), source: proof(QUOTE) }];
  function proof(quote: string, charStart = 5_000) {
    const source = sourceOf(passageOf(quote, { charStart }), quote);
    if (!source) throw new Error('The quote was not found.');
    return source;
  }

  const question = 'Something else entirely?';
  test.each<[string, Partial<QuizDraft>, number, string | null]>([
    ['a sentence', { concept: 'other', question }, 5_000, 'R15'],
    ['a concept', { concept: 'The Proactive Interference', question }, 90_000, 'R15'],
    ['almost the same words', { concept: 'other' }, 90_000, 'R15'],
    ['something else as often as there is something', { concept: 'other', question }, 90_000, null],
  ])('asks about %s only once', (_, change, charStart, rule) => {
    expect(lintOnce(draftOf(change), proof(QUOTE, charStart), placed)?.rule ?? null).toBe(rule);
  });
});

test('the page about the rules prints every rule with its threshold', () => {
  const page = readFileSync(new URL('../../../docs/quiz-rules.md', import.meta.url), 'utf8');
  const missing = Object.entries(QUIZ_RULES).filter(
    ([code, { sentence, threshold }]) => !page.includes(`| ${code} | ${sentence} | ${threshold} |`),
  );
  expect(missing.map(([code]) => code)).toEqual([]);
});
