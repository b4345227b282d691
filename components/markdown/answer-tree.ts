import type { Root } from 'hast';
import remend from 'remend';
import type { AnswerBlock } from './answer-blocks';
import { treeOf } from './parse';
import { rehypeCitations } from './rehype-citations';
import { type ClaimRange, rehypeUnsupported } from './rehype-unsupported';

/** A citation of which only the start has arrived; shown when it is whole. */
const HALF_MARKER = /\s*\[\d{0,3}$/;

/** Closes what is still open at the end of a growing text. */
export const completeMarkdown = (source: string) =>
  remend(source.replace(HALF_MARKER, ''), { linkMode: 'text-only', singleTilde: false, katex: true });

const numbersIn = (text: string) => text.split(' ').filter(Boolean);

/** What is shown of it, before its formulas are drawn. */
export function answerTree({ source, known, claims }: AnswerBlock): Root {
  const ranges = numbersIn(claims).map((range): ClaimRange => {
    const [start = 0, end = 0] = range.split('-').map(Number);
    return { start, end };
  });
  return treeOf(source, [
    rehypeUnsupported({ claims: ranges, markdown: source }),
    rehypeCitations({ known: new Set(numbersIn(known).map(Number)) }),
  ]);
}
