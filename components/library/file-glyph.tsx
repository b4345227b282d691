import { FileText, NotebookText, Table2 } from 'lucide-react';
import { kindOfName } from '@/lib/ingestion/kinds';

/** Rows are a table, Markdown is notes, everything else is a page of text. */
export function FileGlyph({ fileName }: { fileName: string | null }) {
  const kind = kindOfName(fileName ?? '');
  const Icon = kind?.locator === 'row' ? Table2 : kind?.reader === 'text' ? NotebookText : FileText;
  return <Icon aria-hidden="true" className="size-4.5 shrink-0 text-ink-3" strokeWidth={1.75} />;
}
