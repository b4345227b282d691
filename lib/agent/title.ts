const MAX_TITLE = 60;

/** What people put in front of a question; the title is about the question. */
const OPENING =
  /^(?:(?:hi|hello|hey|please|ok|okay|so)[,!.]?\s+|(?:can|could|would|will) you (?:please )?(?:tell me |explain (?:to me )?|show me )?|(?:tell|show|give) me (?:about )?|i (?:want|need|would like) to know )+/i;

/** A thread's name, from its first question alone: no model call, and always the same. */
export function titleFromQuestion(question: string): string {
  const line = question.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  const plain = line
    .replace(/[`*_#>[\]]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const bare = plain.replace(OPENING, '') || plain;
  const title = bare.charAt(0).toLocaleUpperCase() + bare.slice(1);
  const characters = [...title];
  if (characters.length <= MAX_TITLE) return title || 'New conversation';
  const cut = characters.slice(0, MAX_TITLE).join('');
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > MAX_TITLE / 2 ? space : cut.length).replace(/[\s,;:.–-]+$/, '')}…`;
}
