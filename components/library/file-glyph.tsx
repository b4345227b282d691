import { FileText, NotebookText, Table2 } from 'lucide-react';

/** Rows are a table, Markdown is notes, everything else is a page of text. */
export function FileGlyph({ fileName }: { fileName: string | null }) {
  const name = fileName?.toLowerCase() ?? '';
  const Icon = name.endsWith('.csv') ? Table2 : /\.(md|markdown|txt)$/.test(name) ? NotebookText : FileText;
  return <Icon aria-hidden="true" className="size-4.5 shrink-0 text-ink-3" strokeWidth={1.75} />;
}
