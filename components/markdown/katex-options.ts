// Chemistry: \ce and \pu.
import 'katex/contrib/mhchem';
import type { Element } from 'hast';
import type { KatexOptions } from 'katex';
import { DOLLAR_SIGN } from './dollars';

/** KaTeX writes what it does not know in this colour, which marks a formula that is not readable as drawn. */
export const UNKNOWN = '#0bad0b';

/** Units as siunitx names them, as far as they are plain text. */
const UNITS = {
  '\\SI': '#1\\,\\mathrm{#2}',
  '\\qty': '#1\\,\\mathrm{#2}',
  '\\si': '\\mathrm{#1}',
  '\\unit': '\\mathrm{#1}',
  '\\num': '#1',
};
const MACROS = { ...UNITS, [DOLLAR_SIGN]: '\\$' };

/** Formulas may not load anything, run for long or draw over the page. What one defines holds in no other. */
export const katexOptions = (displayMode: boolean): KatexOptions => ({
  strict: 'ignore',
  trust: false,
  maxSize: 20,
  maxExpand: 500,
  errorColor: UNKNOWN,
  macros: { ...MACROS },
  displayMode,
  throwOnError: false,
});

/** A formula that KaTeX cannot read whole is shown as it was written. */
export const asWritten = (source: string): Element => ({
  type: 'element',
  tagName: 'code',
  properties: { dir: 'ltr' },
  children: [{ type: 'text', value: source.replaceAll(DOLLAR_SIGN, '\\$') }],
});
