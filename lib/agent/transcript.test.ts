import { describe, expect, test } from 'vitest';
import type { MessageRow } from '../db/queries/message.ts';
import { MAX_ROWS } from '../domain/bounds.ts';
import { translatorOf } from '../language/catalogues.ts';
import { openingSummary } from './continuation.ts';
import { markdownOf, snapshotOf, transcriptOf } from './transcript.ts';

const DOC = '11111111-1111-4111-8111-111111111111';
const INES = '22222222-2222-4222-8222-222222222222';
const citation = {
  n: 1,
  docId: DOC,
  title: 'biology.pdf',
  page: 3,
  locator: { kind: 'page', index: 3, total: 9, label: null },
  headingPath: ['Cells'],
  quote: 'ATP carries\nenergy.',
  quoteStart: 10,
  quoteEnd: 29,
  chunkOrd: 0,
  verdict: 'verified',
};
const tool = (name: string, output: object) => ({
  type: `tool-${name}`,
  toolCallId: name,
  state: 'output-available',
  input: {},
  output,
});
const row = (role: MessageRow['role'], parts: unknown[], over: Partial<MessageRow> = {}): MessageRow => ({
  id: 'm',
  role,
  parts,
  metadata: {},
  status: 'done',
  createdAt: '2026-01-01T10:00:00Z',
  ...over,
});
const text = (said: string) => ({ type: 'text', text: said });
const choices = ['Energy', 'Iron', 'Air', 'Sand'].map((word, n) => ({ id: `c${n}`, text: word }));

const ROWS: MessageRow[] = [
  row('user', [text('I am Maya Lopez, maya@example.com. What is ATP in biology.pdf?')]),
  row('assistant', [
    tool('searchNotes', { chunks: [{ source: 'biology.pdf' }, { source: 'biology.pdf' }] }),
    tool('generateQuiz', {
      quizId: DOC,
      topic: 'ATP',
      items: [{ id: 'q1', q: 'What does ATP carry?', choices }],
    }),
    tool('getOnlineUsers', { users: [{ userId: INES, displayName: 'Inês Costa' }], total: 1 }),
    tool('sendNudge', { displayName: 'Inês Costa', toUserId: INES, message: 'Study with me?' }),
    text(`Maya, ATP carries energy [1]. See a[1] and [7]. Inês is here (${INES}), and so is Inêsa.`),
    { type: 'data-citation', data: citation },
    { type: 'data-unsupported', data: { text: 'It is green.', start: 0, end: 12 } },
  ]),
];

describe('a conversation as Markdown', () => {
  const markdown = markdownOf('Cells', transcriptOf(ROWS));

  test('has its citations as footnotes, with document, place and words', () => {
    expect(markdown).toContain('ATP carries energy [^1]. See');
    expect(markdown).toContain('[^1]: biology.pdf, page 3 of 9: “ATP carries energy.”');
    expect(markdown).toContain('and [7].');
    expect(markdown).toContain('*Not in your notes: It is green.*');
  });

  test('says what tools did, and keeps the key of a quiz that waits', () => {
    expect(markdown).toContain('> Searched the notes, and read 2 passages of biology.pdf.');
    expect(markdown).toContain('> - What does ATP carry?\n> - A. Energy\n> - B. Iron');
    expect(markdown).not.toContain('Answer:');
    expect(markdown).toContain('> Sent a message to Inês Costa.');
  });

  test('tells the answer once it was given, and numbers through all answers', () => {
    const told = { id: 'q1', q: '?', choices, answer: 'c0' };
    const known = new Map([['q1', told as never]]);
    const twice = markdownOf('Cells', transcriptOf([...ROWS, ...ROWS], known));
    expect(twice).toContain('> - Answer: Energy');
    expect(twice).toContain('[^2]. See');
    expect(twice.match(/^\[\^\d\]:/gm)).toEqual(['[^1]:', '[^2]:']);
  });

  test('is in the language of its student, with the words of notes and questions as they are', () => {
    const german = markdownOf('Cells', transcriptOf(ROWS), translatorOf('de'));
    expect(german).toContain('## Du');
    expect(german).toContain('[^1]: biology.pdf, Seite 3 von 9: “ATP carries energy.”');
    expect(german).toContain('*Nicht in deinen Notizen: It is green.*');
    expect(german).toContain('> Die Notizen durchsucht und 2 Textstellen gelesen: biology.pdf.');
  });

  test('marks what was brought and what broke off', () => {
    const rows = [row('assistant', [text('Partly')], { status: 'stopped', metadata: { imported: true } })];
    expect(markdownOf('A\nb', transcriptOf(rows))).toBe(
      '# A b\n\n## Clerva (imported)\n\nPartly\n\n*This answer broke off.*\n',
    );
  });
});

describe('a copy to share', () => {
  const share = (over: object = {}) =>
    snapshotOf(ROWS, {
      title: 'Maya on biology.pdf',
      withSources: false,
      name: null,
      ownName: 'Maya Lopez',
      ...over,
    });

  test('says nothing of its student, of others, of files or of ids', () => {
    const copy = share();
    const all = JSON.stringify(copy);
    for (const secret of [
      'Maya',
      'Lopez',
      'maya@',
      'Inês ',
      'Costa',
      'biology.pdf',
      DOC,
      INES,
      'Study with me',
      'page 3',
    ]) {
      expect(all).not.toContain(secret);
    }
    expect(copy.title).toBe('the student on the notes');
    const [, answer] = copy.snapshot.messages;
    expect(answer?.text).toBe(
      'the student, ATP carries energy. See a[1] and [7]. a student is here ([id]), and so is Inêsa.',
    );
    expect(answer?.tools.map(({ tool: name }) => name)).toEqual(['searchNotes', 'generateQuiz']);
    expect(answer?.sources).toEqual([]);
  });

  test('with sources shows words and places, and no way into the documents', () => {
    const { snapshot, title } = share({ withSources: true, name: 'Maya Lopez' });
    expect(title).toBe('Maya on biology.pdf');
    expect(snapshot.messages[1]?.sources).toEqual([
      {
        n: 1,
        title: 'biology.pdf',
        page: 3,
        locator: citation.locator,
        headingPath: ['Cells'],
        quote: citation.quote,
        verdict: 'verified',
      },
    ]);
    expect(JSON.stringify(snapshot)).not.toContain(DOC);
  });

  test('leaves out what is still being written', () => {
    const writing = row('assistant', [text('Half')], { status: 'streaming' });
    expect(
      snapshotOf([writing], { title: 'a', withSources: true, name: null, ownName: null }).snapshot.messages,
    ).toEqual([]);
  });
});

describe('what a next conversation begins with', () => {
  test('is each question with the beginning of its answer, the latest that fit', () => {
    const rows = Array.from({ length: MAX_ROWS.message }, (_, n) =>
      n % 2 === 0
        ? row('user', [text(`Question ${n}?`)])
        : row('assistant', [text(`Answer ${n} [1]. ${'More. '.repeat(200)}`)]),
    );
    const summary = openingSummary('Cells', transcriptOf(rows));
    expect(summary).toMatch(/^This goes on from “Cells”/);
    expect(summary).toContain('- **Question 500?**');
    expect(summary).toContain('- **Question 498?** Answer 499. More.');
    expect(summary).not.toContain('Question 0?');
    expect(summary.length).toBeLessThanOrEqual(4_100);
    expect(openingSummary(null, [])).toContain('an earlier conversation');
  });
});
