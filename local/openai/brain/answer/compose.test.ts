import { describe, expect, it } from 'vitest';
import { sentences } from '../text/sentences.ts';
import { absentText, composeAnswer } from './compose.ts';
import type { Band, Passage, SearchResult } from './passages.ts';
import { withMarkers } from './show.ts';

const found = (texts: string[], band: Band = 'strong', missing: string[] = []): SearchResult => ({
  band,
  missing,
  passages: texts.map((text, i): Passage => ({ n: i + 1, title: '', heading: '', text })),
});

const MEMORY = `## Storage
**Short-term memory** is a temporary store that holds about seven items. It lasts about 20 seconds [12], unless it is rehearsed.
Long-term memory has no known limit. Describe the three stages of memory.

## Encoding
Encoding is the input of information into the memory system.`;

const CELLS = `Cell Structure and Function
The nucleus holds the cell's DNA and directs the
making of proteins. Mitochondria make ATP, because the cell needs energy.

The organelles are:
- the nucleus
- the ribosomes`;

const CHINESE = '光合作用是植物利用光能制造有机物的过程。它在叶绿体中进行。呼吸作用则在线粒体中进行。';
const THAI =
  'การสังเคราะห์ด้วยแสงเกิดขึ้นในคลอโรพลาสต์ของเซลล์พืช พืชใช้แสงอาทิตย์และน้ำเพื่อสร้างน้ำตาล การหายใจเกิดขึ้นในไมโทคอนเดรีย';

const collapse = (text: string): string => text.replace(/\s+/g, ' ');

describe('an answer', () => {
  it.each([
    ['What is short-term memory?', MEMORY, 'is a temporary store'],
    ['How long does short-term memory last?', MEMORY, 'lasts about 20 seconds'],
    ['What is encoding?', MEMORY, 'Encoding is the input'],
    ['Why do mitochondria make ATP?', CELLS, 'because the cell needs energy'],
    ['What holds the DNA of the cell?', CELLS, 'The nucleus holds'],
    ['光合作用在哪里进行？', CHINESE, '叶绿体'],
    ['การสังเคราะห์ด้วยแสงเกิดขึ้นที่ไหน', THAI, 'คลอโรพลาสต์'],
  ])('to “%s” stands in the notes word for word and is cited', (question, passage, part) => {
    const answer = composeAnswer(question, found([passage]));
    expect(answer.verdict).toBe('answer');
    expect(answer.text).toContain(part);
    expect(answer.text).toMatch(/\[1\]/);
    for (const { text } of answer.quotes) expect(collapse(passage)).toContain(collapse(text));
    for (const claim of answer.text.split(/\s*\[1\]/).filter((claim) => claim.trim()))
      expect(collapse(passage)).toContain(collapse(claim).trim());
  });

  it('begins with the sentence that answers, not with a title', () => {
    const { text } = composeAnswer('What does the nucleus hold?', found([CELLS]));
    expect(text).toMatch(/^The nucleus holds the cell's DNA and directs the making of proteins\. \[1\]/);
  });

  it('never quotes an exercise as if it were an answer', () => {
    expect(composeAnswer('What are the stages of memory?', found([MEMORY])).text).not.toContain(
      'Describe the',
    );
  });

  it('leaves no reference mark of the source that could pass for a citation', () => {
    expect(withMarkers('It grew by 5 % [12], and fell later [3, 4] .', 2)).toBe(
      'It grew by 5 % [2], and fell later [2]',
    );
  });

  it('shows a list with the sentence that opens it', () => {
    expect(composeAnswer('What are the organelles?', found([CELLS])).text).toContain('- the ribosomes');
  });
});

describe('a refusal', () => {
  it('cites nothing and names the words that are missing', () => {
    const answer = composeAnswer('What is a miniscrew?', found([], 'none', ['miniscrew']));
    expect(answer.verdict).toBe('absent');
    expect(answer.text).toContain('“miniscrew”');
    expect(answer.text).not.toMatch(/\[\d/);
  });

  it('comes although passages were found, when the asked word stands nowhere', () => {
    const answer = composeAnswer(
      'What is the role of the nephron in the cell?',
      found([CELLS], 'weak', ['nephron']),
    );
    expect(answer.verdict).toBe('absent');
  });

  it('comes when the words of a term stand apart', () => {
    const apart = 'She had the opportunity to travel. The cost of the trip was high.';
    expect(composeAnswer('What is opportunity cost?', found([apart])).verdict).toBe('absent');
  });

  it('lists a few words at most', () => {
    expect(absentText(['a', 'b'])).toContain('“a” or “b”');
    expect(absentText([])).toMatch(/do not seem to hold/);
  });
});

it('every sentence is the text between its offsets', () => {
  for (const passage of [
    MEMORY,
    CELLS,
    CHINESE,
    THAI,
    'a\r\n\r\nb. C',
    '',
    '| a | b |\n|---|---|\n| 1 | 2 |',
  ])
    for (const { text, start, end } of sentences(passage)) expect(passage.slice(start, end)).toBe(text);
});
