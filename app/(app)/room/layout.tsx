import type { ReactNode } from 'react';
import { Texts } from '@/lib/language/server-text';

export default function RoomLayout({ children }: { children: ReactNode }) {
  return <Texts of={['chat', 'markdown', 'quiz', 'room']}>{children}</Texts>;
}
