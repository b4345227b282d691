import type { Unsupported } from '@/lib/domain/citation';
import { dollarDelimiters } from './dollars';
import { type MarkdownBlock, splitBlocks } from './split-blocks';

const MARKER = /\[(\d{1,3})\]/g;

/** A piece of an answer. */
export type AnswerBlock = {
  source: string;
  /** The numbers of the known sources in it, as text so that equal ones compare equal. */
  known: string;
  /** The unsupported claims in it, as text for the same reason. */
  claims: string;
};

export const keyOf = ({ source, known, claims }: AnswerBlock) => `${known}|${claims}|${source}`;

const CODE = /^(`{3,}|~{3,})[\s\S]*?(?:^\1|$(?![\s\S]))/gm;
const DEFINITION = /^ {0,3}\[(?!\d{1,3}\])[^\]\n]+\]:\s*\S/m;

/**
 * A footnote or a link defined elsewhere belongs to every block: such a text is read in one piece, once it is there. While
 * it grows that would draw all of it again with every word.
 */
function blocksOf(text: string, isStreaming: boolean): MarkdownBlock[] {
  const isWhole = !isStreaming && text.includes(']:') && DEFINITION.test(text.replace(CODE, ''));
  return isWhole ? [{ start: 0, source: text }] : splitBlocks(text);
}

export type AnswerText = {
  text: string;
  known: Pick<ReadonlySet<number>, 'has'>;
  unsupported?: readonly Unsupported[] | undefined;
  isStreaming?: boolean;
};

/** The pieces of an answer, with what is known of the marks in each. */
export function answerBlocks({ text, known, unsupported = [], isStreaming = false }: AnswerText) {
  return blocksOf(dollarDelimiters(text), isStreaming).map(
    ({ start, source }): AnswerBlock & { start: number } => {
      const end = start + source.length;
      const numbers = [...source.matchAll(MARKER)].map((match) => Number(match[1]));
      const claims = unsupported
        .filter((claim) => claim.start < end && claim.end > start)
        .map((claim) => `${Math.max(0, claim.start - start)}-${claim.end - start}`);
      return {
        start,
        source,
        known: numbers.filter((n) => known.has(n)).join(' '),
        claims: claims.join(' '),
      };
    },
  );
}
