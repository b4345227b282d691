import { Page } from '@/components/shell/page';
import { NothingHere } from '@/components/ui/nothing-here';

export default function NotFound() {
  return (
    <Page contentClassName="h-full">
      <NothingHere />
    </Page>
  );
}
