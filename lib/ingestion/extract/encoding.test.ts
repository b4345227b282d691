import { describe, expect, it, test } from 'vitest';
import { encodingName, ingestSchema, type TextEncoding, textEncodingSchema } from '../../domain/document.ts';
import { AppError } from '../../errors.ts';
import { accountSentences } from '../../study/account.ts';
import { decodeText } from './encoding.ts';
import { extractDocument } from './index.ts';
import { bytesOf } from './test-files.ts';

/** The bytes of a text in an encoding that nothing here can write: found by reading every byte and every pair. */
const tables = new Map<string, Map<string, readonly number[]>>();
function tableOf(label: string): Map<string, readonly number[]> {
  const known = tables.get(label);
  if (known) return known;
  const table = new Map<string, readonly number[]>();
  const note = (bytes: readonly number[]) => {
    const text = new TextDecoder(label).decode(new Uint8Array(bytes));
    if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, bytes);
  };
  for (let first = 0; first < 256; first++) note([first]);
  if (/gb|big5|jis|euc/.test(label)) {
    for (let first = 0x81; first < 0xff; first++)
      for (let second = 0x40; second < 0xff; second++) note([first, second]);
  }
  tables.set(label, table);
  return table;
}

function encoded(text: string, label: string): Uint8Array {
  if (label === 'utf-16le') return new Uint8Array(Buffer.from(text, 'utf16le'));
  if (label === 'utf-16be') return new Uint8Array(Buffer.from(text, 'utf16le').swap16());
  const table = tableOf(label);
  return new Uint8Array([...text].flatMap((character) => table.get(character) ?? []));
}

const TEXTS: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5'],
    [
      'Клетка есть наименьшая единица живого.',
      'Осмос: движение воды через мембрану',
      'МИТОХОНДРИЯ',
      'Привет',
    ],
  ],
  [['windows-1251', 'koi8-u'], ['Клітина є найменшою одиницею живого. Їжак, єдність.']],
  [
    ['gbk', 'gb18030'],
    ['细胞是生命的基本单位。', '渗透作用', '记忆储存我们学到的东西，短期记忆只能保持几秒钟。'],
  ],
  [['big5'], ['細胞是生命的基本單位。', '記憶儲存我們學到的東西，短期記憶只能保持幾秒鐘。']],
  [
    ['shift_jis', 'euc-jp'],
    ['細胞は生命の基本単位である。', 'ミトコンドリアはエネルギーを作る。'],
  ],
  [['euc-kr'], ['세포는 생명의 기본 단위이다.']],
  [
    ['windows-1255', 'iso-8859-8'],
    ['התא הוא יחידת החיים הקטנה ביותר.', 'שלום'],
  ],
  [['windows-1256'], ['الخلية هي أصغر وحدة حية.', 'الذاكرة تحفظ ما تعلمناه.']],
  [['windows-1253', 'iso-8859-7'], ['Το κύτταρο είναι η μικρότερη μονάδα ζωής.']],
  [
    ['windows-1250', 'iso-8859-2'],
    ['Pamięć przechowuje to, czego się nauczyliśmy.', 'Příliš žluťoučký kůň.', 'Árvíztűrő tükörfúrógép'],
  ],
  [
    ['windows-1252'],
    [
      'L’énergie cinétique, élève naïve',
      'été',
      'Größe, Übung, ähnlich',
      '¿Qué es la ósmosis?',
      'Não há ação sem reação',
      'Åtta ögon på öar',
      'Æblegrød på øen',
    ],
  ],
  [
    ['utf-16le', 'utf-16be'],
    ['Notes without a mark', 'Osmosis: движение воды через мембрану'],
  ],
];

