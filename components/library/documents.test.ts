import { describe, expect, it } from 'vitest';
import { accountOf } from '@/lib/domain/account';
import { activityOf, groupByCourse, isStranded, type LibraryDocument, matchesFind } from './documents';
import { formatBytes } from './file-check';

const document = (change: Partial<LibraryDocument> = {}): LibraryDocument => ({
  id: 'a',
  title: 'Psychology, ch. 8: Memory',
  fileName: 'psychology-8.pdf',
  mimeType: 'application/pdf',
  sizeBytes: 1_500_000,
  course: null,
  tags: [],
  status: 'ready',
  account: accountOf({}),
  sourceUrl: null,
  fetchedAt: null,
  encoding: null,
  stage: null,
  progress: 0,
  pagesRead: 0,
  pageCount: null,
  chunkCount: 0,
  locator: 'page',
  earlierId: null,
  replacedBy: null,
  error: null,
  sourceType: 'upload',
  createdAt: '2026-11-20T12:00:00Z',
  updatedAt: '2026-11-20T12:00:00Z',
  ...change,
});

describe('what a tile says', () => {
  it('names the page being read only when pages were counted', () => {
    const reading = { status: 'processing', stage: 'extracting', pagesRead: 212 } as const;
    expect(activityOf(document({ ...reading, pageCount: 334 }))).toBe('Reading page 212 of 334');
    expect(activityOf(document({ ...reading, pageCount: null }))).toBe('Reading');
    expect(activityOf(document({ status: 'pending' }))).toBe('Waiting for its turn');
  });

  it('tells sizes as a file manager does', () => {
    expect([12, 15_000, 1_572_864, 10_485_760].map((bytes) => formatBytes(bytes))).toEqual([
      '12 bytes',
      '15 KB',
      '1.5 MB',
      '10 MB',
    ]);
  });

  it('gives up on an upload that nobody sends any more, but not on a fresh one', () => {
    const now = Date.parse('2026-11-20T12:31:00Z');
    expect(isStranded(document({ status: 'pending' }), now)).toBe(true);
    expect(isStranded(document({ status: 'pending', createdAt: '2026-11-20T12:02:00Z' }), now)).toBe(false);
    expect(isStranded(document({ status: 'processing' }), now)).toBe(false);
  });
});

describe('the shelves', () => {
  it('stand in alphabetical order with the courseless last', () => {
    const groups = groupByCourse([
      document({ id: '1' }),
      document({ id: '2', course: 'Statistics' }),
      document({ id: '3', course: 'Biology' }),
      document({ id: '4', course: 'Statistics' }),
    ]);
    expect(groups.map(({ course, documents }) => [course, documents.map(({ id }) => id)])).toEqual([
      ['Biology', ['3']],
      ['Statistics', ['2', '4']],
      [null, ['1']],
    ]);
  });

  it('are searched by every word, whatever its case and accents', () => {
    const physiology = document({ title: 'Fisiología del corazón', course: 'Medicina' });
    expect(matchesFind(physiology, 'corazon FISIO')).toBe(true);
    expect(matchesFind(physiology, 'medicina')).toBe(true);
    expect(matchesFind(physiology, 'corazon huesos')).toBe(false);
  });
});
