import { MAX_RECORDING_MINUTES } from '../../domain/bounds.ts';
import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import { checkedKind } from '../extract/file-kind.ts';
import { extensionOf, isRecording } from '../kinds.ts';
import { readFlac } from './flac.ts';
import { readMp3 } from './mp3.ts';
import { readMp4 } from './mp4.ts';
import { readOgg } from './ogg.ts';
import type { Part, Recording } from './pieces.ts';
import { readWav } from './wav.ts';
import { readWebm } from './webm.ts';

/** What a provider takes in one request is 25 MB. */
export const MAX_PIECE_BYTES = 25_000_000;
/** So much of what a piece says is said in the next one as well: a word that was cut in two is whole in one of them. */
export const OVERLAP_SECONDS = 8;
/** A piece is heard in one step of a job, and some models hear no more than 25 minutes at a time. */
export const PIECE_SECONDS = 1_200;

const READERS: Record<string, (bytes: Uint8Array) => Recording> = {
  mp3: readMp3,
  wav: readWav,
  flac: readFlac,
  ogg: readOgg,
  webm: readWebm,
  mp4: readMp4,
};

export type Piece = { from: number; to: number };
export type RecordingFile = { bytes: Uint8Array; fileName: string; mimeType: string };

function opened({ bytes, fileName, mimeType }: RecordingFile): Recording {
  if (bytes.length === 0) throw new AppError('file_empty');
  const kind = checkedKind(bytes, fileName, mimeType);
  const read = isRecording(kind) ? READERS[kind.container] : undefined;
  if (!read) throw new AppError('file_unsupported');
  try {
    return read(bytes);
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('file_damaged', { cause });
  }
}

/** How long a recording is and the pieces it is heard in, or why it cannot be heard. */
export function planRecording({
  pieceSeconds = PIECE_SECONDS,
  ...file
}: RecordingFile & { pieceSeconds?: number }): { seconds: number; pieces: Piece[] } {
  const { seconds, cut } = opened(file);
  if (!(seconds > 0)) throw new AppError('file_damaged');
  const minutes = Math.ceil(seconds / 60);
  if (minutes > MAX_RECORDING_MINUTES) {
    throw new AppError('file_too_large', {
      message: () =>
        say(
          'This recording is {minutes, plural, one {# minute} other {# minutes}} long, and {most} are the limit. Split it and add the parts.',
          { minutes, most: MAX_RECORDING_MINUTES },
        ),
    });
  }
  const { length } = file.bytes;
  if (!cut) {
    if (length > MAX_PIECE_BYTES) {
      const values = {
        size: Math.round(length / 1e6),
        ending: extensionOf(file.fileName) ?? '',
        most: MAX_PIECE_BYTES / 1e6,
      };
      throw new AppError('file_too_large', {
        message: () =>
          say(
            'This recording has {size} MB. A .{ending} file cannot be cut in pieces, and {most} MB are heard at once. Save it as .mp3, or split it and add the parts.',
            values,
          ),
      });
    }
    return { seconds, pieces: [{ from: 0, to: seconds }] };
  }
  // A tenth is left for seconds that take more than others.
  const bySize = Math.floor((MAX_PIECE_BYTES * 0.9 * seconds) / length) - OVERLAP_SECONDS;
  const step = Math.max(OVERLAP_SECONDS, Math.min(pieceSeconds, bySize));
  const count = Math.max(1, Math.ceil(seconds / step));
  return {
    seconds,
    pieces: Array.from({ length: count }, (_, n) => ({
      from: n * step,
      to: Math.min(seconds, (n + 1) * step + (n + 1 < count ? OVERLAP_SECONDS : 0)),
    })),
  };
}

export type CutPiece = Part & { seconds: number; isCut: boolean };

/** One piece as a file that plays by itself. A recording that is heard at once is left as it is. */
export function cutRecording({ piece, ...file }: RecordingFile & { piece: Piece }): CutPiece {
  const { seconds, cut } = opened(file);
  const isWhole = piece.from <= 0 && piece.to >= seconds;
  const part = cut && !isWhole ? cut(piece.from, piece.to) : { bytes: file.bytes, from: 0 };
  if (part.bytes.length > MAX_PIECE_BYTES) throw new AppError('file_too_heavy');
  return { ...part, seconds, isCut: cut !== null };
}
