/** The longest name a topic may have; longer ones come from headings that are whole sentences. */
export const MAX_TOPIC_CHARACTERS = 200;

/** A topic as it is shown: one line, no longer than a title. */
export const cleanTopic = (topic: string): string =>
  topic.replace(/\s+/g, ' ').trim().slice(0, MAX_TOPIC_CHARACTERS);

/** Under which a topic is known whatever its case and spacing. */
export const topicKey = (topic: string): string => cleanTopic(topic).normalize('NFKC').toLowerCase();

/** The spelling used last stands for the topic; of two used at the same moment the first in the alphabet. */
export type Spelling = { topic: string; atMs: number };

export function laterSpelling(left: Spelling | undefined, right: Spelling): Spelling {
  if (left === undefined || right.atMs > left.atMs) return right;
  if (right.atMs < left.atMs) return left;
  return right.topic < left.topic ? right : left;
}

/** Whether a text (the title of a task, a goal) is about a topic: it names the topic as whole words. */
export function isAbout(text: string, key: string): boolean {
  if (key === '') return false;
  const folded = topicKey(text);
  for (let start = folded.indexOf(key); start !== -1; start = folded.indexOf(key, start + 1)) {
    const before = folded[start - 1] ?? ' ';
    const after = folded[start + key.length] ?? ' ';
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}
