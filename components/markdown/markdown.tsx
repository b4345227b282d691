'use client';

import type { Root } from 'hast';
import { createContext, memo, useContext, useMemo } from 'react';
import { useText } from '#use-text';
import { CopyButton } from '@/components/ui/copy-button';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { type AnswerBlock, type AnswerText, answerBlocks, keyOf } from './answer-blocks';
import { CitationChip } from './citation-chip';
import { draw, type Parts } from './draw';
import { DrawnFormula } from './drawn-formula';
import { textOf } from './hast';
import { isPlain, plainTree } from './plain';
import { useProof } from './proof-context';
import { useDrawn } from './use-drawing';
import { WithParser } from './with-parser';

const isSafeLink = (href: string | undefined): href is string => /^(?:https?:\/\/|mailto:)/i.test(href ?? '');

export const markdownParts: Parts = {
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
      <ScrollRegion label={useText()('Code')} className="rounded-2">
        <pre dir="ltr" className="w-fit min-w-full py-3 pr-14 pl-4 font-mono text-sm">
          {children}
        </pre>
      </ScrollRegion>
      <CopyButton
        label={useText()('Copy code')}
        text={() => (node ? textOf(node).replace(/\n$/, '') : '')}
        className="absolute top-0.5 right-0.5 bg-sunk"
      />
    </div>
  ),
  table: ({ dir, children }) => (
    <ScrollRegion label={useText()('Table')} className="my-4">
      <table dir={dir}>{children}</table>
    </ScrollRegion>
  ),
  figure: ({ children }) => (
    <ScrollRegion label={useText()('Formula')} className="my-4 py-0.5">
      {children}
    </ScrollRegion>
  ),
  data: ({ node }) => node?.data?.drawn && <DrawnFormula drawn={node.data.drawn} />,
  cite: ({ node }) => <KnownChip n={Number(node?.properties.dataN)} />,
  u: ({ node, children }) => (
    <>
      <span data-unsupported="" tabIndex={-1} className="unsupported">
        {children}
      </span>
      {node?.properties.dataLast === 'true' && (
        <>
          {' '}
          <Unproven />
        </>
      )}
    </>
  ),
};

const Unproven = () => <span className="tag">{useText()('not in your notes')}</span>;

function KnownChip({ n }: { n: number }) {
  const citation = useProof().citations.get(n);
  return citation ? <CitationChip citation={citation} /> : null;
}

/** The trees of what came with the page, read on the server: nothing has to be fetched to show it. */
export type ReadBlocks = Readonly<Record<string, Root>>;
export const ReadBlocksContext = createContext<ReadBlocks>({});

/** A tree, with its formulas once they can be drawn. */
export const Tree = ({ tree, source }: { tree: Root; source: string }) =>
  draw(useDrawn(tree, source), markdownParts);

type BlockProps = AnswerBlock & { isGrowing: boolean };

const Block = memo(function Block({ isGrowing, ...block }: BlockProps) {
  const { source, claims } = block;
  const read = useContext(ReadBlocksContext)[keyOf(block)];
  const tree = useMemo(
    () => read ?? (claims === '' && isPlain(source) ? plainTree(source) : undefined),
    [read, claims, source],
  );
  if (tree && !isGrowing) return <Tree tree={tree} source={source} />;
  const words = (
    <p dir="auto" className="whitespace-pre-wrap">
      {source}
    </p>
  );
  return (
    <WithParser otherwise={words}>
      {({ answerTree, completeMarkdown }) => {
        const whole = isGrowing ? completeMarkdown(source) : source;
        return <Tree tree={answerTree({ ...block, source: whole })} source={whole} />;
      }}
    </WithParser>
  );
});

/** An answer: markdown, maths and chips. Raw HTML is shown as text, never run. */
export function Markdown({ text, known, unsupported, isStreaming = false }: AnswerText) {
  const blocks = useMemo(
    () => answerBlocks({ text, known, unsupported, isStreaming }),
    [text, known, unsupported, isStreaming],
  );
  return blocks.map(({ start, ...block }, index) => (
    <Block key={start} {...block} isGrowing={isStreaming && index === blocks.length - 1} />
  ));
}
