import { NothingHere } from '@/components/ui/nothing-here';
import { titled } from '@/lib/language/server-text';

export const generateMetadata = titled('Nothing here');

export default function NotFound() {
  return (
    <main className="h-dvh">
      <NothingHere />
    </main>
  );
}
