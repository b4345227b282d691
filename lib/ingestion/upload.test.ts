import { describe, expect, test } from 'vitest';
import { checkUploadSize, uploadKind } from './upload.ts';

const refusal = (code: string) => expect.objectContaining({ code });

describe('an announced file', () => {
  test('is known by the ending of its name, whatever a browser calls a Markdown or CSV file', () => {
    expect(uploadKind('Notes.MD', '')).toEqual({ extension: 'md', mimeType: 'text/markdown' });
    expect(uploadKind('a.b.csv', 'application/vnd.ms-excel')).toMatchObject({ mimeType: 'text/csv' });
    expect(uploadKind('a.pdf', 'application/pdf; charset=binary')).toMatchObject({ extension: 'pdf' });
  });

  test('is refused when it cannot be read or contradicts itself', () => {
    for (const [name, type] of [
      ['photo.heic', 'image/heic'],
      ['notes', 'text/plain'],
      ['notes.pdf', 'image/png'],
      ['page.html', 'application/pdf'],
      ['notes.pdf', 'text/csv'],
      ['notes.pdf.exe', 'application/pdf'],
      ['constructor', ''],
      ['a.constructor', ''],
    ] as const) {
      expect(() => uploadKind(name, type)).toThrowError(refusal('file_unsupported'));
    }
  });

  test('is refused when it is empty or above the limit, which is named', () => {
    expect(() => checkUploadSize(0, 100)).toThrowError(refusal('file_empty'));
    expect(() => checkUploadSize(1, 1)).not.toThrow();
    expect(() => checkUploadSize(11 * 1024 * 1024, 10 * 1024 * 1024)).toThrowError(/10 MB/);
  });
});
