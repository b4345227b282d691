import type { ReactNode } from 'react';
import { Texts } from '@/lib/language/server-text';

export default function AdminLayout({ children }: { children: ReactNode }) {
  return <Texts of={['admin']}>{children}</Texts>;
}
