import { decodeNamedCharacterReference } from 'decode-named-character-reference';

const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]\w{1,30}));/gi;
const HIGHEST_CODE_POINT = 0x10_ff_ff;

/** Text with the characters that HTML writes by name or number. A name that nobody knows stays as it is. */
export function decodeEntities(html: string): string {
  return html.replace(ENTITY, (whole, decimal, hex, name) => {
    if (name !== undefined) {
      return (
        decodeNamedCharacterReference(name) || decodeNamedCharacterReference(name.toLowerCase()) || whole
      );
    }
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= HIGHEST_CODE_POINT ? String.fromCodePoint(code) : '';
  });
}
