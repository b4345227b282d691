/**
 * What stands for a person or opens a door, wherever text leaves the place it was written in: logs, reports of failures,
 * names of conversations. One list of rules for all of them, each narrow enough to leave dates, formulas, numbers of books
 * and ids alone. Free of Node, for the page reports as well.
 */
type Rule = {
  find: RegExp;
  put: string | ((found: string, ...groups: string[]) => string);
};

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** Whether the digits are those of a payment card: its first digits and its check digit. */
function isCard(found: string): boolean {
  const digits = digitsOf(found);
  if (!/^(?:[3-6]|2[2-7])/.test(digits)) return false;
  const sum = [...digits].toReversed().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Whether the letters and digits check as an account number does (ISO 13616). */
function isIban(found: string): boolean {
  const plain = found.replace(/[ -]/g, '').toUpperCase();
  const moved = plain.slice(4) + plain.slice(0, 4);
  let rest = 0;
  for (const sign of moved) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** Seven to fifteen digits with a country's code; a number with a decimal point is none. */
function isPhone(found: string): boolean {
  const { length } = digitsOf(found);
  return length >= 8 && length <= 17 && !/^\+\d\.\d+$/.test(found);
}

/** An address somewhere in the net; this machine's own says nothing of anybody. */
const isForeignV4 = (found: string) =>
  !/^(?:127\.|0\.0\.0\.0)/.test(found) && found.split('.').every((part) => Number(part) <= 255);

function isForeignV6(found: string): boolean {
  const [head = '', tail, more] = found.split('::');
  const groups = [head, tail ?? ''].flatMap((half) => (half === '' ? [] : half.split(':')));
  const isWhole = tail === undefined ? groups.length === 8 : more === undefined && groups.length < 8;
  // Two words with two colons between them are code more often than an address.
  return (
    isWhole && groups.length > 1 && groups.every((group) => /^[\da-f]{1,4}$/i.test(group)) && /\d/.test(found)
  );
}

const when = (holds: (found: string) => boolean, put: string) => (found: string) =>
  holds(found) ? put : found;

const SECRET = `(?:pass(?:word|wd)?|pwd|secret|api[_-]?key|apikey|(?:access|refresh|id)[_-]?token|token(?:_hash)?|signature|sig|credential|code_verifier|x-amz-[a-z]+)`;

const RULES: Rule[] = [
  // The row that a database refused, with everything the student wrote in it.
  { find: /\b(Failing row contains|Key \([^)\n]{1,200}\)=)\s*\([^\n]*\)/g, put: '$1 ([removed])' },
  // Whoever is named before the host of an address signs in with it.
  {
    find: /\b[a-z][a-z\d+.-]{1,30}:\/\/[^\s"'<>/?#]{0,200}:[^\s"'<>]{0,300}@[^\s"'<>]+/gi,
    put: '[connection]',
  },
  { find: /\b[a-z][a-z\d+.-]{1,30}:\/\/[^\s"'<>/?#@]{1,300}@[^\s"'<>]+/gi, put: '[connection]' },
  // A signed address opens what it names to whoever has it.
  {
    find: /(\bhttps?:\/\/[^\s?#"'<>]{1,500})\?[^\s"'<>]*\b(?:token|sig|signature|secret|key|code|credential|expires|auth|password)[\w-]*=[^\s"'<>]*/gi,
    put: '$1?[key]',
  },
  { find: /\beyJ[\w-]{5,}(?:\.[\w-]*){0,4}/g, put: '[key]' },
  { find: /\b((?:proxy-)?authorization["']?\s*[:=]\s*["']?(?:[a-z]+\s+)?)[^\s"',;]{4,}/gi, put: '$1[key]' },
  { find: /\b(Bearer\s+)(?=[^\s"',;]*\d|[^\s"',;]{20})[\w.~+/=-]{8,}/gi, put: '$1[key]' },
  { find: /\b(Basic\s+)(?=\S*(?:\d|=|[a-z][A-Z]))[\w+/=-]{8,}/g, put: '$1[key]' },
  {
    find: /\b(?:sk-|[spr]k_(?:live|test)_|sb_(?:secret|publishable)_|signkey-|whsec_|gh[opsur]_|github_pat_|glpat-|xox[abeprs]-|hf_|npm_|SG\.|re_|A[KS]IA|AIza|ya29\.)(?=[\w.-]*\d|[\w.-]{16})[\w.-]{8,}/g,
    put: '[key]',
  },
  { find: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, put: '[key]' },
  { find: new RegExp(String.raw`(\b${SECRET}=)["']?[^\s"'&,;]{3,}`, 'gi'), put: '$1[key]' },
  { find: new RegExp(String.raw`(["']${SECRET}["']\s*:\s*["'])[^"'\n]{3,}`, 'gi'), put: '$1[key]' },
  { find: /\b(pass(?:word|wd)|pwd)(:?\s+(?:is\s+)?)(?=\S*\d)\S{6,}/gi, put: '$1$2[key]' },
  {
    find: /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]{1,64}(?:@|%40)[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/giu,
    put: '[email]',
  },
  { find: /(?<![\w-])[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]{2,4}){3,8}(?![\w-])/gi, put: when(isIban, '[iban]') },
  { find: /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-])/g, put: when(isCard, '[card]') },
  { find: /(?<![\w.])\+\d[\d \u00a0\u202f()./-]{5,24}\d(?!\w)/g, put: when(isPhone, '[phone]') },
  { find: /(?<![\w.:-])00[1-9]\d[\d \u00a0\u202f()./-]{5,20}\d(?![\w:-])/g, put: when(isPhone, '[phone]') },
  { find: /(?<![\w.-]|\d )(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])/g, put: '[phone]' },
  { find: /(?<![\w.-]|\d )\(?0[1-9]\d{1,3}\)?[ /-]\d{3,4}[ -]?\d{3,5}(?![\w.-])/g, put: '[phone]' },
  {
    find: /(?<![\w.-]|(?:version|section|chapter|release|v|§) ?)\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)/gi,
    put: when(isForeignV4, '[address]'),
  },
  { find: /(?<![\w:.])[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:])/gi, put: when(isForeignV6, '[address]') },
];

/** Text without what stands for a person or opens a door. */
export function redact(text: string): string {
  return RULES.reduce(
    (rest, { find, put }) => (typeof put === 'string' ? rest.replace(find, put) : rest.replace(find, put)),
    text,
  );
}

/** The fixed words of our addresses; everything else in one is an id, or what a student called something. */
const WORDS = new Set(
  `api ai-agent abort approvals attach chat models regenerate version calls cancel sign stop stream availability import badges decks export documents file ingest pages find
  flashcards keep reviews undo upload health inngest nudges people block report presence me blocked plans calendar.ics tasks
  profile contests topics quizzes attempts items answers finish ready realtime token rooms messages notes timer join ask
  library plan practice cards quiz review progress room you auth confirm sign-out forgot-password new-password sign-in
  sign-up upload admin _next static`.split(/\s+/),
);

/** The route that a path belongs to: `/api/documents/[id]`. */
export const routeName = (path: string): string =>
  path
    .split('?', 1)
    .join()
    .split('/')
    .map((word) => (word === '' || word.startsWith('[') || WORDS.has(word) ? word : '[id]'))
    .join('/');
