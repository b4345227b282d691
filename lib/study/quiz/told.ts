import type { AttemptAnswer, QuizFormat, QuizItem } from '../../domain/quiz.ts';

type Asked = Pick<QuizItem, 'choices' | 'format' | 'prompts'>;

const textIn = ({ choices }: { choices: readonly { id: string; text: string }[] }, id: string) =>
  choices.find((choice) => choice.id === id)?.text ?? '';

/** The texts that ids with commas stand for, in their order. */
export const textsOf = (item: { choices: readonly { id: string; text: string }[] }, ids: string): string[] =>
  ids.split(',').map((id) => textIn(item, id));

const SEPARATOR: Partial<Record<QuizFormat, string>> = { matching: ' · ', ordering: ' → ' };

/** An answer in words, whatever its format; null when it was skipped. */
export function givenText(
  item: Pick<Asked, 'format'> & { choices: readonly { id: string; text: string }[] },
  { optionId, text }: Pick<AttemptAnswer, 'optionId' | 'text'>,
): string | null {
  const { format = 'choice' } = item;
  if (optionId === null) return null;
  if (format === 'typed') return text ?? '';
  const said = textsOf(item, optionId).join(SEPARATOR[format] ?? '');
  return format === 'truth' && text ? `${said}, ${text}` : said;
}

/** What is right, in words. */
export function rightText(
  item: Pick<Asked, 'format'> & { choices: readonly { id: string; text: string }[] },
  { answer, right }: Pick<QuizItem, 'answer' | 'right'>,
): string {
  const { format = 'choice' } = item;
  if (format === 'typed') return answer;
  const said = textsOf(item, answer).join(SEPARATOR[format] ?? '');
  return format === 'truth' && answer === 'false' && right ? `${said}: ${right}` : said;
}
