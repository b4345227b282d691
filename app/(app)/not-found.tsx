import { NothingHere } from '@/components/shell/nothing-here';
import { Page } from '@/components/shell/page';

export default function NotFound() {
  return (
    <Page contentClassName="h-full">
      <NothingHere />
    </Page>
  );
}
