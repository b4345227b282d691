import { serverEnv } from '../env.ts';
import { text } from '../language/text.ts';

/** What an operator may switch on with `FEATURE_FLAGS`, and what it does. */
export const FLAGS = {
  'adapters.dry_run': text('Adapters that leave this server answer with what they would have sent.'),
  'adapters.calculate.off': text('Nothing is calculated.'),
  'adapters.webSearch.off': text('The web is not searched, whatever keys there are.'),
  'adapters.analyzeImage.off': text('Pictures are not described.'),
  'adapters.transcribeAudio.off': text(
    'No minute of a recording is written down on demand; recordings are read as ever.',
  ),
  'adapters.exportSheet.off': text('No tables are given for spreadsheet programs.'),
  'brand_guard.precheck': text(
    'What a student writes is checked against the school’s rules before the model reads it.',
  ),
  'handoff.google_ia.payload_only': text(
    'A hand-off builds what it would give to the other assistant and sends nothing.',
  ),
} as const;
export type Flag = keyof typeof FLAGS;

export const isFlag = (name: string): name is Flag => Object.hasOwn(FLAGS, name);

/** The flags of a list with commas, and the names in it that are none. A name is taken as it is written, or not at all. */
export function parseFlags(list: string | undefined): { on: Set<Flag>; unknown: string[] } {
  const names = [...new Set((list ?? '').split(',').map((name) => name.trim()))].filter(
    (name) => name !== '',
  );
  return { on: new Set(names.filter(isFlag)), unknown: names.filter((name) => !isFlag(name)) };
}

export const isEnabled = (flag: Flag): boolean => parseFlags(serverEnv().FEATURE_FLAGS).on.has(flag);

/** What to tell the operator at the start; undefined when every name is known. */
export function flagWarning(list: string | undefined): string | undefined {
  const { unknown } = parseFlags(list);
  if (unknown.length === 0) return undefined;
  return `FEATURE_FLAGS names what is no flag: ${unknown.join(', ')}. Known are ${Object.keys(FLAGS).join(', ')}.`;
}
