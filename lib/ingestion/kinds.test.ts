import { describe, expect, test } from 'vitest';
import { fileFault } from '../../components/library/file-check.ts';
import { ERRORS } from '../errors.ts';
import { extractDocument } from './extract/index.ts';
import { sampleOf } from './extract/test-files.ts';
import {
  acceptOf,
  FILE_KINDS,
  type FileKind,
  isRecording,
  kindsSentence,
  kindWords,
  STORED_TYPES,
  storedTypeOf,
} from './kinds.ts';
import { readPicture } from './picture/read-picture.ts';
import { planRecording } from './recording/index.ts';
import { uploadKind } from './upload.ts';

const SENTENCE =
  'Osmosis moves water through a membrane, from where there is more of it to where there is less.';

const endings = FILE_KINDS.flatMap((kind: FileKind) =>
  kind.extensions.map((ending) => ({ ending, kind, name: `notes.${ending}` })),
);

describe('every kind of file', () => {
  test.each(endings)('a .$ending is offered, announced, stored and read', async ({ name, kind, ending }) => {
    const bytes = await sampleOf(kind, SENTENCE);
    expect(acceptOf().split(',')).toContain(`.${ending}`);
    expect(fileFault({ name, size: bytes.length }, { maxBytes: 10_000_000 })).toBeUndefined();
    for (const announced of [kind.mimeType, ...kind.otherTypes, '', 'application/octet-stream']) {
      expect(uploadKind(name, announced)).toEqual({ extension: ending, mimeType: kind.mimeType });
    }
    expect(STORED_TYPES).toContain(storedTypeOf(name));

    const stored = `owner/document/original.${ending}`;
    if (isRecording(kind)) {
      expect(planRecording({ bytes, mimeType: kind.mimeType, fileName: stored }).pieces).toHaveLength(1);
      return;
    }
    const given = { bytes, mimeType: kind.mimeType, fileName: stored, arePicturesRead: true };
    const read = await extractDocument(given);
    expect(read.locator).toBe(kind.locator);
    const pages = read.pages.map(({ content }) => content);
    for (const page of read.emptyPages) {
      const seen = await readPicture(
        'a',
        { bytes, extension: ending, page },
        { languages: ['eng'], transcribe: null },
      );
      pages.push(seen.text);
    }
    expect(pages.join(' ')).toContain('Osmosis moves water');
  });

  test('is named in the sentences that say what can be added', () => {
    expect(acceptOf(['pdf', 'md'])).toBe('.pdf,.md');
    expect(kindWords(['md', 'pdf'])).toEqual(['PDF', 'Markdown']);
    expect(kindsSentence()).toMatch(/^PDF, Word, Markdown, .+ or \w+$/);
    for (const { word } of FILE_KINDS) {
      expect(ERRORS.file_unsupported.message).toContain(word);
    }
  });

  test('has its endings and its type for itself', () => {
    const all = endings.map(({ ending }) => ending);
    expect(new Set(all).size).toBe(all.length);
    const types = FILE_KINDS.map(({ mimeType }) => mimeType);
    expect(new Set(types).size).toBe(types.length);
  });

  test('is never served as a page that a browser would run', () => {
    for (const type of STORED_TYPES) expect(type).not.toMatch(/html|xml(?!formats)|svg|javascript/);
  });
});
