import { describe, expect, test } from 'vitest';
import { cutAtSentence, isWorthSummarising, transcriptOf } from './material.ts';
import { cleanSummary, sessionSummarySchema, sessionTitle, summaryMarkdown } from './summary.ts';

describe('what is summed up', () => {
  test('is cut at a sentence, else at a word, and never inside a character', () => {
    expect(cutAtSentence('One two three. Four five six.', 20)).toEqual({
      text: 'One two three.',
      isCut: true,
    });
    expect(cutAtSentence('one two three four five', 16)).toEqual({ text: 'one two three', isCut: true });
    expect(cutAtSentence('記憶は消える。また覚える', 8).text).toBe('記憶は消える。');
    expect(cutAtSentence('👍'.repeat(10), 7).text).toBe('👍👍👍');
    expect(cutAtSentence('short', 5)).toEqual({ text: 'short', isCut: false });
  });

  test('of a conversation leaves out silence, passage numbers and the request itself', () => {
    const { text } = transcriptOf([
      { role: 'user', text: 'Why [see](x)?' },
      { role: 'assistant', text: 'Because it fades [12]. A link [1](https://a.b) stays.' },
      { role: 'assistant', text: '  ' },
      { role: 'user', text: 'sum it up' },
    ]);
    expect(text).toBe('Student: Why [see](x)?\n\nTutor: Because it fades. A link [1](https://a.b) stays.');
    expect(transcriptOf([])).toEqual({ text: '', isCut: false });
  });

  test('one message longer than the room there is loses its end, not everything', () => {
    const { text, isCut } = transcriptOf([{ role: 'assistant', text: 'It fades fast. '.repeat(20) }], 60);
    expect(isCut).toBe(true);
    expect(text.endsWith('fast.')).toBe(true);
    expect(text.length).toBeLessThanOrEqual(60);
  });

  test('needs words, in whatever script', () => {
    expect(isWorthSummarising('hi there')).toBe(false);
    expect(isWorthSummarising('短期記憶は約七つの項目を保持する。'.repeat(4))).toBe(true);
  });
});

describe('what is kept of it', () => {
  test('fits its schema whatever the model wrote', () => {
    const cleaned = cleanSummary({
      summary: 'A\u0000 summary.\n\n\n\nMore.',
      keyPoints: ['1. First', '• Second', '$x^2$', '$x^2$'],
      tasks: [{ title: 'Read', etaMin: Number.NaN }],
      flashcards: [{ front: '∑', back: 'sum' }],
    });
    expect(sessionSummarySchema.parse(cleaned)).toEqual({
      summary: 'A summary.\n\nMore.',
      keyPoints: ['First', 'Second', '$x^2$'],
      tasks: [{ title: 'Read', etaMin: 15 }],
      flashcards: [{ front: '∑', back: 'sum' }],
    });
  });

  test('makes a summary of the key points when the model wrote none', () => {
    const cleaned = cleanSummary({ summary: '', keyPoints: ['It fades.'], tasks: [], flashcards: [] });
    expect(cleaned?.summary).toBe('It fades.');
  });

  test('is a note that reads well in the library', () => {
    const summary = {
      summary: 'It fades.',
      keyPoints: ['Fast.'],
      tasks: [{ title: 'Read', etaMin: 15 }],
      flashcards: [],
    };
    expect(summaryMarkdown('Working\nmemory', summary)).toBe(
      '# Working memory\n\nIt fades.\n\n## Key points\n\n- Fast.\n\n## To do\n\n- Read (15 min)\n',
    );
  });

  test('has a title: its conversation’s, else its day where the student is', () => {
    const now = new Date('2026-11-20T23:30:00Z');
    expect(sessionTitle('  Working \n memory ', { now, timezone: 'UTC' })).toBe('Working memory');
    expect(sessionTitle(null, { now, timezone: 'Pacific/Auckland' })).toBe('Session of 21 November 2026');
    expect(sessionTitle('x'.repeat(300), { now, timezone: 'UTC' })).toHaveLength(80);
    expect(sessionTitle(' ', { now, timezone: 'Not/AZone' })).toBe('Session of 20 November 2026');
  });
});
