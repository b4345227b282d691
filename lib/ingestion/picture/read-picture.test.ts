import { existsSync, readFileSync } from 'node:fs';
import { unzipSync, zipSync } from 'fflate';
import { PDFDocument } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import type { PictureWord } from '../../domain/document.ts';
import { extractDocument } from '../extract/index.ts';
import { pptxOf, scanOf } from '../extract/test-files.ts';
import { languagesFault } from './languages.ts';
import { readPicture } from './read-picture.ts';
import { alike, turned } from './test-pictures.ts';

const LINES = [
  'Osmosis moves water through a membrane that holds the solutes back.',
  'In 2007 the value was 34,000 and in 2008 it was 17,542.',
  'Short-term memory holds about seven items at a time.',
  'Rehearsal carries some of them into long-term memory.',
];
const read = (bytes: Uint8Array, extension: string, page = 1) =>
  readPicture('a', { bytes, extension, page }, { languages: ['eng'], transcribe: null });

/** Where the middle of a word stands, as shares of the page from its own middle, turned by so many degrees. */
function middleOf(words: PictureWord[] | undefined, word: string, degrees = 0) {
  const [, left = 0, top = 0, width = 0, height = 0] = words?.find(([text]) => text === word) ?? [''];
  const [x, y] = [(left + width / 2) / 10_000 - 0.5, (top + height / 2) / 10_000 - 0.5];
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return [x * cos - y * sin, x * sin + y * cos];
}

describe('print on a picture', () => {
  // On a square, so that a share is as long either way.
  const upright = scanOf(LINES).then((bytes) => turned(bytes, 0));
  let flat: PictureWord[] | undefined;

  test.each([0, 90, 180, 270, 3, -4])(
    'is read where it stands when it is turned by %i degrees',
    async (degrees) => {
      const { text, outcome, words } = await read(await turned(await scanOf(LINES), degrees), 'png');
      expect(outcome).toBe('read');
      expect(alike(text, LINES.join(' '))).toBeGreaterThan(0.97);
      flat ??= (await read(await upright, 'png')).words;
      for (const word of ['Osmosis', 'Rehearsal', 'long-term']) {
        const [found, meant] = [middleOf(words, word), middleOf(flat, word, degrees)];
        expect(
          Math.hypot((found[0] ?? 1) - (meant[0] ?? 0), (found[1] ?? 1) - (meant[1] ?? 0)),
          word,
        ).toBeLessThan(0.01);
      }
    },
  );

  test('is read from the page of a PDF', async () => {
    const document = await PDFDocument.create();
    document.addPage([595, 842]);
    const page = document.addPage([595, 842]);
    page.drawImage(await document.embedPng(await scanOf(LINES)), { x: 0, y: 300, width: 595, height: 240 });
    const bytes = await document.save();
    expect(
      (await extractDocument({ bytes, fileName: 'a.pdf', mimeType: '', arePicturesRead: true })).emptyPages,
    ).toEqual([1, 2]);
    expect(await read(bytes, 'pdf', 1)).toEqual({ text: '', outcome: 'blank' });
    expect(alike((await read(bytes, 'pdf', 2)).text, LINES.join(' '))).toBeGreaterThan(0.97);
  });

  test('is read from a slide of nothing but pictures', async () => {
    const xfrm = '<a:xfrm><a:off x="0" y="2000000"/><a:ext cx="9144000" cy="3000000"/></a:xfrm>';
    const shapes = `<p:pic><p:nvPicPr><p:cNvPr id="1" name=""/></p:nvPicPr><p:blipFill><a:blip r:embed="rId1"/></p:blipFill><p:spPr>${xfrm}</p:spPr></p:pic>`;
    const parts = unzipSync(pptxOf([{ shapes, parts: [['rId1', 'image', '../media/a.png', '']] }]));
    const bytes = zipSync({ ...parts, 'ppt/media/a.png': await scanOf(LINES) });
    const file = { bytes, fileName: 'a.pptx', mimeType: '', arePicturesRead: true };
    expect((await extractDocument(file)).emptyPages).toEqual([1]);
    expect(alike((await read(bytes, 'pptx')).text, LINES.join(' '))).toBeGreaterThan(0.97);
  });

  test('is left to a model that sees where there is one', async () => {
    const bytes = await scanOf(LINES);
    const page = { bytes, extension: 'png', page: 1 };
    const seen: number[] = [];
    const transcribe = async ({ jpeg }: { jpeg: Uint8Array }) => {
      seen.push(...jpeg.subarray(0, 2));
      return ' $E = mc^2$ ';
    };
    const given = { languages: ['eng'], transcribe };
    expect(await readPicture('a', page, given)).toEqual({
      text: '$E = mc^2$',
      outcome: 'read',
      isByModel: true,
    });
    expect(seen).toEqual([0xff, 0xd8]);
    const blank = { ...page, bytes: await scanOf([]) };
    expect(await readPicture('a', blank, given)).toEqual({ text: '', outcome: 'blank' });
    expect(seen).toHaveLength(2);
  });

  test('is read here where the model does not answer', async () => {
    const given = { languages: ['eng'], transcribe: async () => Promise.reject(new Error('busy')) };
    const { text, isByModel } = await readPicture(
      'a',
      { bytes: await scanOf(LINES), extension: 'png', page: 1 },
      given,
    );
    expect([alike(text, LINES.join(' ')) > 0.97, isByModel]).toEqual([true, undefined]);
  });
});

