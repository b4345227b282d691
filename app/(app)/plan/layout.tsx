import type { ReactNode } from 'react';
import { Texts } from '@/lib/language/server-text';

export default function PlanLayout({ children }: { children: ReactNode }) {
  return <Texts of={['plan']}>{children}</Texts>;
}
