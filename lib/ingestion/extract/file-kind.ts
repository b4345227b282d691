import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import { extensionOf, FILE_KINDS, type FileKind, kindOfName, kindOfType } from '../kinds.ts';
import { savedAs } from '../saved-as.ts';
import { unmarkedUtf16 } from './encoding.ts';
import { openZip } from './zip-guard.ts';

/** First bytes of formats that are never text. */
const SIGNATURES: readonly { name: string; bytes: readonly number[] }[] = [
  { name: 'zip', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { name: 'zip', bytes: [0x50, 0x4b, 0x05, 0x06] },
  { name: 'png', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { name: 'jpeg', bytes: [0xff, 0xd8, 0xff] },
  { name: 'tiff', bytes: [0x49, 0x49, 0x2a, 0x00] },
  { name: 'tiff', bytes: [0x4d, 0x4d, 0x00, 0x2a] },
  { name: 'gif', bytes: [0x47, 0x49, 0x46, 0x38] },
  { name: 'ole', bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { name: 'gzip', bytes: [0x1f, 0x8b, 0x08] },
  { name: 'rar', bytes: [0x52, 0x61, 0x72, 0x21] },
  { name: '7z', bytes: [0x37, 0x7a, 0xbc, 0xaf] },
  { name: 'elf', bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { name: 'mp3', bytes: [0x49, 0x44, 0x33, 0x02] },
  { name: 'mp3', bytes: [0x49, 0x44, 0x33, 0x03] },
  { name: 'mp3', bytes: [0x49, 0x44, 0x33, 0x04] },
  { name: 'webm', bytes: [0x1a, 0x45, 0xdf, 0xa3] },
  { name: 'flac', bytes: [0x66, 0x4c, 0x61, 0x43] },
  { name: 'ogg', bytes: [0x4f, 0x67, 0x67, 0x53] },
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
  if (/^RIFF.{4}WEBP/s.test(head)) return 'webp';
  if (/^RIFF.{4}WAVE/s.test(head)) return 'wav';
  // Photos are kept in the same container, under brands of their own.
  if (/^.{4}ftyp(?!hei|hev|mif1|msf1|avi)/s.test(head)) return 'mp4';
  // A frame of layer III: no mark of an encoding has its second byte.
  if (/^\xff[\xe2\xe3\xf2\xf3\xfa\xfb]/.test(head)) return 'mp3';
  return pdfAt > 0 ? 'pdf' : null;
}

/** The kind a file claims to be. Its type counts only where its name has no ending. */
function claimedKind(fileName: string, mimeType: string): FileKind {
  const byType = extensionOf(fileName) === undefined ? kindOfType(mimeType) : undefined;
  const kind = kindOfName(fileName) ?? byType;
  if (kind) return kind;
  const message = savedAs(extensionOf(fileName));
  throw new AppError('file_unsupported', message === undefined ? {} : { message });
}

/** Parts and types that only one kind of package has. */
const PACKAGES: readonly (readonly [FileKind['reader'], RegExp, RegExp])[] = [
  ['docx', /wordprocessingml\.(?:document|template)\.main|ms-word\.(?:document|template)/, /^word\//m],
  ['pptx', /presentationml\.(?:presentation|slideshow|template)\.main|ms-powerpoint\./, /^ppt\//m],
  ['xlsx', /spreadsheetml\.(?:sheet|template)\.main|ms-excel\.(?:sheet|template)/, /^xl\//m],
  ['odt', /opendocument\.text/, /(?!)/],
  ['odp', /opendocument\.presentation/, /(?!)/],
  ['ods', /opendocument\.spreadsheet/, /(?!)/],
  ['epub', /epub\+zip/, /^META-INF\/container\.xml$/m],
];

/** What a zip file holds, by its own list of types, else by the names of its parts. */
function packageOf(bytes: Uint8Array): FileKind['reader'] | 'iwork' | undefined {
  const archive = openZip(bytes);
  const names = archive.names.join('\n');
  const types =
    archive.text('[Content_Types].xml') ??
    archive.text('mimetype') ??
    rootType(archive.text('META-INF/manifest.xml'));
  const byType = types === undefined ? undefined : PACKAGES.find(([, type]) => type.test(types))?.[0];
  if (byType) return byType;
  if (/^Index(?:\.zip|\/.*\.iwa)$/m.test(names)) return 'iwork';
  return PACKAGES.find(([, , parts]) => parts.test(names))?.[0];
}

const rootType = (manifest: string | undefined) => /<[^>]*full-path="\/"[^>]*>/.exec(manifest ?? '')?.[0];

const IN_OLE = [
  ['doc', 'WordDocument'],
  ['ppt', 'PowerPoint Document'],
  ['xls', 'Workbook'],
] as const;

/** "This is a PowerPoint file with another ending." */
function mislabelled(kind: FileKind | undefined): AppError {
  if (!kind) return new AppError('file_mislabelled');
  const { word, extensions } = kind;
  const values = { word, ending: extensions[0] };
  return new AppError('file_mislabelled', {
    message: () =>
      /^[AEIO]/.test(word)
        ? say(
            'This is an {word} file, whatever its name says. Give it the ending .{ending} and add it again.',
            values,
          )
        : say(
            'This is a {word} file, whatever its name says. Give it the ending .{ending} and add it again.',
            values,
          ),
  });
}

/** Compares what a file claims with what its first bytes say. */
export function checkedKind(bytes: Uint8Array, fileName: string, mimeType: string): FileKind {
  const kind = claimedKind(fileName, mimeType);
  const signature = signatureOf(bytes);
  if (signature === 'zip') {
    const found = kind.container === 'zip' || kind.container === 'text' ? packageOf(bytes) : undefined;
    if (found === 'iwork') throw new AppError('file_unsupported', { message: savedAs('pages') ?? '' });
    if (kind.container === 'zip' && found === kind.reader) return kind;
    throw mislabelled(FILE_KINDS.find(({ reader }) => reader === found));
  }
  if (signature === 'ole') {
    // An office program puts a password-protected document into the older container.
    if (inUtf16(bytes, 'EncryptedPackage')) throw new AppError('file_password');
    const old = IN_OLE.find(([, stream]) => inUtf16(bytes, stream))?.[0];
    if (old) throw new AppError('file_mislabelled', { message: savedAs(old) ?? '' });
  }
  if (signature !== null && signature === kind.container) return kind;
  if (kind.container === 'text' && signature === null && looksLikeText(bytes)) return kind;
  const other = FILE_KINDS.find(({ container }) => container === signature);
  if (other || kind.container === 'text') throw mislabelled(other);
  // Nothing else is recognised: more likely a broken file than another format.
  throw new AppError(signature === null && !looksLikeText(bytes) ? 'file_damaged' : 'file_mislabelled');
}

const inUtf16 = (bytes: Uint8Array, name: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(name, 'utf16le'));

const SAMPLE_BYTES = 64 * 1024;
const MAX_CONTROL_SHARE = 0.02;
/** A stray control character does not make a short note binary. */
const MAX_CONTROL_COUNT = 3;

/** Text in any encoding this reader knows holds hardly any control characters. */
function looksLikeText(bytes: Uint8Array): boolean {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) return bytes.length % 2 === 0;
  if (unmarkedUtf16(bytes)) return true;
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let control = 0;
  for (const byte of sample) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b)
      control += 1;
  }
  return control <= Math.max(MAX_CONTROL_COUNT, MAX_CONTROL_SHARE * sample.length);
}