test('a language without its package is told with what to do', () => {
  expect(languagesFault(['eng', 'osd'])).toBeUndefined();
  expect(languagesFault(['eng', 'xxx'])).toContain('npm install @tesseract.js-data/xxx');
});

test('a picture that unpacks to too much is refused by what it says of itself', async () => {
  const bytes = Buffer.from(await scanOf([]));
  bytes.writeUInt32BE(60_000, 16);
  bytes.writeUInt32BE(60_000, 20);
  await expect(extractDocument({ bytes, fileName: 'a.png', mimeType: '' })).rejects.toMatchObject({
    code: 'file_too_large',
    message: expect.stringContaining('3600 million pixels: 50 million'),
  });
});

const CORPUS = new URL('../../../../shared/corpus/', import.meta.url);
describe.skipIf(!existsSync(CORPUS))('scans and photos of others (skipped without ../shared/corpus)', () => {
  const load = (name: string) => new Uint8Array(readFileSync(new URL(name, CORPUS)));
  const PRINT =
    'This is a lot of 12 point text to test the ocr code and see if it works on all types of file format. ' +
    'The quick brown dog jumped over the lazy fox. '.repeat(4);

  test.each<[string, string]>([
    ['formats/scan/print.tif', PRINT],
    ['formats/scan/print-180.png', PRINT],
    ['formats/scan/print-left.png', PRINT],
    ['formats/scan/slanted.tif', 'test deslant correction'],
    ['formats/scan/spacing.png', 'The quick brown fox'],
    ['formats/scan/multipage.tif', 'Multipage TIFF Example Page 1'],
  ])('%s is read', async (name, meant) => {
    const { text } = await read(load(name), name.split('.').at(-1) ?? '');
    expect(alike(text, meant)).toBeGreaterThan(0.97);
  });

  test.each([90, 180, 270])('a page of print is read when it is turned by %i degrees', async (degrees) => {
    const bytes = await turned(load('formats/scan/print-180.png'), degrees);
    expect(alike((await read(bytes, 'png')).text, PRINT)).toBeGreaterThan(0.97);
  });

  test('every page of a file of many is read', async () => {
    const bytes = load('formats/scan/multipage.tif');
    const { pageCount } = await extractDocument({
      bytes,
      fileName: 'a.tif',
      mimeType: '',
      arePicturesRead: true,
    });
    expect(pageCount).toBe(2);
    expect((await read(bytes, 'tif', 2)).text.replace(/\s+/g, ' ')).toBe('Multipage TIFF Example Page 2');
  });

  test.each(['formats/scan/no-text.jpg', 'formats/scan/photo.webp', 'images/handwritten-whiteboard.jpg'])(
    '%s gives no noise',
    async (name) => {
      expect(await read(load(name), name.split('.').at(-1) ?? '')).toEqual({ text: '', outcome: 'unclear' });
    },
  );
});
