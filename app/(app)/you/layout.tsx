import type { ReactNode } from 'react';
import { Texts } from '@/lib/language/server-text';

export default function YouLayout({ children }: { children: ReactNode }) {
  return <Texts of={['people', 'you']}>{children}</Texts>;
}
