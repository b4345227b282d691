import { describe, expect, test } from 'vitest';
import { MAX_RECORDING_MINUTES } from '../../domain/bounds.ts';
import { FILE_KINDS } from '../kinds.ts';
import { cutRecording, MAX_PIECE_BYTES, OVERLAP_SECONDS, planRecording } from './index.ts';
import { joined } from './pieces.ts';
import { silenceOf } from './test-recordings.ts';
import { wovenTranscript } from './transcript.ts';

const KINDS = FILE_KINDS.filter(({ reader }) => reader === 'recording');
const fileOf = (ending: string, bytes: Uint8Array) => ({
  bytes,
  fileName: `lecture.${ending}`,
  mimeType: '',
});

describe.each(KINDS.map(({ container, extensions }) => [container, extensions[0]]))(
  '%s',
  (container, ending) => {
    const bytes = silenceOf(container, 100);
    const file = fileOf(ending, bytes);
    const isCut = container !== 'mp4';

    test('says how long it is, and is heard whole where it is short', () => {
      const { seconds, pieces } = planRecording(file);
      // A browser's recording ends somewhere in its last cluster.
      expect(Math.abs(seconds - 100)).toBeLessThan(container === 'webm' ? 2.1 : 0.1);
      expect(pieces).toEqual([{ from: 0, to: seconds }]);
      expect(cutRecording({ ...file, piece: { from: 0, to: seconds } })).toEqual({
        bytes,
        from: 0,
        seconds,
        isCut,
      });
    });

    test.runIf(isCut)('is cut in pieces that overlap and are such files themselves', () => {
      const { seconds, pieces } = planRecording({ ...file, pieceSeconds: 40 });
      expect(pieces.map(({ from }) => from)).toEqual([0, 40, 80]);
      expect(pieces.map(({ to }) => to)).toEqual([40 + OVERLAP_SECONDS, 80 + OVERLAP_SECONDS, seconds]);
      for (const piece of pieces) {
        const part = cutRecording({ ...file, piece });
        expect(part.from).toBeLessThanOrEqual(piece.from);
        expect(part.from).toBeGreaterThan(piece.from - 2.1);
        const own = planRecording(fileOf(ending, part.bytes));
        expect(Math.abs(own.seconds - (piece.to - part.from))).toBeLessThan(container === 'webm' ? 2.1 : 0.6);
        expect(part.bytes.length).toBeLessThan(bytes.length * 0.55);
      }
    });

    test.runIf(container === 'mp4' || container === 'ogg')(
      'is bounded in its length, and in its size where it cannot be cut',
      () => {
        const long = fileOf(ending, silenceOf(container, (MAX_RECORDING_MINUTES + 2) * 60));
        expect(() => planRecording(long)).toThrow(/24[23] minutes long/);
        if (isCut) return;
        const large = fileOf(ending, joined([bytes, new Uint8Array(MAX_PIECE_BYTES)]));
        expect(() => planRecording(large)).toThrow('This recording has 25 MB. A .m4a file cannot be cut');
      },
    );

    test.each([3, 40, 0.3, 0.9])('that is broken off (%f) is refused or read as far as it goes', (share) => {
      const broken = fileOf(ending, bytes.subarray(0, share < 1 ? Math.floor(bytes.length * share) : share));
      let found: ReturnType<typeof planRecording> | undefined;
      try {
        found = planRecording(broken);
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^file_/) });
      }
      if (found) expect(found.seconds).toBeGreaterThan(0);
    });
  },
);

test('a long recording of many bytes a second is cut by its size', () => {
  const bytes = silenceOf('wav', 10);
  // Forty million bytes of sound, a thousand a second, are eleven hours: the length of the head says which.
  const head = bytes.slice(0, 44);
  new DataView(head.buffer).setUint32(28, 48_000, true);
  new DataView(head.buffer).setUint32(40, 40_000_000, true);
  const { pieces } = planRecording(fileOf('wav', joined([head, new Uint8Array(40_000_000)])));
  expect(pieces.length).toBe(2);
  for (const { from, to } of pieces) expect((to - from) * 48_000).toBeLessThan(MAX_PIECE_BYTES);
});

test('a recording under another name is told from what it is', () => {
  expect(() => planRecording(fileOf('mp3', silenceOf('ogg', 3)))).toThrow('This is an Ogg file');
  expect(() => planRecording(fileOf('wav', new TextEncoder().encode('Some notes.')))).toThrow(
    /not what its name/,
  );
});

describe('what was heard in pieces', () => {
  const piece = (from: number, to: number, ...heard: [number, string][]) => ({
    from,
    to,
    heard: heard.map(([at, text]) => ({ at, text })),
  });
  const said = (...pieces: Parameters<typeof wovenTranscript>[0]) =>
    wovenTranscript(pieces).map(({ at, text }) => [at, text]);

  test.each<[string, ReturnType<typeof piece>[], [number, string][]]>([
    [
      'one after the other',
      [piece(0, 10, [1, 'One.']), piece(10, 20, [1, 'Two.'])],
      [
        [1, 'One.'],
        [11, 'Two.'],
      ],
    ],
    [
      'once where they overlap',
      [
        piece(0, 28, [5, 'Water moves.'], [22, 'It moves slowly.'], [25, 'Then faster.']),
        piece(20, 40, [2, 'It moves slowly.'], [5, 'Then faster.'], [12, 'It stops.']),
      ],
      [
        [5, 'Water moves.'],
        [22, 'It moves slowly.'],
        [25, 'Then faster.'],
        [32, 'It stops.'],
      ],
    ],
    [
      'with the words of a seam once, however they are cut',
      [
        piece(0, 28, [21, 'the membrane lets the water']),
        piece(20, 40, [5, 'lets the water pass, and holds the salt.']),
      ],
      [
        [21, 'the membrane lets the water'],
        [25, 'pass, and holds the salt.'],
      ],
    ],
    ['with nothing where nothing was said', [piece(0, 28), piece(20, 40)], []],
  ])('is told %s', (_, pieces, expected) => {
    expect(said(...pieces)).toEqual(expected);
  });
});
