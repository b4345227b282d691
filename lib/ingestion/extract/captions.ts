import { AppError } from '../../errors.ts';
import { cleanText } from './clean.ts';
import { decodeText } from './encoding.ts';
import { htmlToText } from './html.ts';
import { askedOf, checkLength, encodingAccount } from './text.ts';
import type { ExtractedPage, FormatRequest, ReadPages } from './types.ts';

export type Cue = { at: number; speaker: string | null; text: string };

/** "00:12:03,450 --> 00:12:05": the hours may be missing, and the sign before the thousandths is either. */
const TIMES = /^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,]\d{1,3}\s*-->/;
const SPEAKER =
  /^(?:<v(?:\.[\w.]+)?\s+([^>]{1,80})>|>>\s*([\p{Lu}][\p{L} .'-]{0,40}):\s+|([\p{Lu}][\p{L}.'-]{0,30}(?: [\p{Lu}][\p{L}.'-]{0,30}){0,2}):\s+)/u;

/** "00:12:03" */
export function clock(seconds: number): string {
  const part = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${part(seconds / 3_600)}:${part((seconds % 3_600) / 60)}:${part(seconds % 60)}`;
}

function cuesOf(text: string): Cue[] {
  const lines = text.split('\n');
  const cues: Cue[] = [];
  for (let at = 0; at < lines.length; at++) {
    const times = TIMES.exec(lines[at] ?? '');
    if (!times) continue;
    const [, hours = '0', minutes = '0', seconds = '0'] = times;
    const said: string[] = [];
    for (at += 1; at < lines.length && (lines[at] ?? '').trim() !== ''; at++) said.push(lines[at] ?? '');
    const whole = said.join(' ').trim();
    const named = SPEAKER.exec(whole);
    const spoken = htmlToText(
      whole.slice(named?.[0].length ?? 0).replace(/\{\\[^}]*\}|<\d[\d:.]*>/g, ''),
    ).replace(/\s+/g, ' ');
    const speaker = named?.[1] ?? named?.[2] ?? named?.[3] ?? null;
    if (spoken !== '')
      cues.push({
        at: Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds),
        speaker,
        text: spoken,
      });
  }
  return cues;
}

const LINE_CHARACTERS = 400;
const PAGE_CHARACTERS = 3_000;

/** Sentences run over captions, so they are joined up to where one ends, another speaks or a breath has passed. */
function linesOf(cues: readonly Cue[], lineCharacters: number): { at: number; text: string }[] {
  const lines: { at: number; text: string; speaker: string | null }[] = [];
  let [speaker, isOver, before]: [string | null, boolean, string] = [null, true, ''];
  for (const cue of cues) {
    // Captions made by a machine roll: a line is shown again with the next.
    const text =
      before !== '' && cue.text.startsWith(`${before} `) ? cue.text.slice(before.length + 1) : cue.text;
    const isRepeated = cue.text === before;
    before = cue.text;
    if (isRepeated) continue;
    const last = lines.at(-1);
    if (!last || isOver || (cue.speaker !== null && cue.speaker !== speaker)) {
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
