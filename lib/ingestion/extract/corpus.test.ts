import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { extractDocument } from './index.ts';

const CORPUS = join(import.meta.dirname, '../../../../shared/corpus');
const words = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** The text nodes of some parts as they stand in the file: a reading that shares nothing with ours. */
function written(bytes: Uint8Array, parts: RegExp, ends: RegExp): string[] {
  const entries = unzipSync(bytes, { filter: ({ name }) => parts.test(name) });
  const numberOf = (name: string) => Number(/\d+/.exec(name)?.[0] ?? 0);
  const names = Object.keys(entries).sort((left, right) => numberOf(left) - numberOf(right));
  const text = names.map((name) => strFromU8(entries[name] ?? new Uint8Array()));
  const shown = text.map((xml) =>
    xml.replace(
      /<mc:Fallback>[\s\S]*?<\/mc:Fallback>|<p:timing>[\s\S]*?<\/p:timing>|<a:fld [^>]*slidenum[\s\S]*?<\/a:fld>|<a:tableStyleId>[^<]*<\/a:tableStyleId>/g,
      '',
    ),
  );
  return words(
    shown
      .join('\n')
      .replace(ends, '\n')
      .replace(/<[^>]+>/g, '')
      .replace(/&\w+;/g, ' '),
  );
}

/** How much of a sequence stands in another in its order: a longest increasing run of places. */
function shareInOrder(expected: readonly string[], found: readonly string[]): number {
  const places = new Map<string, number[]>();
  for (const [place, word] of found.entries()) places.set(word, [place, ...(places.get(word) ?? [])]);
  const ends: number[] = [];
  for (const word of expected) {
    for (const place of places.get(word) ?? []) {
      const at = ends.findIndex((end) => end >= place);
      ends[at < 0 ? ends.length : at] = place;
    }
  }
  return ends.length / expected.length;
}

describe.skipIf(!existsSync(join(CORPUS, 'formats')))(
  'files of others (skipped without ../shared/corpus)',
  () => {
    test.each<[string, RegExp, RegExp]>([
      ['docx/course-syllabus.docx', /^word\/document\.xml$/, /<\/w:p>/g],
      ['docx/semi-structured-manual.docx', /^word\/document\.xml$/, /<\/w:p>/g],
      ['formats/pptx/sample-show.pptx', /^ppt\/slides\/slide\d+\.xml$/, /<\/a:p>/g],
      ['formats/epub/metadata.epub', /chapter-\d+\.xhtml$/, /<title>[^<]*<\/title>|<\/(?:p|h\d)>/g],
    ])('%s keeps at least 98 of 100 words in their order', async (path, parts, ends) => {
      const bytes = new Uint8Array(readFileSync(join(CORPUS, path)));
      const { pages } = await extractDocument({ bytes, mimeType: '', fileName: path });
      const expected = written(bytes, parts, ends).slice(0, 3_000);
      const found = words(pages.map(({ content }) => content).join('\n')).slice(0, 12_000);
      expect(expected.length).toBeGreaterThan(5);
      expect(shareInOrder(expected, found)).toBeGreaterThanOrEqual(0.98);
    });

    test('formats/pptx/groups.pptx is read as it stands on the slide, not as it was drawn', async () => {
      const path = 'formats/pptx/groups.pptx';
      const bytes = new Uint8Array(readFileSync(join(CORPUS, path)));
      const { pages } = await extractDocument({ bytes, mimeType: '', fileName: path });
      const text = pages.map(({ content }) => content).join('\n');
      const downThePage = [
        'MyTitle',
        'Ungrouped text box',
        'Text box5',
        'Text box1',
        'Text box2',
        'WordArt1',
      ];
      const places = downThePage.map((words) => text.indexOf(words));
      expect(places).not.toContain(-1);
      expect(places).toEqual(places.toSorted((one, other) => one - other));
    });

    test.each([
      ['formats/rtf/ms932.rtf', ['こんにちは', 'テスト']],
      ['formats/rtf/japanese.rtf', ['ゾルゲと尾崎、淡々と最期', '（ほつみ）の処刑記録']],
      ['formats/pptx/charts.pptx', ['wants a peach', 'February | 8']],
      ['formats/pptx/diagram.pptx', ['President', 'VP - Marketing']],
      ['formats/docx/footnotes.docx', ['prostoy[1]', 'snoska']],
      ['formats/ods/sample.ods', ['2nd column', 'Sheet 2 row 2']],
      ['formats/xlsx/textbox.xlsx', ['this is some autoshape text']],
    ])('%s says what it shows', async (path, held) => {
      const bytes = new Uint8Array(readFileSync(join(CORPUS, path)));
      const { pages } = await extractDocument({ bytes, mimeType: '', fileName: path });
      const text = pages.map(({ content }) => content).join('\n');
      for (const words of held) expect(text).toContain(words);
    });

    test.each(['odt/password.odt', 'pptx/password.pptx', 'xlsx/password.xlsx'])(
      '%s asks for no password and says so',
      async (path) => {
        const bytes = new Uint8Array(readFileSync(join(CORPUS, 'formats', path)));
        await expect(extractDocument({ bytes, mimeType: '', fileName: path })).rejects.toMatchObject({
          code: 'file_password',
        });
      },
    );
  },
);
