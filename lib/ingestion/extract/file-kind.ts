import { AppError } from '../../errors.ts';
import { extensionOf, type FileKind, kindOfName, kindOfType } from '../kinds.ts';

/** First bytes of formats that are never text. */
const SIGNATURES: readonly { name: string; bytes: readonly number[] }[] = [
  { name: 'zip', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { name: 'zip', bytes: [0x50, 0x4b, 0x05, 0x06] },
  { name: 'png', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { name: 'jpeg', bytes: [0xff, 0xd8, 0xff] },
  { name: 'gif', bytes: [0x47, 0x49, 0x46, 0x38] },
  { name: 'ole', bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { name: 'gzip', bytes: [0x1f, 0x8b, 0x08] },
  { name: 'rar', bytes: [0x52, 0x61, 0x72, 0x21] },
  { name: '7z', bytes: [0x37, 0x7a, 0xbc, 0xaf] },
  { name: 'elf', bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { name: 'rtf', bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66] },
];

const PDF_HEADER_WITHIN = 1024;

/** What the first bytes say, or null for anything that may be text. */
function signatureOf(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, PDF_HEADER_WITHIN));
  // Readers accept a few bytes before the header of a PDF, so this is looked for, not only at the start.
  const pdfAt = head.indexOf('%PDF-');
  if (pdfAt === 0) return 'pdf';
  const known = SIGNATURES.find((signature) => signature.bytes.every((byte, index) => bytes[index] === byte));
  if (known) return known.name;
  return pdfAt > 0 ? 'pdf' : null;
}

/** The kind a file claims to be. Its type counts only where its name has no ending. */
function claimedKind(fileName: string, mimeType: string): FileKind {
  const byType = extensionOf(fileName) === undefined ? kindOfType(mimeType) : undefined;
  const kind = kindOfName(fileName) ?? byType;
  if (!kind) throw new AppError('file_unsupported');
  return kind;
}

/** Compares what a file claims with what its first bytes say. */
export function checkedKind(bytes: Uint8Array, fileName: string, mimeType: string): FileKind {
  const kind = claimedKind(fileName, mimeType);
  const signature = signatureOf(bytes);
  if (kind.container === 'text') {
    if (signature !== null || !looksLikeText(bytes)) throw new AppError('file_mislabelled');
    return kind;
  }
  if (signature === kind.container) return kind;
  // An office program puts a password-protected document into the older container.
  if (kind.container === 'zip' && signature === 'ole' && holdsEncryptedPackage(bytes)) {
    throw new AppError('file_password');
  }
  // Nothing else is recognised: more likely a broken file than another format.
  throw new AppError(signature === null && !looksLikeText(bytes) ? 'file_damaged' : 'file_mislabelled');
}

function holdsEncryptedPackage(bytes: Uint8Array): boolean {
  const name = [...'EncryptedPackage'].flatMap((letter) => [letter.charCodeAt(0), 0]);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(name));
}

const SAMPLE_BYTES = 64 * 1024;
const MAX_CONTROL_SHARE = 0.02;
/** A stray control character does not make a short note binary. */
const MAX_CONTROL_COUNT = 3;

/** Text in any encoding this reader knows holds hardly any control characters. */
function looksLikeText(bytes: Uint8Array): boolean {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) return bytes.length % 2 === 0;
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let control = 0;
  for (const byte of sample) {
    if (byte === 0) return false;
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b)
      control += 1;
  }
  return control <= Math.max(MAX_CONTROL_COUNT, MAX_CONTROL_SHARE * sample.length);
}