describe('texts in older encodings', () => {
  const cases = TEXTS.flatMap(([labels, texts]) =>
    labels.flatMap((label) => texts.map((text) => [label, text] as const)),
  );
  test.each(cases)('%s: %s', (label, text) => {
    expect(decodeText(encoded(text, label)).text).toBe(text);
  });

  const RUSSIAN = 'Клетка есть наименьшая единица живого.';
  test.each([
    ['notes.txt', RUSSIAN, 'koi8-r', RUSSIAN],
    ['notes.md', `# Клетка\n\n${RUSSIAN}`, 'windows-1251', `# Клетка\n\n${RUSSIAN}`],
    [
      'table.csv',
      'слово,значение\nклетка,единица живого\n',
      'koi8-r',
      'Row 1. слово: клетка; значение: единица живого',
    ],
    ['table.tsv', '词语\t意思\n细胞是\t生命的基本单位\n', 'gbk', 'Row 1. 词语: 细胞是; 意思: 生命的基本单位'],
    ['page.html', `<meta charset="windows-1251"><p>${RUSSIAN}`, 'windows-1251', RUSSIAN],
    ['page.html', `<p>${RUSSIAN}`, 'koi8-r', RUSSIAN],
    ['talk.srt', `1\n00:00:01,000 --> 00:00:02,000\n${RUSSIAN}\n`, 'windows-1251', `[00:00:01] ${RUSSIAN}`],
    ['notes.txt', RUSSIAN, 'utf-16le', RUSSIAN],
  ])('are read in a %s', async (fileName, text, label, read) => {
    const { pages } = await extractDocument({ bytes: encoded(text, label), mimeType: '', fileName });
    expect(pages[0]?.content).toBe(read);
  });

  it('say in their account what they were read as', async () => {
    const { account } = await extractDocument({
      bytes: encoded(RUSSIAN, 'koi8-r'),
      mimeType: '',
      fileName: 'a.txt',
    });
    expect(account).toMatchObject({ encoding: 'Cyrillic (KOI8-R)', notes: [] });
  });

  it('say what else they may be where as much speaks for it, and are read as what was chosen', async () => {
    const bytes = encoded('a ГДЕ b', 'windows-1251');
    const of = async (encoding?: TextEncoding) =>
      (await extractDocument({ bytes, mimeType: '', fileName: 'a.txt', encoding })).account;
    const guessed = await of();
    expect(guessed.rivalEncoding).toMatch(/^[A-Z][\w ]+ \(.+\)$/);
    expect(accountSentences(guessed, 'section')).toEqual([
      `Read as ${guessed.encoding}.`,
      `It may be ${guessed.rivalEncoding} instead.`,
    ]);
    expect(await of('windows-1251')).toMatchObject({
      encoding: 'Cyrillic (Windows-1251)',
      rivalEncoding: null,
    });
  });

  test.each(textEncodingSchema.options)('can be read as %s', (label) => {
    const text = 'cells and their walls';
    expect(new TextDecoder(label).encoding).toBe(label);
    expect(decodeText(label.startsWith('utf-16') ? encoded(text, label) : bytesOf(text), label)).toEqual({
      text,
      encoding: encodingName(label),
    });
  });

  test.each([
    ['KOI8-R', 'koi8-u'],
    ['cp1251', 'windows-1251'],
    ['GBK', 'gb18030'],
    ['latin1', 'windows-1252'],
    ['sjis', 'shift_jis'],
    ['iso-8859-8', 'windows-1255'],
    ['auto', 'auto'],
    ['elvish', null],
    ['iso-8859-16', null],
  ])('are asked for by any name of theirs: %s', (encoding, known) => {
    expect(ingestSchema.safeParse({ encoding }).data?.encoding ?? null).toBe(known);
  });

  it('are told from programs', async () => {
    const bytes = new Uint8Array([0x4e, 0, 0x6f, 0, 0, 0, 1, 0, 2, 0]);
    await expect(extractDocument({ bytes, mimeType: '', fileName: 'a.txt' })).rejects.toMatchObject({
      code: 'file_mislabelled',
    });
  });

  it('of a long file are found by a part of it', () => {
    const text = `${'Клетка есть наименьшая единица живого.\n'.repeat(20_000)}`;
    const startedAt = performance.now();
    expect(decodeText(encoded(text, 'koi8-r')).text).toBe(text);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });
});

test('what is too long says by how much', async () => {
  const work = extractDocument({
    bytes: bytesOf('x'.repeat(1_500)),
    mimeType: '',
    fileName: 'a.txt',
    limits: { maxCharacters: 1_000 },
  });
  const error = await work.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({
    code: 'file_too_large',
    message: expect.stringContaining('1,500 characters of text, and 1,000 is the limit'),
  });
});
