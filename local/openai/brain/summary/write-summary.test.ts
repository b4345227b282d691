import { describe, expect, it } from 'vitest';
import { citePassages, writeSummary } from './write-summary.ts';

const SESSION = `Transcript:
Tutor: Hi, today we look at osmosis. Ready?
Student: Yes.
Tutor: Osmosis is the movement of water through a membrane that lets only small molecules pass.
Student: What drives it?
Tutor: The difference in the concentration of solutes drives the movement of water through the membrane.
Tutor: For homework read pages 10-14 and solve 5 problems by Friday.`;

describe('a summary of a session', () => {
  it('says nothing that was not said, and leaves the chatter out', () => {
    const { summary, keyPoints } = writeSummary(SESSION);
    const said = [summary, ...keyPoints].join(' ');
    expect(said).toContain('Osmosis is the movement of water through a membrane');
    expect(said).not.toMatch(/Tutor|Ready|homework|\?/);
    for (const sentence of [...keyPoints, ...summary.split(/(?<=\.) (?=\p{Lu})/u)])
      expect(SESSION).toContain(sentence);
  });

  it('finds the tasks with their minutes', () => {
    const [task] = writeSummary(SESSION).tasks;
    expect(task).toEqual({ title: 'Read pages 10-14 and solve 5 problems by Friday', etaMin: 35 });
  });

  it('reads the notes beside the transcript', () => {
    const notes =
      '\n\nNotes:\nDiffusion is the spreading of particles from a place with many to a place with few.';
    const { summary, keyPoints, flashcards } = writeSummary(SESSION + notes);
    expect([summary, ...keyPoints].join(' ')).toContain('Diffusion is the spreading of particles');
    expect(flashcards.map(({ front }) => front)).toContain('Diffusion');
  });

  it('keeps formulas as they stand', () => {
    const text =
      'Transcript:\nThe kinetic energy of a moving body is $E = \\frac{1}{2} m v^2$ in classical mechanics.';
    expect(writeSummary(text).summary).toContain('$E = \\frac{1}{2} m v^2$');
  });

  it('does not take what the agent says of itself for matter', () => {
    const text =
      'Transcript:\nStudent: quiz me\nClerva: Your quiz on osmosis is ready: 10 questions, about 8 minutes.\nStudent: what is osmosis?\nClerva: Osmosis is the movement of water through a membrane in living cells. [3]';
    const { summary, keyPoints } = writeSummary(text);
    expect([summary, ...keyPoints].join(' ')).toBe(
      'Osmosis is the movement of water through a membrane in living cells.',
    );
  });

  it.each([
    'Dein Quiz zu Osmose ist fertig: 10 Fragen, etwa 8 Minuten.',
    'Ton quiz sur l’osmose est prêt : 10 questions, environ 8 minutes.',
    'Tu quiz sobre la ósmosis está listo: 10 preguntas, unos 8 minutos.',
    'Ich kann deine Notizen durchsuchen und mit Beleg daraus antworten.',
  ])('nor in another language: %s', (own) => {
    const matter = 'Osmosis is the movement of water through a membrane in living cells.';
    const { summary, keyPoints } = writeSummary(`Transcript:\nClerva: ${own}\nClerva: ${matter} [3]`);
    expect([summary, ...keyPoints].join(' ')).toBe(matter);
  });

  it.each([
    '',
    'Transcript:\n',
    'Transcript:\nok\n\nNotes:\n',
    'no labels at all',
    '光合作用将光能转化为化学能。',
  ])('has its shape even for %j', (prompt) => {
    const made = writeSummary(prompt);
    expect(made.summary.length).toBeGreaterThan(0);
    expect(made).toEqual({
      summary: expect.any(String),
      keyPoints: expect.any(Array),
      tasks: expect.any(Array),
      flashcards: expect.any(Array),
    });
  });

  it('lists no sources as if they were points', () => {
    const text =
      'Transcript:\nLind, M. A. (1987). How many chunks fit at once. Journal of Recall, 12(3), 44–58.\n\nWorking memory holds about four items at a time in most adults.';
    const { summary, keyPoints } = writeSummary(text);
    expect([summary, ...keyPoints].join(' ')).not.toContain('Psychological Review');
  });

  it.each([
    'At the same time the prices of coal rose in all the towns of the north.',
    'His attempts to reach the coast failed in the winter of the second year.',
    'During his reign the towns of the valley paid no taxes to the crown.',
    'The wall and its gates were built again by the merchants of the town.',
  ])('has no line that needs what stands outside it: %s', (line) => {
    const text = `Transcript:\n${line} The Treaty of Hafen ended the long war between the towns of the river.`;
    const { summary, keyPoints } = writeSummary(text);
    const said = [summary, ...keyPoints].join(' ');
    expect(said).toContain('The Treaty of Hafen ended the long war');
    expect(said).not.toMatch(/At the same time|\b[Hh]is\b|\bits\b/);
  });
});

it('a summary of passages carries the number of its passage behind every line', () => {
  const passages = [
    'Osmosis is the movement of **water** through a membrane [4]. It is slow.',
    'Diffusion is the spreading of particles over a space.',
  ].map((text, i) => ({ n: i + 3, title: '', heading: '', text }));
  expect(
    citePassages(
      'Osmosis is the movement of water through a membrane. Diffusion is the spreading of particles over a space.',
      passages,
    ),
  ).toBe(
    'Osmosis is the movement of water through a membrane. [3] Diffusion is the spreading of particles over a space. [4]',
  );
});
