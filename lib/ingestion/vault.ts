import { MAX_LABEL_CHARACTERS, MAX_NOTE_CHARACTERS, MAX_TAG_CHARACTERS, MAX_TAGS } from '../domain/bounds.ts';
import { linkName, titleOfNote } from '../domain/note.ts';
import type { Sayings } from '../domain/said.ts';
import { AppError } from '../errors.ts';
import { listening, say, sayAmount } from '../language/said.ts';
import { decodeText } from './extract/encoding.ts';
import { type Archive, openZip } from './extract/zip-guard.ts';

/** Stands in a text for a picture whose address is known once it is kept. */
export const pictureMark = (path: string): string => `clerva-picture:${encodeURIComponent(path)}`;
export const PICTURE_MARK = /clerva-picture:([^)\s]+)/g;

export type VaultNote = {
  path: string;
  title: string;
  content: string;
  /** The outermost folder it lies in. */
  course: string | null;
  /** The folders within that one, and what the note itself is marked with. */
  tags: string[];
  /** Paths of its pictures. */
  pictures: string[];
};
export type LeftOut = { name: string; why: string; said: Sayings };

function leave(leftOut: LeftOut[], name: string, make: () => string): void {
  const { made: why, said } = listening(make);
  leftOut.push({ name, why, said });
}
export type Vault = {
  notes: VaultNote[];
  pictures: { path: string; bytes: Uint8Array }[];
  links: { kept: number; broken: number };
  leftOut: LeftOut[];
};

