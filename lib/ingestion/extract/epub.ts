import { AppError } from '../../errors.ts';
import { say } from '../../language/said.ts';
import { notesOf } from '../../study/account.ts';
import { htmlToText, readPage } from './html.ts';
import { headingsOf } from './sections.ts';
import { sectionExtraction } from './text.ts';
import type { FormatRequest, ReadPages } from './types.ts';
import { allOf, textOf, type XmlElement, xmlTree } from './xml.ts';
import { type Archive, openZip } from './zip-guard.ts';

const MOST_CHAPTERS = 3_000;

/** A path as seen from a part, without what stands behind `#`. */
function resolved(from: string, href: string): string {
  const path = from.split('/').slice(0, -1);
  const plain = href.split('#')[0] ?? '';
  for (const step of decoded(plain).split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.' && step !== '') path.push(step);
  }
  return path.join('/');
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return href;
  }
}

/** Fonts may be scrambled, text may not. */
function checkOpen(archive: Archive): void {
  const xml = archive.text('META-INF/encryption.xml');
  if (archive.names.includes('META-INF/rights.xml') || (xml && hasEncryptedText(xml))) {
    throw new AppError('file_password', {
      message:
        'This book is protected against copying, so I cannot open it. Add a version without protection.',
    });
  }
}

const hasEncryptedText = (xml: string): boolean =>
  [...allOf(xmlTree(xml), 'CipherReference')].some(({ attributes }) =>
    /\.x?html?$/i.test(attributes.URI ?? ''),
  );

/** Names of chapters from both kinds of contents, the older and the newer. */
function titlesOf(archive: Archive, contents: readonly string[]): Map<string, string> {
  const titles = new Map<string, string>();
  const note = (from: string, href: string | undefined, title: string) => {
    const path = resolved(from, href ?? '');
    const name = title.replace(/\s+/g, ' ').trim();
    if (name !== '' && !titles.has(path)) titles.set(path, name);
  };
  for (const part of contents) {
    const xml = archive.text(part);
    if (xml === undefined) continue;
    if (/\.ncx$/i.test(part)) {
      for (const point of allOf(xmlTree(xml), 'navPoint')) {
        const label = [...allOf(point, 'text')][0];
        note(part, [...allOf(point, 'content')][0]?.attributes.src, label ? textOf(label) : '');
      }
    } else {
      for (const { 1: href, 2: inner = '' } of xml.matchAll(
        /<a\b[^>]{0,500}?href\s*=\s*["']([^"']{1,500})["'][^>]{0,500}>([\s\S]{0,500}?)<\/a>/gi,
      )) {
        note(part, href, htmlToText(inner));
      }
    }
  }
  return titles;
}

type Book = { path: string; chapters: string[]; contents: string[] };

function bookOf(archive: Archive): Book {
  const container = archive.text('META-INF/container.xml');
  const path = container && [...allOf(xmlTree(container), 'rootfile')][0]?.attributes['full-path'];
  const opf = path && archive.text(path);
  if (!path || !opf) throw new AppError('file_damaged');
  const book = xmlTree(opf);
  const manifest = new Map<string, XmlElement>();
  for (const item of allOf(book, 'item')) manifest.set(item.attributes.id ?? '', item);
  const hrefOf = (item: XmlElement | undefined) => (item ? resolved(path, item.attributes.href ?? '') : '');
  const order = [...allOf(book, 'itemref')].map(({ attributes }) =>
    hrefOf(manifest.get(attributes.idref ?? '')),
  );
  const contents = [...manifest.values()].filter(
    ({ attributes }) =>
      /\bnav\b/.test(attributes.properties ?? '') || attributes['media-type'] === 'application/x-dtbncx+xml',
  );
  // A chapter is read once, however often it is named.
  return { path, chapters: [...new Set(order)].filter(Boolean), contents: contents.map(hrefOf) };
}

export async function extractEpub(request: FormatRequest): Promise<ReadPages> {
  const archive = openZip(request.bytes);
  checkOpen(archive);
  const { chapters, contents } = bookOf(archive);
  if (chapters.length > MOST_CHAPTERS) {
    throw new AppError('file_too_large', {
      message: () => say('This book has more than {most} parts. Split it.', { most: MOST_CHAPTERS }),
    });
  }
  const titles = titlesOf(archive, contents);
  let missing = 0;
  let droppedPictures = 0;
  const texts = chapters.flatMap((part) => {
    const html = archive.text(part);
    if (html === undefined) missing += 1;
    if (html === undefined || (/\bepub:type\s*=\s*["']toc["']/.test(html) && contents.includes(part)))
      return [];
    droppedPictures += html.match(/<(?:img|image)\b/gi)?.length ?? 0;
    const { text } = readPage(html);
    const title = titles.get(part);
    return headingsOf(text).length === 0 && title && text.trim() !== '' ? [`# ${title}\n\n${text}`] : [text];
  });
  if (missing > 0 && missing === chapters.length) throw new AppError('file_damaged');
  const notes = notesOf(() =>
    missing > 0 ? [say('Parts that the book names and does not hold: {missing}.', { missing })] : [],
  );
  return sectionExtraction(texts.join('\n\n'), request, { droppedPictures, ...notes });
}
