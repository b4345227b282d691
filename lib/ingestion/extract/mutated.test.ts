import { expect, test } from 'vitest';
import { AppError } from '../../errors.ts';
import { FILE_KINDS, type FileKind, isRecording } from '../kinds.ts';
import { planRecording } from '../recording/index.ts';
import { extractDocument } from './index.ts';
import { sampleOf } from './test-files.ts';
import { mutated } from './test-mutations.ts';

const SENTENCE =
  'Osmosis moves water through a membrane, from where there is more of it to where there is less.';
const FAULTS = 25;

/** What becomes of a file: read with something in it, or refused with a reason of its own. */
async function outcome(kind: FileKind, bytes: Uint8Array): Promise<string> {
  const file = { bytes, fileName: `a.${kind.extensions[0]}`, mimeType: '', arePicturesRead: true };
  try {
    if (isRecording(kind)) return planRecording(file).pieces.length > 0 ? 'read' : 'empty';
    const { pages, emptyPages, account } = await extractDocument(file);
    const isSaid = emptyPages.length > 0 || account.undecodable.length > 0;
    return isSaid || pages.some(({ content }) => content.trim() !== '') ? 'read' : 'empty';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

test.each(FILE_KINDS.map((kind: FileKind) => [kind.word, kind] as const))(
  'a %s file with a fault is read with something in it, or refused for a reason of its own',
  async (_, kind) => {
    const bytes = await sampleOf(kind, SENTENCE);
    for (let seed = 1; seed <= FAULTS; seed++) {
      const broken = mutated(bytes, seed);
      expect(await outcome(kind, broken.bytes), `${broken.fault}, number ${seed}`).toMatch(
        /^(?:read|file_\w+)$/,
      );
    }
  },
);
