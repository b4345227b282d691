import { replacePersonal } from '../privacy/find.ts';

/**
 * What opens a door, wherever text leaves the place it was written in: logs, reports of failures, names of conversations.
 * What stands for a person is found by `lib/privacy`, as for the model. Free of Node, for the page reports as well.
 */
type Rule = { find: RegExp; put: string };

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
];

/** Text without what stands for a person or opens a door. */
export function redact(text: string): string {
  const locked = RULES.reduce((rest, { find, put }) => rest.replace(find, put), text);
  return replacePersonal(locked, ({ kind }) => `[${kind}]`);
}

/** The fixed words of our addresses; everything else in one is an id, or what a student called something. */
const WORDS = new Set(
  `api ai-agent abort approvals attach chat models regenerate version calls cancel sign stop stream availability import badges decks export documents file from-url ingest pages sections passage-changes make note images vault batch edit new find highlights slides pdf
  threads thread save conversations continue share share-links shared all
  flashcards keep reviews undo upload health inngest nudges people block report presence me blocked plans offer calendar.ics tasks
  push profile days contests topics quizzes exam attempts items answers finish ready realtime shell offline.settings token rooms messages notes timer race join ask
  library plan practice cards quiz review progress room you auth with confirm sign-out forgot-password new-email new-password sign-in
  sign-up upload admin audit activity handoff _next static
  status detailed metrics cost usage privacy terms personas persona memory pause openapi.json docs tools mcp metadata
  account erasures erased`.split(/\s+/),
);

/** The route that a path belongs to: `/api/documents/[id]`. */
export const routeName = (path: string): string =>
  path
    .split('?', 1)
    .join()
    .split('/')
    .map((word) => (word === '' || word.startsWith('[') || WORDS.has(word) ? word : '[id]'))
    .join('/');
