import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import { decodeText } from '../extract/encoding.ts';
import { htmlToText } from '../extract/html.ts';
import { extensionOf, type FileKind, kindOfName, kindOfType } from '../kinds.ts';
import { type FetchedPage, type FetchOptions, fetchPage } from './fetch-page.ts';

/** What an address gave, as a file of a kind that is read. */
export type UrlFile = {
  bytes: Uint8Array;
  extension: string;
  mimeType: string;
  fileName: string;
  title: string | null;
};

const YOUTUBE = /^(?:www\.|m\.)?(?:youtube\.com|youtu\.be|youtube-nocookie\.com)$/;
const HEAD_BYTES = 65_536;
const MOST_LIST_CHARACTERS = 200_000;

/** By what the server says it is, else by the name; a page of text is whatever its name says. */
function kindOf({ contentType, fileName }: FetchedPage): FileKind | undefined {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/xhtml+xml') return kindOfType('text/html');
  const byName = kindOfName(fileName);
  if (/^(?:text\/plain|application\/octet-stream|binary\/octet-stream|application\/zip|)$/.test(type)) {
    return byName ?? (type === 'text/plain' ? kindOfType('text/plain') : undefined);
  }
  return kindOfType(type);
}

function titleOf(bytes: Uint8Array): string | null {
  const head = decodeText(bytes.subarray(0, HEAD_BYTES)).text;
  const title = /<title\b[^>]{0,200}>([^<]{1,500})</i.exec(head)?.[1];
  const text = title === undefined ? '' : htmlToText(title).replace(/\s+/g, ' ').trim();
  return text === '' ? null : text.slice(0, 200);
}

const withEnding = (name: string, extension: string): string => {
  const bare = name.replace(/[\p{Cc}/\\]/gu, '_').slice(0, 200) || 'page';
  return extensionOf(bare) === extension ? bare : `${bare}.${extension}`;
};

function fileOf(page: FetchedPage): UrlFile {
  const kind = kindOf(page);
  if (page.bytes.length === 0)
    throw new AppError('file_empty', { message: 'There is nothing at this address.' });
  if (!kind) {
    const type = page.contentType.split(';')[0]?.slice(0, 60) || 'no kind at all';
    throw new AppError('file_unsupported', {
      message: () => say('What is at this address ({type}) cannot be read.', { type }),
    });
  }
  const named = extensionOf(page.fileName);
  const extension = kind.extensions.find((one) => one === named) ?? kind.extensions[0];
  const title = kind.reader === 'html' ? titleOf(page.bytes) : null;
  return {
    bytes: page.bytes,
    extension,
    mimeType: kind.mimeType,
    fileName: withEnding(page.fileName, extension),
    title,
  };
}

const tracksSchema = z.array(
  z.object({ baseUrl: z.url(), languageCode: z.string().default(''), kind: z.string().optional() }),
);

/** The list of a script that begins behind a name, to its own end: what stands in quotes ends nothing. */
function listBehind(script: string, name: string): string {
  const from = script.indexOf(name) + name.length;
  const text = script.slice(from, from + MOST_LIST_CHARACTERS);
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]]/g)) {
    if (sign === '[') depth += 1;
    if (sign === ']') depth -= 1;
    if (sign === ']' && depth === 0) return text.slice(0, index + 1);
  }
  return '';
}

/** A recording by the words shown below it, those that a person wrote before those of a machine. */
async function captionsOf(page: FetchedPage, options: FetchOptions): Promise<UrlFile> {
  const none = () =>
    new AppError('file_unsupported', {
      message: 'This video has no captions that can be read. Add a transcript of it as a file.',
    });
  const html = decodeText(page.bytes).text;
  let tracks: z.output<typeof tracksSchema>;
  try {
    tracks = tracksSchema.parse(JSON.parse(listBehind(html, '"captionTracks":')));
  } catch {
    // It has none, or the page is built otherwise by now.
    throw none();
  }
  const track = tracks.find(({ kind }) => kind !== 'asr') ?? tracks[0];
  if (!track || !YOUTUBE.test(new URL(track.baseUrl).hostname)) throw none();
  const address = new URL(track.baseUrl);
  address.searchParams.set('fmt', 'vtt');
  const { bytes } = await fetchPage(address.href, options);
  if (!decodeText(bytes).text.startsWith('WEBVTT')) throw none();
  const title = titleOf(page.bytes)?.replace(/ - YouTube$/, '') ?? null;
  return {
    bytes,
    extension: 'vtt',
    mimeType: 'text/vtt',
    fileName: withEnding(title ?? 'video', 'vtt'),
    title,
  };
}

export async function readUrl(written: string, options: FetchOptions): Promise<UrlFile> {
  const page = await fetchPage(written, options);
  // A page that asks for consent stands at another address, and is not what was asked for.
  const isVideo = [written, page.url].some((url) => URL.canParse(url) && YOUTUBE.test(new URL(url).hostname));
  return isVideo ? captionsOf(page, options) : fileOf(page);
}
