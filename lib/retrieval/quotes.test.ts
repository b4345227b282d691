import { describe, expect, it } from 'vitest';
import { randomText, seeded } from '../test-random.ts';
import { findQuote } from './find-quote.ts';
import { verifyClaim } from './quotes.ts';

const found = (quote: string, text: string): string | null => {
  const span = findQuote(quote, text);
  return span ? text.slice(span.start, span.end) : null;
};

describe('findQuote', () => {
  it.each<[string, string, string, string]>([
    ['white space', 'short term memory', 'the short  term\n memory lasts', 'short  term\n memory'],
    ['a ligature', 'the first flow', 'the ﬁrst ﬂow of', 'the ﬁrst ﬂow'],
    ['a soft hyphen', 'information', 'the infor\u00admation is', 'infor\u00admation'],
    [
      'a word cut at a line end',
      'information systems',
      'all infor-\nmation systems are',
      'infor-\nmation systems',
    ],
    ['a hyphen that a line end swallowed', 'well-known fact', 'a wellknown fact', 'wellknown fact'],
    ['quotation marks', 'the "magic" number', 'is the “magic” number seven', 'the “magic” number'],
    ['dashes', 'pages 1-5', 'see pages 1–5 here', 'pages 1–5'],
    ['case', 'the working memory', 'The Working Memory', 'The Working Memory'],
    [
      'markdown marks',
      'working memory is active',
      'the **working memory** is _active_',
      '**working memory** is _active_',
    ],
    [
      'a link',
      'see the guide for more',
      'see [the guide](https://x.y/z_(a)) for more',
      'see [the guide](https://x.y/z_(a)) for more',
    ],
    ['HTML tags', 'H2O is water', 'so H<sub>2</sub>O is <b>water</b>', 'H<sub>2</sub>O is <b>water'],
    [
      'references',
      'was found early and',
      'It was found [12, 13] early [^2] and late',
      'was found [12, 13] early [^2] and',
    ],
    ['thousands', '1000 mice', 'with 1,000 mice', '1,000 mice'],
    ['a full stop', 'It ends here.', 'Yes. It ends here. No.', 'It ends here.'],
    ['list and heading marks', 'Storage It is kept', '## Storage\n\n- It is kept', 'Storage\n\n- It is kept'],
    ['characters composed in two ways', 'café crème', 'un cafe\u0301 cre\u0300me', 'cafe\u0301 cre\u0300me'],
    ['line breaks inside Chinese', '短期記憶的容量', '短期記\n憶的容量是七', '短期記\n憶的容量'],
  ])('sees through %s', (_, quote, text, expected) => {
    expect(found(quote, text)).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['part of a word', 'art', 'the party'],
    ['other words of the same letters', 'no table', 'a notable case'],
    ['another number', '3.5 mg', 'it is 35 mg'],
    ['another sign', 'a < b', 'a > b'],
    ['a number without its per cent', '5 % of it', '5 of it'],
    ['a range read as one number', 'pages 15', 'pages 1-5'],
    ['a negative number', 'at 5 degrees', 'at -5 degrees'],
  ])('does not take %s for the quote', (_, quote, text) => {
    expect(findQuote(quote, text)).toBeNull();
  });

  it('finds nothing for an empty quote or one of marks alone', () => {
    expect(findQuote('', 'text')).toBeNull();
    expect(findQuote(' ** ', 'text')).toBeNull();
    expect(findQuote('text', '')).toBeNull();
  });

  it('finds every stretch of words of any text again, at offsets that fit', () => {
    const text =
      'The *quick* “brown” fox — see [the map](http://a.b) — jumped 1,000 times [3]. Ünïcode ﬁsh, 99.8 % of 5–7;\n' +
      '短期記憶は七つ。 <b>Bold</b> H<sub>2</sub>O &amp; more … the end, don’t stop.';
    const words = [...text.matchAll(/\S+/g)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    }));
    for (let from = 0; from < words.length; from++) {
      for (let to = from; to < Math.min(words.length, from + 8); to++) {
        const quote = text.slice(words[from]?.start, words[to]?.end);
        if (!/[\p{L}\p{N}]{2}/u.test(quote) || /^[<\]&(]/.test(quote)) continue;
        const span = findQuote(quote, text);
        expect(span, quote).not.toBeNull();
        expect(span?.start).toBeGreaterThanOrEqual(0);
        expect(span?.end).toBeLessThanOrEqual(text.length);
      }
    }
  });
});

