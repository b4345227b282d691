import { describe, expect, test } from 'vitest';
import { decodeText } from '../../ingestion/extract/encoding.ts';
import { clozeAnswers, clozeFromBlank, clozeIndexes, clozePlain, parseCloze } from './cloze.ts';
import { cardsFromCsv, cardsFromLines, cardsToCsv, cardsToQuizlet } from './deck-text.ts';
import { withoutDuplicates } from './duplicates.ts';
import { minutesFor } from './minutes.ts';
import { readyCards } from './new-card.ts';
import { isProvenAnswer, prepareCard } from './prepare.ts';
import { textCards } from './text-cards.ts';

describe('cloze texts', () => {
  test('hide several numbers, each with its answers', () => {
    const text = '{{c1::Mitosis}} makes {{c2::two::how many}} cells, {{c1::meiosis}} four.';
    expect(clozeIndexes(text)).toEqual([1, 2]);
    expect(clozeAnswers(text, 1)).toEqual(['Mitosis', 'meiosis']);
    expect(parseCloze(text)[2]).toMatchObject({ type: 'cloze', index: 2, hint: 'how many' });
    expect(clozePlain(text)).toBe('Mitosis makes two cells, meiosis four.');
  });

  test('close after a formula, not inside it', () => {
    const text = 'So \\(x = {{c1::\\frac{1}{2}}}\\), and {{c2::$a_{n}$}}.';
    expect(clozeAnswers(text, 1)).toEqual(['\\frac{1}{2}']);
    expect(clozeAnswers(text, 2)).toEqual(['$a_{n}$']);
  });

  test('may lie inside each other', () => {
    const text = '{{c1::The {{c2::left}} ventricle}} pumps.';
    expect(clozeIndexes(text)).toEqual([1, 2]);
    expect(clozeAnswers(text, 1)).toEqual(['The left ventricle']);
    expect(clozeAnswers(text, 2)).toEqual(['left']);
  });

  test.each(['{{c1::open', '{{c0::x}}', '{{x::y}}', 'plain', '{{c1::a}', ''])('leave %j as text', (text) => {
    expect(clozeIndexes(text)).toEqual([]);
    expect(clozePlain(text)).toBe(text);
  });

  test('come from a single blank and its answer', () => {
    expect(clozeFromBlank('The ____ makes ATP.', 'mitochondrion')).toBe(
      'The {{c1::mitochondrion}} makes ATP.',
    );
    expect(clozeFromBlank('____ and ____', 'a')).toBeNull();
    expect(clozeFromBlank('none', 'a')).toBeNull();
  });

  test('are read in time however they are nested', () => {
    const text = '{{c1::'.repeat(3_000);
    const before = performance.now();
    expect(clozeIndexes(text)).toEqual([]);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});

describe('a draft', () => {
  test('becomes one card for each number it hides', () => {
    expect(readyCards({ front: '{{c1::A}} and {{c2::B}}', back: '' })).toEqual([
      { front: '{{c1::A}} and {{c2::B}}', back: '', kind: 'cloze', clozeIndex: 1 },
      { front: '{{c1::A}} and {{c2::B}}', back: '', kind: 'cloze', clozeIndex: 2 },
    ]);
  });

  test('needs both sides unless it hides something', () => {
    expect(readyCards({ front: 'What?', back: ' ' })).toEqual([]);
    expect(readyCards({ front: ' ', back: 'x' })).toEqual([]);
    expect(readyCards({ front: 'The ___ pumps.', back: 'heart', kind: 'cloze' })).toMatchObject([
      { front: 'The {{c1::heart}} pumps.', back: '', kind: 'cloze' },
    ]);
    expect(readyCards({ front: 'Heart?', back: 'Pumps.', kind: 'cloze' })).toMatchObject([{ kind: 'basic' }]);
  });

  const passage = {
    docId: 'd',
    ord: 0,
    source: 'Psychology',
    page: 3,
    locator: { kind: 'page' as const, index: 3, total: 9, label: null },
    headingPath: ['8 Memory', '8.1 Short-term memory'],
    text: 'Short-term memory storage lasts about 20 seconds. It is small.',
    charStart: 100,
  };

  test('carries the words that prove it, and marks only what stands in them', () => {
    const [card] = prepareCard(
      { front: 'Short-term memory storage lasts about {{c1::20 seconds}}.', back: '', passage },
      () => 'g',
    );
    expect(card).toMatchObject({
      topic: 'Short-term memory',
      deck: 'Psychology',
      source: { quote: 'Short-term memory storage lasts about 20 seconds.', quoteStart: 100, quoteEnd: 149 },
    });
    if (!card) throw new Error('There is a card.');
    expect(isProvenAnswer(card)).toBe(true);
    expect(isProvenAnswer({ ...card, front: 'It lasts {{c1::an hour}}.' })).toBe(false);
    expect(isProvenAnswer({ ...card, source: null })).toBe(false);
  });

  test('without its words in the passage carries no proof', () => {
    const draft = { front: 'How long?', back: 'an hour or two', quote: 'lasts about an hour', passage };
    expect(prepareCard(draft, () => 'g')).toMatchObject([{ source: null, deck: 'Psychology' }]);
    expect(prepareCard({ front: 'How long?', back: 'an hour' }, () => 'g')).toMatchObject([
      { source: null, deck: 'My cards', topic: null },
    ]);
  });
});

describe('duplicates', () => {
  const deck = [
    { front: 'What is working memory?', back: 'A store for what is in use now' },
    { front: 'The {{c1::heart}} pumps blood.', back: '' },
    { front: 'When did the First World War begin?', back: '1914' },
    { front: '工作记忆是什么?', back: '正在使用的信息' },
  ];
  const isDuplicate = (front: string, back: string) =>
    withoutDuplicates([{ front, back }], deck).duplicates.length === 1;

  test.each([
    ['What is working memory?', 'Something else'],
    ['Define working memory', 'the store for what is in use'],
    ['what is Working-Memory', 'A store for what is in use now.'],
    ['The heart {{c1::pumps blood}}.', ''],
    ['When did the first world war begin?', 'In 1914'],
    ['工作记忆是什么？', '正在使用的信息'],
  ])('finds %j again', (front, back) => {
    expect(isDuplicate(front, back)).toBe(true);
  });

  test.each([
    ['What is long-term memory?', 'A store for years'],
    ['What is not working memory?', 'A store for what is in use now'],
    ['When did the Second World War begin?', '1939'],
    ['When did the First World War end?', '1918'],
    ['What limits working memory?', 'Attention'],
  ])('keeps %j', (front, back) => {
    expect(isDuplicate(front, back)).toBe(false);
  });

  test('tells numbers and signs apart', () => {
    const formulas = [{ front: 'Solve x + 1 = 2', back: '1' }];
    expect(withoutDuplicates([{ front: 'Solve x - 1 = 2', back: '3' }], formulas).fresh).toHaveLength(1);
    expect(withoutDuplicates([{ front: 'Solve x + 1 = 3', back: '2' }], formulas).fresh).toHaveLength(1);
  });

  test('are found inside one batch, and the first one stays', () => {
    const { fresh, duplicates } = withoutDuplicates(
      [
        { front: 'Define osmosis', back: 'Water through a membrane' },
        { front: 'What is osmosis?', back: 'Water moving through a membrane' },
      ],
      [],
    );
    expect(fresh.map(({ front }) => front)).toEqual(['Define osmosis']);
    expect(duplicates).toHaveLength(1);
  });
});

describe('text files', () => {
  const card = { kind: 'basic' as const, clozeIndex: 1, topic: null, deck: 'D', due: null, suspended: false };
  const awkward = [
    { ...card, guid: 'a', front: 'A "quoted", comma', back: 'two\nlines' },
    { ...card, guid: 'b', front: '=SUM(A1)', back: '-1' },
    { ...card, guid: 'c', front: '\\(x^2\\)', back: 'ümlaut 漢字 🙂', topic: 'T' },
  ];

  test('CSV gives back what was written, and runs nothing in a spreadsheet', () => {
    const csv = cardsToCsv(awkward);
    expect(csv).toContain("'=SUM(A1)");
    expect(cardsFromCsv(csv).cards).toMatchObject(
      awkward.map(({ front, back, topic }) => ({ front, back, deck: 'D', ...(topic ? { topic } : {}) })),
    );
    expect(cardsFromCsv(`\uFEFF${csv.replaceAll(',', ';')}`).cards).toHaveLength(3);
  });

  test('CSV without a header, and rows that are no card', () => {
    expect(cardsFromCsv('a,b\nonly\n\n,x\nc,d')).toMatchObject({
      cards: [
        { front: 'a', back: 'b' },
        { front: 'c', back: 'd' },
      ],
      skipped: [
        { line: 2, reason: 'empty' },
        { line: 4, reason: 'empty' },
      ],
    });
    expect(cardsFromCsv('')).toEqual({ cards: [], skipped: [], media: 0 });
  });

  test('a short CSV of two columns is read whatever separates them, as spreadsheets end it', () => {
    for (const separator of [',', ';', '\t'])
      for (const end of ['\n', '\r\n\r\n', ''])
        expect(
          cardsFromCsv(`Haus${separator}house\nBaum${separator}"tree; wood, too"${end}`).cards,
          JSON.stringify(separator + end),
        ).toMatchObject([
          { front: 'Haus', back: 'house' },
          { front: 'Baum', back: 'tree; wood, too' },
        ]);
  });

  test('a file that is no text says so, before a database refuses it', () => {
    expect(() => textCards('\u007fELF\u0000,\u0001\n', 'csv', { deck: null }, new Date(0))).toThrow(
      expect.objectContaining({ code: 'file_mislabelled' }),
    );
  });

  test('pasted lines by tab, dash or semicolon', () => {
    expect(cardsFromLines('a\tb\r\n\nc\td e').cards).toMatchObject([
      { front: 'a', back: 'b' },
      { front: 'c', back: 'd e' },
    ]);
    expect(cardsFromLines('heart - pumps\nlung – breathes').cards[1]).toMatchObject({
      front: 'lung',
      back: 'breathes',
    });
    expect(cardsFromLines('x; y').cards).toMatchObject([{ front: 'x', back: 'y' }]);
    expect(cardsFromLines('one\ttwo\nnothing here')).toMatchObject({
      cards: [{ front: 'one', back: 'two' }],
      skipped: [{ line: 2, reason: 'empty' }],
    });
    expect(cardsFromLines(cardsToQuizlet(awkward)).cards[0]?.back).toBe('two lines');
  });
});

describe('text of spreadsheets and of Anki', () => {
  test.for<[string, string, (string | undefined)[][]]>([
    [
      'cells in quotes hold lines, tabs and quotes',
      '"multi\nline"\t"two\r\nlines"\n"He said ""hi"""\t"a\tb"',
      [
        ['multi\nline', 'two\r\nlines'],
        ['He said "hi"', 'a\tb'],
      ],
    ],
    [
      'quotes that close nothing are text',
      '"Carpe diem" means\tseize the day\n5" disk\tfloppy\n"open\tstays open',
      [
        ['"Carpe diem" means', 'seize the day'],
        ['5" disk', 'floppy'],
        ['"open', 'stays open'],
      ],
    ],
    ['a row of names is no card', 'Term\tDefinition\na\tb', [['a', 'b']]],
    [
      'names in quotes are a card',
      '"Term"\t"Definition"\na\tb',
      [
        ['Term', 'Definition'],
        ['a', 'b'],
      ],
    ],
    [
      'a sign at the beginning is of the card',
      '# of protons\tatomic number',
      [['# of protons', 'atomic number']],
    ],
    [
      'Anki’s headers: markup, tags, decks, names, several lines',
      `#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6
a1\tBasic\tBio::Cells\t"<b>What</b> is &lt;b&gt;?"\t"<div>one</div>\n<div>two ""x""</div>"\tbio::cell leech
c1\tCloze\tBio\t{{c1::Aorta}} &amp; {{c2::vein}}\tExtra<br>line\t
`,
      [
        ['**What** is <b>?', 'one\n\ntwo "x"', 'cell', 'Bio::Cells', 'a1'],
        ['{{c1::Aorta}} & {{c2::vein}}', 'Extra\nline', undefined, 'Bio', 'c1'],
      ],
    ],
    [
      'other separators, columns by name, one deck and tag for all, further fields behind the back',
      '#separator:Semicolon\n#columns:Back;Front;Hint\n#deck:Law\n#tags:contract_law x\nan offer;Consent needs?;think\n',
      [['Consent needs?', 'an offer\n\nthink', 'contract law', 'Law']],
    ],
    ['markup is known by its looks', '#separator:tab\na<br>b\tc&nbsp;d', [['a\nb', 'c d']]],
    [
      'text that says it has none keeps its signs',
      '#separator:tab\n#html:false\na<br>b\t&amp;',
      [['a<br>b', '&amp;']],
    ],
  ])('%s', ([, text, cards]) => {
    const read = cardsFromLines(text);
    expect(read.skipped).toEqual([]);
    expect(
      read.cards.map(({ front, back, topic, deck, guid }, index) =>
        [front, back, topic, deck, guid].slice(0, cards[index]?.length),
      ),
    ).toEqual(cards);
  });

  test('what is no card is counted with its line and its reason', () => {
    const file =
      '#separator:tab\n#html:true\n# a remark\n"q\n1"\ta\n<img src="x.png">\tb\nonly\n\nq2\ta2 [sound:a.mp3]\n';
    expect(cardsFromLines(file)).toMatchObject({
      cards: [
        { front: 'q\n1', line: 4 },
        { front: 'q2', back: 'a2', line: 9 },
      ],
      skipped: [
        { line: 3, reason: 'comment' },
        { line: 6, reason: 'empty' },
        { line: 7, reason: 'empty' },
      ],
      media: 2,
    });
    const long = textCards(`a\tb\n${'x'.repeat(10_001)}\tc\nlone`, 'lines', { deck: null }, new Date());
    expect(long).toMatchObject({ skipped: 2, skippedLines: [2, 3], reasons: { too_long: 1, empty: 1 } });
  });

  test('a reversed note is the two cards that it is in a package', () => {
    const file = `#separator:tab\n#guid column:1\n#notetype column:2
g\tBasic (and reversed card)\tq\ta\nh\tBasic (optional reversed card)\tq\ta\t\n`;
    const { cards } = textCards(file, 'lines', { deck: null }, new Date());
    expect(cards.map(({ guid, front, back }) => [guid, front, back])).toEqual([
      ['g', 'q', 'a'],
      ['g:1', 'a', 'q'],
      ['h', 'q', 'a'],
    ]);
  });

  test.each(['utf-16le', 'utf-16be'])('files in %s are read with and without their mark', (label) => {
    for (const mark of ['\uFEFF', '']) {
      const bytes = Buffer.from(`${mark}"Zelle\nzwei"\tVerkörpert 細胞\nb\tc\n`, 'utf16le');
      if (label === 'utf-16be') bytes.swap16();
      expect(cardsFromLines(decodeText(bytes).text).cards).toMatchObject([
        { front: 'Zelle\nzwei', back: 'Verkörpert 細胞' },
        { front: 'b', back: 'c' },
      ]);
    }
  });
});

test('minutes follow the student’s own pace within reason', () => {
  const work = { due: 10, learning: 0, newCards: 0 };
  expect(minutesFor({ ...work, secondsPerReview: null })).toBe(2);
  expect(minutesFor({ ...work, secondsPerReview: 600 })).toBe(8);
  expect(minutesFor({ ...work, due: 0, secondsPerReview: 5 })).toBe(0);
});
