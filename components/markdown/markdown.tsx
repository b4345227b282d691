'use client';

import { memo, useMemo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remend from 'remend';
import { CopyButton } from '@/components/ui/copy-button';
import { ScrollRegion } from '@/components/ui/scroll-region';
import type { Unsupported } from '@/lib/domain/citation';
import { CitationChip } from './citation-chip';
import { textOf } from './hast';
import { dollarDelimiters, rehypePlugins, remarkPlugins } from './maths';
import { useProof } from './proof-context';
import { rehypeCitations } from './rehype-citations';
import { type ClaimRange, rehypeUnsupported } from './rehype-unsupported';
import { type MarkdownBlock, splitBlocks } from './split-blocks';
import { useDrawing } from './use-drawing';

const NO_CLAIMS: readonly ClaimRange[] = [];
const MARKER = /\[(\d{1,3})\]/g;
/** A citation of which only the start has arrived; shown when it is whole. */
const HALF_MARKER = /\s*\[\d{0,3}$/;

const isSafeLink = (href: string | undefined): href is string => /^(?:https?:\/\/|mailto:)/i.test(href ?? '');

export const markdownComponents: Components = {
  a: ({ node, href, children }) =>
    node?.properties.dataFootnoteBackref !== undefined ? null : isSafeLink(href) ? (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="link">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  // A picture on another host would tell that host who reads what; its description is shown instead.
  img: ({ alt }) => (alt ? <em>{alt}</em> : null),
  // Code as written, with one button to take it along.
  pre: ({ node, children }) => (
    <div className="relative my-4 rounded-2 bg-sunk">
      <ScrollRegion label="Code" className="rounded-2">
        <pre dir="ltr" className="w-fit min-w-full py-3 pr-14 pl-4 font-mono text-sm">
          {children}
        </pre>
      </ScrollRegion>
      <CopyButton
        label="Copy code"
        text={() => (node ? textOf(node).replace(/\n$/, '') : '')}
        className="absolute top-0.5 right-0.5 bg-sunk"
      />
    </div>
  ),
  table: ({ dir, children }) => (
    <ScrollRegion label="Table" className="my-4">
      <table dir={dir}>{children}</table>
    </ScrollRegion>
  ),
  figure: ({ children }) => (
    <ScrollRegion label="Formula" className="my-4 py-0.5">
      {children}
    </ScrollRegion>
  ),
  cite: ({ node }) => <KnownChip n={Number(node?.properties.dataN)} />,
  u: ({ node, children }) => (
    <>
      <span data-unsupported="" tabIndex={-1} className="unsupported">
        {children}
      </span>
      {node?.properties.dataLast === 'true' && (
        <>
          {' '}
          <span className="tag">not in your notes</span>
        </>
      )}
    </>
  ),
};

function KnownChip({ n }: { n: number }) {
  const citation = useProof().citations.get(n);
  return citation ? <CitationChip citation={citation} /> : null;
}

type BlockProps = {
  source: string;
  /** The numbers of the known sources in this block, as text so that equal ones compare equal. */
  known: string;
  /** The unsupported claims in this block, as text for the same reason. */
  claims: string;
};

const Block = memo(function Block({ source, known, claims }: BlockProps) {
  const numbers = new Set(known.split(' ').filter(Boolean).map(Number));
  const ranges = claims
    .split(' ')
    .filter(Boolean)
    .map((range): ClaimRange => {
      const [start = 0, end = 0] = range.split('-').map(Number);
      return { start, end };
    });
  return (
    <ReactMarkdown
      components={markdownComponents}
      remarkPlugins={remarkPlugins}
      rehypePlugins={[
        [rehypeUnsupported, { claims: ranges.length > 0 ? ranges : NO_CLAIMS, markdown: source }],
        [rehypeCitations, { known: numbers }],
        ...rehypePlugins,
        ...useDrawing(source),
      ]}
    >
      {source}
    </ReactMarkdown>
  );
});

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

/** Closes what is still open at the end of a growing text. */
export const completeMarkdown = (source: string) =>
  remend(source.replace(HALF_MARKER, ''), { linkMode: 'text-only', singleTilde: false, katex: true });

type MarkdownProps = {
  text: string;
  known: Pick<ReadonlySet<number>, 'has'>;
  unsupported?: readonly Unsupported[];
  isStreaming?: boolean;
};

/** An answer: markdown, maths and chips. Raw HTML is shown as text, never run. */
export function Markdown({ text, known, unsupported = [], isStreaming = false }: MarkdownProps) {
  const blocks = useMemo(() => blocksOf(dollarDelimiters(text), isStreaming), [text, isStreaming]);
  return blocks.map(({ start, source }, index) => {
    const end = start + source.length;
    const numbers = [...source.matchAll(MARKER)].map((match) => Number(match[1]));
    const claims = unsupported.filter((claim) => claim.start < end && claim.end > start);
    return (
      <Block
        key={start}
        source={isStreaming && index === blocks.length - 1 ? completeMarkdown(source) : source}
        known={numbers.filter((n) => known.has(n)).join(' ')}
        claims={claims.map((claim) => `${Math.max(0, claim.start - start)}-${claim.end - start}`).join(' ')}
      />
    );
  });
}
