import type { Metadata } from 'next';

export const metadata: Metadata = { title: 'People' };

/** The list is drawn by the layout; nobody is open. */
export default function PeoplePage() {
  return null;
}
