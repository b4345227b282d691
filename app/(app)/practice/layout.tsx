import type { ReactNode } from 'react';
import { Texts } from '@/lib/language/server-text';

export default function PracticeLayout({ children }: { children: ReactNode }) {
  return <Texts of={['cards', 'markdown', 'passage', 'practice', 'quiz']}>{children}</Texts>;
}