const MAX_NOTES = 2_000;
const MAX_PICTURES = 500;
const MAX_PICTURE_BYTES = 4_000_000;
const NOTE = /\.(?:md|markdown)$/i;
const PICTURE = /\.(?:png|jpe?g|webp)$/i;
/** Settings of programs, and what they threw away. */
const OWN_OF_PROGRAMS = /(?:^|\/)(?:\.[^/]+|__MACOSX|Thumbs\.db|desktop\.ini)(?:\/|$)/i;
const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;
const CODE = /(?:^|\n)(`{3,}|~{3,})[\s\S]*?(?:\n\1|$)|`[^`\n]*`/g;
const WIKI = /(!?)\[\[([^\][|#\n]*)(?:#([^\][|\n]*))?(?:\|([^\][\n]*))?\]\]/g;
const MARKDOWN_LINK = /(!?)\[([^\][\n]*)\]\(<?([^()\s<>]+(?: [^()\s<>]+)*)>?(?:\s+"[^"\n]*")?\)/g;

const baseOf = (path: string) => path.split('/').at(-1) ?? path;
const nameOf = (path: string) => baseOf(path).replace(NOTE, '');
const key = (text: string) => text.normalize('NFC').toLocaleLowerCase();

/** A zip of one folder is that folder. */
function withoutRoot(paths: readonly string[]): (path: string) => string {
  const [first = ''] = paths;
  const root = `${first.split('/')[0]}/`;
  return first.includes('/') && paths.every((path) => path.startsWith(root))
    ? (path) => path.slice(root.length)
    : (path) => path;
}

const isOutside = (path: string) =>
  path.startsWith('/') || /^[a-z]:/i.test(path) || path.split('/').includes('..');

/** Tags as the head of a note lists them: on one line, in brackets or below each other. */
function tagsIn(head: string): string[] {
  const found = /^tags?:[ \t]*(.*(?:\r?\n[ \t]*-[ \t].*)*)/im.exec(head)?.[1] ?? '';
  return found
    .replace(/^\[|\]$/g, '')
    .split(/[,\n]|\s+-\s+|^-\s+/)
    .map((tag) => tag.replace(/^[\s#"'-]+|[\s"']+$/g, ''));
}

const usable = (tags: readonly string[]) =>
  [...new Set(tags.map((tag) => tag.trim().slice(0, MAX_TAG_CHARACTERS).trim()).filter(Boolean))].slice(
    0,
    MAX_TAGS,
  );

/** The same text with every link outside code rewritten. */
function rewritten(text: string, pattern: RegExp, write: (match: RegExpExecArray) => string): string {
  const bare = text.replace(CODE, (code) => code.replace(/[^\n]/g, ' '));
  let result = '';
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    if (bare.slice(match.index, match.index + 2) !== match[0].slice(0, 2)) continue;
    result += text.slice(at, match.index) + write(match);
    at = match.index + match[0].length;
  }
  return result + text.slice(at);
}

const decoded = (address: string) => {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
};

/** Finds a file by what a link calls it: by its path from here, from the top, or by its name alone. */
function finderOf(paths: readonly string[]) {
  const byPath = new Map(paths.map((path) => [key(path), path]));
  const byName = new Map(paths.map((path) => [key(baseOf(path)), path]).toReversed() as [string, string][]);
  return (from: string, called: string): string | undefined => {
    const folder = from.split('/').slice(0, -1);
    const steps: string[] = [];
    for (const step of [...folder, ...called.split('/')]) {
      if (step === '..') steps.pop();
      else if (step !== '.' && step !== '') steps.push(step);
    }
    for (const name of [steps.join('/'), called]) {
      const found = byPath.get(key(name)) ?? byPath.get(key(`${name}.md`));
      if (found) return found;
    }
    return byName.get(key(baseOf(called))) ?? byName.get(key(`${baseOf(called)}.md`));
  };
}

type Find = ReturnType<typeof finderOf>;

/** Files of one name in two folders are told apart by their folder. */
function titlesOf(paths: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    paths.map((path) => {
      const name = linkName(nameOf(path)).slice(0, 150) || 'Untitled note';
      const folder = path.split('/').at(-2);
      let title = taken.has(key(name)) && folder ? `${name} (${linkName(folder)})`.slice(0, 190) : name;
      for (let n = 2; taken.has(key(title)); n++) title = `${name} (${n})`;
      taken.add(key(title));
      return [path, title];
    }),
  );
}

type Opened = {
  archive: Archive;
  /** Whole names in the zip, by those without its one folder. */
  whole: ReadonlyMap<string, string>;
  leftOut: LeftOut[];
  titles: ReadonlyMap<string, string>;
  findNote: Find;
  findPicture: Find;
  links: Vault['links'];
  /** Pictures that some note shows. */
  wanted: Set<string>;
};

/** A picture of a note as Markdown; undefined where it is not in the zip. */
function pictureOf(
  { findPicture, wanted }: Opened,
  own: Set<string>,
  from: string,
  called: string,
  words: string,
) {
  const found = findPicture(from, called);
  if (!found || (!wanted.has(found) && wanted.size >= MAX_PICTURES)) return undefined;
  wanted.add(found);
  own.add(found);
  return `![${words}](${pictureMark(found)})`;
}

/** Links between brackets, as Obsidian writes them, to titles. */
function withWikiLinks(opened: Opened, own: Set<string>, path: string, text: string): string {
  return rewritten(text, WIKI, ([, embeds, name = '', heading, shown]) => {
    const base = baseOf(name);
    if (embeds && PICTURE.test(name)) {
      const isWidth = /^\d+(?:x\d+)?$/.test(shown ?? '');
      const words = shown === undefined || isWidth ? base.replace(PICTURE, '') : shown;
      return pictureOf(opened, own, path, name, words) ?? `*${base}*`;
    }
    const found = name === '' ? path : opened.findNote(path, name);
    opened.links[found ? 'kept' : 'broken']++;
    const called = found ? (opened.titles.get(found) ?? nameOf(found)) : linkName(base);
    const words = shown ?? (found && called !== base && name !== '' ? base : undefined);
    return `[[${called}${heading ? `#${heading}` : ''}${words ? `|${words}` : ''}]]`;
  });
}

/** Links of Markdown to other files of the zip. */
function withFileLinks(opened: Opened, own: Set<string>, path: string, text: string): string {
  return rewritten(text, MARKDOWN_LINK, ([written, embeds, words = '', address = '']) => {
    if (/^[a-z][a-z\d+.-]*:|^#/i.test(address)) return written;
    const called = decoded(address).replace(/#.*$/, '');
    if (embeds) {
      const picture = PICTURE.test(called) ? pictureOf(opened, own, path, called, words) : undefined;
      return picture ?? `*${words || baseOf(called)}*`;
    }
    if (!NOTE.test(called)) return written;
    const found = opened.findNote(path, called);
    opened.links[found ? 'kept' : 'broken']++;
    return `[[${found ? opened.titles.get(found) : linkName(nameOf(called))}|${words.replace(/[[\]|]/g, ' ')}]]`;
  });
}

function noteOf(opened: Opened, path: string): VaultNote | undefined {
  const { archive, whole, titles, leftOut } = opened;
  const raw = decodeText(archive.bytes(whole.get(path) ?? path) ?? new Uint8Array()).text.replaceAll(
    '\r\n',
    '\n',
  );
  const own = new Set<string>();
  const title = titles.get(path) ?? nameOf(path);
  const head = FRONT_MATTER.exec(raw);
  const body = raw.slice(head?.[0].length ?? 0);
  const linked = withFileLinks(opened, own, path, withWikiLinks(opened, own, path, body));
  const isNamed = key(titleOfNote(linked)) === key(title) && /^\s*#\s/m.test(linked);
  const content = isNamed ? linked : `# ${title}\n\n${linked.trimStart()}`;
  if (content.length > MAX_NOTE_CHARACTERS) {
    leave(leftOut, path, () =>
      say('It is longer than {most} characters. Add it as a file.', { most: sayAmount(MAX_NOTE_CHARACTERS) }),
    );
    return undefined;
  }
  const folders = path.split('/').slice(0, -1);
  const inText = [...body.replace(CODE, ' ').matchAll(/(?:^|\s)#(\p{L}[\p{L}\p{N}_/-]*)/gu)];
  return {
    path,
    title,
    content,
    course: folders[0]?.slice(0, MAX_LABEL_CHARACTERS).trim() || null,
    tags: usable([...folders.slice(1), ...tagsIn(head?.[1] ?? ''), ...inText.map(([, tag = '']) => tag)]),
    pictures: [...own],
  };
}

/**
 * Notes of a zip, or of a vault of Obsidian: the outermost folder is the course, those within it are tags, links lead to
 * titles, and each note begins with the name of its file, which is what its links call it.
 */
export function readVault(bytes: Uint8Array): Vault {
  const archive = openZip(bytes);
  const leftOut: LeftOut[] = [];
  const files = archive.names.filter((name) => !name.endsWith('/') && !OWN_OF_PROGRAMS.test(name));
  const inside = files.filter((name) => {
    if (isOutside(name)) leave(leftOut, name, () => say('It names a place outside of the zip.'));
    return !isOutside(name);
  });
  const short = withoutRoot(inside);
  const whole = new Map(inside.map((name) => [short(name), name]));
  const notePaths = [...whole.keys()].filter((path) => NOTE.test(path)).sort();
  const picturePaths = [...whole.keys()].filter((path) => PICTURE.test(path));
  for (const path of whole.keys()) {
    if (!NOTE.test(path) && !PICTURE.test(path))
      leave(leftOut, path, () => say('It is no note and no picture. Add it to the library by itself.'));
  }
  if (notePaths.length === 0) {
    throw new AppError('file_unsupported', { message: 'There are no Markdown notes in this zip.' });
  }
  for (const name of notePaths.splice(MAX_NOTES))
    leave(leftOut, name, () => say('More than {most} notes are not taken at once.', { most: MAX_NOTES }));
  const opened = {
    archive,
    whole,
    leftOut,
    titles: titlesOf(notePaths),
    findNote: finderOf(notePaths),
    findPicture: finderOf(picturePaths),
    links: { kept: 0, broken: 0 },
    wanted: new Set<string>(),
  };
  const notes = notePaths.flatMap((path) => noteOf(opened, path) ?? []);
  const pictures = [...opened.wanted].flatMap((path) => {
    try {
      const found = archive.bytes(whole.get(path) ?? path);
      if (found && found.length > 0 && found.length <= MAX_PICTURE_BYTES)
        return [{ path, bytes: Uint8Array.from(found) }];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
    leave(leftOut, path, () => say('This picture is too large or damaged.'));
    return [];
  });
  return { notes, pictures, links: opened.links, leftOut };
}
