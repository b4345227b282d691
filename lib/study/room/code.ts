/** The database makes codes of these: no two can be taken for each other. */
const ALPHABET = /^[2-9ACDEFGHJKMNPQRTVWXY]{6}$/;

/** Letters that no code has, and the sign whoever typed them meant. */
const MEANT: Readonly<Record<string, string>> = { B: '8', S: '5', U: 'V', Z: '2' };

/** The code in what somebody typed or pasted, a whole link included; null when it cannot be one. */
export function readRoomCode(typed: string): string | null {
  const last = typed.trim().split(/[?#]/)[0]?.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const code = [...last.toUpperCase().replace(/[\s\-–_.]+/g, '')].map((sign) => MEANT[sign] ?? sign).join('');
  return ALPHABET.test(code) ? code : null;
}

/** As it is read out: two groups of three. */
export const spokenCode = (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`;

export const roomPath = (code: string) => `/room/${code}`;
