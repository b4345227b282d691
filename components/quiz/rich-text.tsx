import { clsx } from 'clsx';
import { Markdown } from '@/components/markdown/markdown';

const NO_SOURCES: ReadonlySet<number> = new Set();
/** A formula or code. Everything else stays as it is written: a star or an underscore in a note is no markup. */
const HAS_MARKUP = /\$[^$]+\$|\\\(|\\\[|`[^`]+`/;

/** Text of a question that may hold formulas. */
export function RichText({ text, className }: { text: string; className?: string }) {
  if (!HAS_MARKUP.test(text)) return <span className={clsx('min-w-0', className)}>{text}</span>;
  return (
    <span className={clsx('rich-text min-w-0', className)}>
      <Markdown text={text} known={NO_SOURCES} />
    </span>
  );
}
