import type { QuizRequest } from './types.ts';

const MOST_QUESTIONS = 60;
const DEFAULT_QUESTIONS = 10;

const lineOf = (head: string, name: string): string =>
  new RegExp(`^\\s*${name}:\\s*(.+)$`, 'im').exec(head)?.[1]?.trim() ?? '';

/** Reads what is wanted from the lines above the passages. Words inside a passage are never orders. */
export function readRequest(prompt: string): QuizRequest {
  const [head = ''] = prompt.split('<passage', 1);
  const difficulty = lineOf(head, 'Difficulty').toLowerCase();
  const questions = Number(/\d+/.exec(lineOf(head, 'Questions'))?.[0] ?? DEFAULT_QUESTIONS);
  const rejected = head.split(/^\s*Rejected:\s*$/im)[1] ?? '';
  return {
    topic: lineOf(head, 'Topic'),
    difficulty:
      difficulty === 'easy' || difficulty === 'medium' || difficulty === 'hard' ? difficulty : 'mixed',
    questions: Math.max(0, Math.min(MOST_QUESTIONS, questions)),
    avoid: [
      ...lineOf(head, 'Already asked').split(/\s*;\s*/),
      ...[...rejected.matchAll(/^\s*-\s+(.+)$/gm)].map(([, line = '']) => questionOf(line)),
    ].filter(Boolean),
  };
}

/** "- <question>: <rule and reason>": the question ends with its own mark, or where the last colon is. */
const questionOf = (line: string): string =>
  /^.*?[?”](?=:\s|\s*$)/.exec(line)?.[0] ?? line.replace(/:\s[^:]*$/, '');
