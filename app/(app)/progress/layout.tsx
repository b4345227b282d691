import type { ReactNode } from 'react';
import { Texts } from '@/lib/language/server-text';

export default function ProgressLayout({ children }: { children: ReactNode }) {
  return <Texts of={['progress']}>{children}</Texts>;
}
