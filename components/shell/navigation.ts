import {
  CalendarDays,
  ChartNoAxesColumn,
  Layers,
  Library,
  type LucideIcon,
  MessageSquareText,
  Sun,
  Users,
} from 'lucide-react';

export type Destination = {
  href: '/' | '/ask' | '/library' | '/practice' | '/plan' | '/progress' | '/people';
  label: string;
  icon: LucideIcon;
  /** Pressed after `g`. */
  key: string;
  /** Where it stands among the five tabs of a phone; the others are reached from Today. */
  tab?: number;
};

/** Only what exists: a destination is added together with its page. */
export const DESTINATIONS: readonly Destination[] = [
  { href: '/', label: 'Today', icon: Sun, key: 't', tab: 1 },
  { href: '/ask', label: 'Ask', icon: MessageSquareText, key: 'a', tab: 2 },
  { href: '/library', label: 'Library', icon: Library, key: 'l', tab: 4 },
  { href: '/practice', label: 'Practice', icon: Layers, key: 'p', tab: 3 },
  { href: '/plan', label: 'Plan', icon: CalendarDays, key: 'w' },
  { href: '/progress', label: 'Progress', icon: ChartNoAxesColumn, key: 'r' },
  { href: '/people', label: 'People', icon: Users, key: 'u', tab: 5 },
];

export const PHONE_TABS: readonly Destination[] = DESTINATIONS.filter(({ tab }) => tab !== undefined).sort(
  (a, b) => (a.tab ?? 0) - (b.tab ?? 0),
);

export const isWithin = (pathname: string, href: string) =>
  href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);

const FOCUS_MODES = ['/practice/quiz', '/practice/review', '/room'];

/** A quiz, a review and a room have the whole screen; their own header leads out. */
export const isFocusMode = (pathname: string) => FOCUS_MODES.some((href) => isWithin(pathname, href));
