import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A sentence that the router learned from: what it asks for, and which stretches of it name the subject. */
export type Example = {
  /** The tools in the order of their calls, or the kind of talk. */
  wants: string[];
  asks: boolean;
  said: string;
  subjects: { start: number; end: number }[];
  args: Record<string, unknown>;
};

const argsSchema = z.record(z.string(), z.unknown());

/** `[osmosis]` inside a sentence marks its subject. */
export function unmarked(marked: string): Pick<Example, 'said' | 'subjects'> {
  let said = '';
  const subjects: Example['subjects'] = [];
  for (const part of marked.split(/(\[[^\]]*\])/)) {
    const own = part.startsWith('[') ? part.slice(1, -1) : part;
    if (own !== part) subjects.push({ start: said.length, end: said.length + own.length });
    said += own;
  }
  return { said, subjects };
}

export const readExamples = (): Example[] =>
  readFileSync(new URL('./sentences.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [wanted = '', marked = '', args = '{}'] = line.split(' | ');
      return {
        wants: wanted.replace('?', '').split(','),
        asks: wanted.startsWith('?'),
        ...unmarked(marked.replaceAll('\\n', '\n')),
        args: argsSchema.parse(JSON.parse(args)),
      };
    });
