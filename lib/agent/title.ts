import { redact } from '../observability/redact.ts';

const MAX_TITLE = 60;

/** What a conversation is called where it has no name yet. */
export const titleOf = ({ title }: { title: string | null }): string => title ?? 'New conversation';

/** What people put in front of a question; the title is about the question. */
const OPENING =
  /^(?:(?:hi|hello|hey|please|ok|okay|so)[,!.]?\s+|(?:can|could|would|will) you (?:please )?(?:tell me |explain (?:to me )?|show me )?|(?:tell|show|give) me (?:about )?|i (?:want|need|would like) to know )+/i;

/** Markdown goes only where it is markdown: `17*23`, `binary_search`, `a[0]` and `C#` are what was asked about. */
const withoutMarkup = (line: string): string =>
  line
    .replace(/^\s*(?:(?:#{1,6}|>|[-*+])\s+)+/, '')
    .replace(/!?\[([^\]]+)\]\([^)\s]*\)/g, '$1')
    .replace(/(`+)([^`]+)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*])(\*{1,3})(?=\S)([^*]+)(?<=\S)\1(?![\p{L}\p{N}*])/gu, '$2');

/**
 * A thread's name, from its first question alone: no model call, and always the same. It stands in lists that others at the
 * same screen see, so what stands for a person is not in it.
 */
export function titleFromQuestion(question: string): string {
  const line = question.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  const plain = withoutMarkup(redact(line)).replace(/\s+/g, ' ').trim();
  const bare = plain.replace(OPENING, '') || plain;
  const isName = /^\p{L}+[\p{N}_([.+#*]/u.test(bare);
  const title = isName ? bare : bare.charAt(0).toLocaleUpperCase() + bare.slice(1);
  const characters = [...title];
  if (/^[\s*_#>`-]*$/.test(title)) return titleOf({ title: null });
  if (characters.length <= MAX_TITLE) return title;
  const cut = characters.slice(0, MAX_TITLE).join('');
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > MAX_TITLE / 2 ? space : cut.length).replace(/[\s,;:.–-]+$/, '')}…`;
}
