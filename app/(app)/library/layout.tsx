import type { ReactNode } from 'react';
import { Texts } from '@/lib/language/server-text';

export default function LibraryLayout({ children }: { children: ReactNode }) {
  return <Texts of={['chooser', 'library', 'markdown', 'notes', 'passage']}>{children}</Texts>;
}
