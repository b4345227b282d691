import { AppError } from '../../errors.ts';
import { cleanText } from './clean.ts';
import { decodeText } from './encoding.ts';
import { htmlToText } from './html.ts';
import { askedOf, checkLength, encodingAccount } from './text.ts';
import type { ExtractedPage, FormatRequest, ReadPages } from './types.ts';

export type Cue = {
  at: number;
  /** When it was over, where that is known. */
  until?: number;
  speaker: string | null;
  text: string;
  /** Somebody else begins to speak, whose name is not told. */
  isTurn?: boolean;
};

/** "00:12:03,450 --> 00:12:05": the hours may be missing, and the sign before the thousandths is either. */
const TIME = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,]\d{1,3}`;
const TIMES = new RegExp(String.raw`^\s*${TIME}\s*-->(?:\s*${TIME})?`);
const SPEAKER =
  /^(?:<v(?:\.[\w.]+)?\s+([^>]{1,80})>|>>\s*([\p{Lu}][\p{L} .'-]{0,40}):\s+|([\p{Lu}][\p{L}.'-]{0,30}(?: [\p{Lu}][\p{L}.'-]{0,30}){0,2}):\s+)/u;
/** In one caption two people may speak, each in a line of their own. */
const DIALOGUE = /^\s*[-–—]\s*(?=\S)/;

/** "00:12:03" */
export function clock(seconds: number): string {
  const part = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${part(seconds / 3_600)}:${part((seconds % 3_600) / 60)}:${part(seconds % 60)}`;
}

/** What each of those who speak in a caption says. */
function turnsOf(lines: readonly string[]): Omit<Cue, 'at' | 'until'>[] {
  const isDialogue = lines.length > 1 && lines.every((line) => DIALOGUE.test(line));
  const parts: string[] = [];
  for (const line of lines.flatMap((one) => one.split(/(?=<v[.\s])/))) {
    if (parts.length === 0 || isDialogue || SPEAKER.test(line)) parts.push(line);
    else parts[parts.length - 1] += ` ${line}`;
  }
  return parts.flatMap((part) => {
    const whole = (isDialogue ? part.replace(DIALOGUE, '') : part).trim();
    const named = SPEAKER.exec(whole);
    const spoken = whole.slice(named?.[0].length ?? 0).replace(/\{\\[^}]*\}|<\d[\d:.]*>/g, '');
    const text = htmlToText(spoken).replace(/\s+/g, ' ').trim();
    const speaker = named?.[1] ?? named?.[2] ?? named?.[3] ?? null;
    return text === '' ? [] : [{ speaker, text, isTurn: isDialogue }];
  });
}

function cuesOf(text: string): Cue[] {
  const lines = text.split('\n');
  const cues: Cue[] = [];
  for (let at = 0; at < lines.length; at++) {
    const times = TIMES.exec(lines[at] ?? '');
    if (!times) continue;
    const seconds = (hours = '0', minutes = '0', rest = '0') =>
      Number(hours) * 3_600 + Number(minutes) * 60 + Number(rest);
    const said: string[] = [];
    for (at += 1; at < lines.length && (lines[at] ?? '').trim() !== ''; at++) said.push(lines[at] ?? '');
    const began = seconds(times[1], times[2], times[3]);
    const until = times[6] === undefined ? began : seconds(times[4], times[5], times[6]);
    for (const turn of turnsOf(said)) cues.push({ at: began, until, ...turn });
  }
  return cues;
}

const LINE_CHARACTERS = 400;
const PAGE_CHARACTERS = 3_000;
/** A breath: after so many seconds of silence something else begins. */
const SILENCE_SECONDS = 5;

/** Sentences run over captions, so they are joined up to where one ends, another speaks or a breath has passed. */
function linesOf(cues: readonly Cue[], lineCharacters: number): { at: number; text: string }[] {
  const lines: { at: number; text: string; speaker: string | null }[] = [];
  let [speaker, isOver, before]: [string | null, boolean, string] = [null, true, ''];
  let silentFrom = Number.POSITIVE_INFINITY;
  for (const cue of cues) {
    const isSilent = cue.at - silentFrom >= SILENCE_SECONDS;
    silentFrom = cue.until ?? Number.POSITIVE_INFINITY;
    // Captions made by a machine roll: a line is shown again with the next.
    const text =
      before !== '' && cue.text.startsWith(`${before} `) ? cue.text.slice(before.length + 1) : cue.text;
    const isRepeated = cue.text === before;
    before = cue.text;
    if (isRepeated) continue;
    const last = lines.at(-1);
    const isOther = cue.isTurn || (cue.speaker !== null && cue.speaker !== speaker);
    if (!last || isOver || isSilent || isOther) {
      speaker = cue.speaker ?? speaker;
      lines.push({ at: cue.at, text: cue.speaker ? `${cue.speaker}: ${text}` : text, speaker });
    } else last.text += ` ${text}`;
    const { length } = lines.at(-1)?.text ?? '';
    isOver = length >= lineCharacters || (length >= lineCharacters / 2 && /[.!?。！？]["”')]?$/.test(text));
  }
  return lines;
}

export async function extractCaptions(request: FormatRequest): Promise<ReadPages> {
  const decoded = decodeText(request.bytes, request.encoding);
  const text = cleanText(decoded.text);
  if (text === '') throw new AppError('file_empty');
  checkLength(text.length, request.limits);
  const cues = cuesOf(text);
  if (cues.length === 0) {
    throw new AppError('file_damaged', {
      message: 'No times were found in this file of captions. Save it as .srt or .vtt anew.',
    });
  }
  return { ...askedOf(spokenPages(cues), request), account: encodingAccount(decoded) };
}

/** What was said, as pages of lines with the second each begins at. */
export function spokenPages(cues: readonly Cue[], lineCharacters = LINE_CHARACTERS): ExtractedPage[] {
  const pages: ExtractedPage[] = [];
  let [held, label]: [string[], string] = [[], ''];
  const flush = () => {
    if (held.length > 0) pages.push({ page: pages.length + 1, label, content: held.join('\n\n') });
    held = [];
  };
  for (const line of linesOf(cues, lineCharacters)) {
    if (held.join('').length + line.text.length > PAGE_CHARACTERS) flush();
    if (held.length === 0) label = clock(line.at);
    held.push(`[${clock(line.at)}] ${line.text}`);
  }
  flush();
  return pages;
}
