import { Library, type LucideIcon, MessageSquareText, Sun } from 'lucide-react';

export type Destination = { href: '/' | '/ask' | '/library'; label: string; icon: LucideIcon; key: string };

/** Only what exists: a destination is added together with its page. */
export const DESTINATIONS: readonly Destination[] = [
  { href: '/', label: 'Today', icon: Sun, key: 't' },
  { href: '/ask', label: 'Ask', icon: MessageSquareText, key: 'a' },
  { href: '/library', label: 'Library', icon: Library, key: 'l' },
];

export const isWithin = (pathname: string, href: string) =>
  href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);
