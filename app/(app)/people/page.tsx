import { titled } from '@/lib/language/server-text';

export const generateMetadata = titled('People');

/** The list is drawn by the layout; nobody is open. */
export default function PeoplePage() {
  return null;
}