const PASSAGE =
  'The capital of France is Paris. Mitochondria produce energy in the cell. ' +
  'George Miller found in 1956 that short-term memory holds seven items, plus or minus two. ' +
  'The treatment increased survival in 1,000 mice. It did not spread to humans.\n' +
  'The treaty was signed in 1850 by the prime minister of the United Kingdom and the king.';

describe('verifyClaim', () => {
  it.each<[string, string]>([
    ['the sentence itself', 'Mitochondria produce energy in the cell [1].'],
    ['markdown around it', '**Mitochondria** produce energy in the cell'],
    ['a lead-in', 'According to your notes, mitochondria produce energy in the cell.'],
    ['a quotation inside', 'Your notes put it so: “short-term memory holds seven items”'],
    ['most of it word for word', 'Miller found in 1956 that short-term memory holds seven items.'],
  ])('verifies %s', (_, claim) => {
    const check = verifyClaim(claim, PASSAGE);
    expect(check.verdict).toBe('verified');
    expect(check.quote).toBe(PASSAGE.slice(check.start, check.end));
    expect(check.quote.length).toBeGreaterThan(10);
  });

  it.each<[string, string]>([
    ['in another order', 'Seven items, plus or minus two, is what short-term memory holds, found Miller.'],
    ['a number written out', 'Short-term memory holds 7 items, plus or minus 2, George Miller found.'],
    ['a negation kept', 'To humans it did not spread.'],
  ])('accepts as a paraphrase what is said %s', (_, claim) => {
    const check = verifyClaim(claim, PASSAGE);
    expect(['paraphrase', 'verified']).toContain(check.verdict);
    expect(check.quote).toBe(PASSAGE.slice(check.start, check.end));
  });

  it.each<[string, string]>([
    ['another name', 'The capital of France is Berlin.'],
    [
      'another number',
      'George Miller found in 1956 that short-term memory holds nine (9) items, plus or minus two.',
    ],
    [
      'another year in words of its own',
      'The treaty was signed in 1851 by the prime minister of the United Kingdom and the king.',
    ],
    ['a negation lost', 'It did spread to humans.'],
    ['a negation added', 'Mitochondria do not produce energy in the cell.'],
    ['the opposite', 'The treatment decreased survival in 1,000 mice.'],
    [
      'another person',
      'John Smith found in 1956 that short-term memory holds seven items, plus or minus two.',
    ],
    ['something else entirely', 'Photosynthesis happens in chloroplasts.'],
    ['nothing', '[1]'],
  ])('does not accept %s', (_, claim) => {
    expect(verifyClaim(claim, PASSAGE)).toEqual({ verdict: 'unsupported', quote: '', start: 0, end: 0 });
  });

  it.each<[string, string, string]>([
    ['at an ellipsis', 'George Miller found … that short-term memory holds seven items.', PASSAGE],
    [
      'over two sentences',
      'The capital of France is Paris. Mitochondria produce energy in the cell.',
      PASSAGE,
    ],
    ['without what stands in brackets', 'Osmosis moves water.', 'Osmosis (from Greek) moves water.'],
    [
      'in another form of a word',
      'A mitochondrion is producing energy.',
      'The mitochondrion produces energy.',
    ],
    ['with a label', '- **Osmosis:** moves water', 'Osmosis moves water.'],
    ['as a list', 'Kinds: short, long and sensory memory', 'Kinds:\n- short\n- long\n- sensory memory'],
    ['with formulas', 'The area is \\(A = r^{2}\\) here.', 'The area is $A = r^2$ here.'],
    ['with raised digits', 'It is 6.02 · 10^23 per mole.', 'It is 6.02 · 10²³ per mole.'],
    ['with lowered digits', 'H2O and CO_2 react.', 'H₂O and CO₂ react.'],
    ['with a note’s number', 'Cells divide quickly.', 'Cells divide¹² quickly.'],
    ['with a source behind it', 'Osmosis moves water, according to your notes.', 'Osmosis moves water.'],
    [
      'in German',
      'Laut deinen Notizen: „Osmose bewegt das Wasser durch Poren“',
      'Osmose bewegt das Wasser durch Poren.',
    ],
    ['in Spanish', 'Según tus apuntes, la ósmosis mueve agua.', 'La ósmosis mueve agua.'],
    ['in Chinese', '根据你的笔记，气孔打开时，植物失去水分。', '气孔打开时，植物失去水分。'],
  ])('verifies %s', (_, claim, passage) => {
    expect(verifyClaim(claim, passage)).toMatchObject({ verdict: 'verified' });
  });

  const TURNED =
    'There is no evidence that vaccines cause autism. The cell does not divide in ice, but it grows.';
  it.each<[string, string, string]>([
    ['another thing', 'Mitochondria produce water.', PASSAGE],
    ['what the notes deny', 'Vaccines cause autism.', TURNED],
    ['half of a negation', 'Divide in ice', TURNED],
    ['a denial left out at an ellipsis', 'The cell … in ice', TURNED],
    [
      'two words exchanged',
      'The cell produces energy in the mitochondrion.',
      'The mitochondrion produces energy in the cell.',
    ],
    ['an invented end', 'Mitochondria produce energy in the cell and in the nucleus.', PASSAGE],
    [
      'a place not named',
      'The Calvin cycle takes place in the membrane.',
      'The Calvin cycle takes place in the stroma. The membrane is near.',
    ],
    ['an exponent as digits', 'It is 6.02 · 1023 per mole.', 'It is 6.02 · 10²³ per mole.'],
    ['an exponent as digits', 'It is 6.02 · 1023 per mole.', 'It is 6.02 · 10^23 per mole.'],
    ['a quotation for another statement', 'He was wrong: “Mitochondria produce energy in the cell”', PASSAGE],
    ['sentences that stand apart', 'The capital of France is Paris. It did not spread to humans.', PASSAGE],
  ])('never verifies %s', (_, claim, passage) => {
    expect(verifyClaim(claim, passage).verdict).not.toBe('verified');
  });

  it('works for text without spaces between words', () => {
    const passage = '短期記憶的容量是七加減二。長期記憶的容量幾乎沒有限制。';
    expect(verifyClaim('短期記憶的容量是七加減二[2]', passage)).toMatchObject({
      verdict: 'verified',
      start: 0,
    });
    expect(verifyClaim('長期記憶的容量有限制', passage).verdict).toBe('unsupported');
    const thai = 'ความจำระยะสั้นเก็บข้อมูลได้เจ็ดหน่วย ความจำระยะยาวไม่มีขีดจำกัด';
    expect(verifyClaim('ความจำระยะสั้นเก็บข้อมูลได้เจ็ดหน่วย', thai).verdict).toBe('verified');
    expect(verifyClaim('พืชต้องการน้ำและแสงแดดทุกวัน', thai).verdict).toBe('unsupported');
  });

  it('never gives a quote that is not in the passage, whatever the input', () => {
    const pieces = 'memory |[1]|**|“|”|7 |not |. |\n|<b>|ﬁ|記憶|😀|- |1,000 |](|http://x '.split('|');
    const random = seeded(11);
    for (let round = 0; round < 1_000; round++) {
      const passage = randomText(pieces, 30, random);
      const check = verifyClaim(randomText(pieces, round % 9, random), passage);
      expect(check.quote).toBe(passage.slice(check.start, check.end));
      if (check.verdict !== 'unsupported') expect(check.quote).not.toBe('');
    }
  });
});
