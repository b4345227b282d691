import {
  CalendarDays,
  ChartNoAxesColumn,
  Layers,
  Library,
  type LucideIcon,
  MessageSquareText,
  Sun,
  UserRound,
  Users,
} from 'lucide-react';
import { type Message, text } from '@/lib/language/text';
import { paths } from '@/lib/links';

export type Destination = {
  href: string;
  label: Message;
  icon: LucideIcon;
  /** Pressed after `g`. */
  key: string;
  /** Where it stands among the five tabs of a phone; the others are reached from Today. */
  tab?: number;
};

/** Only what exists: a destination is added together with its page. */
export const DESTINATIONS: readonly Destination[] = [
  { href: paths.today, label: text('Today'), icon: Sun, key: 't', tab: 1 },
  { href: paths.ask, label: text('Ask'), icon: MessageSquareText, key: 'a', tab: 2 },
  { href: paths.library, label: text('Library'), icon: Library, key: 'l', tab: 4 },
  { href: paths.practice, label: text('Practice'), icon: Layers, key: 'p', tab: 3 },
  { href: paths.plan, label: text('Plan'), icon: CalendarDays, key: 'w' },
  { href: paths.progress, label: text('Progress'), icon: ChartNoAxesColumn, key: 'r' },
  { href: paths.people, label: text('People'), icon: Users, key: 'u', tab: 5 },
];

/** Where `g` and the menu lead: the destinations, and the student's own page, which has a place of its own on the page. */
export const PLACES: readonly Destination[] = [
  ...DESTINATIONS,
  { href: paths.you, label: text('You'), icon: UserRound, key: 'y' },
];

export const PHONE_TABS: readonly Destination[] = DESTINATIONS.filter(({ tab }) => tab !== undefined).sort(
  (a, b) => (a.tab ?? 0) - (b.tab ?? 0),
);

/** What the rail and the bar of a phone are told. */
export type BarProps = {
  name: string;
  email: string;
  pathname: string;
  onOpenMenu: () => void;
};
