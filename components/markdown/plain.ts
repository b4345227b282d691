import type { Root } from 'hast';

const SIGN = /[\\`*_~[\]<>&$@\n\r\t]|https?:|www\.|mailto:|xmpp:/i;
const BEGINNING = /^(?:\s|[-+#=]|\d{1,9}[.)])/;

/** Whether a text is one paragraph of words to Markdown too, so that nothing has to be fetched to read it. */
export const isPlain = (text: string): boolean => text !== '' && !SIGN.test(text) && !BEGINNING.test(text);

/** What Markdown makes of it. */
export const plainTree = (text: string): Root => ({
  type: 'root',
  children: [
    {
      type: 'element',
      tagName: 'p',
      properties: { dir: 'auto' },
      children: [{ type: 'text', value: text.trimEnd() }],
    },
  ],
});
