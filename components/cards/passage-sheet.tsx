'use client';

import { PassageSeal, PassageView } from '@/components/passage/passage-view';
import { Dialog, SheetContent } from '@/components/ui/dialog';
import type { StudySource } from '@/lib/domain/citation';
import { paths } from '@/lib/links';
import { locatorText } from '@/lib/study/locator';

type PassageSheetProps = { source: StudySource; open: boolean; onOpenChange: (open: boolean) => void };

/** The page of the student's file that a card was made from, with its words marked. */
export function PassageSheet({ source, open, onOpenChange }: PassageSheetProps) {
  const passage = { n: 1, verdict: 'verified' as const, ...source };
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <SheetContent title={source.title} description={`Passage, ${locatorText(source.locator)}`}>
        <div data-passage-scroll="" className="h-full overflow-y-auto">
          <div
            className="px-6 pt-1 md:pl-18"
            data-document={paths.passage(source.docId, source.locator.index)}
          >
            <PassageView source={passage} />
          </div>
          <PassageSeal source={passage} />
        </div>
      </SheetContent>
    </Dialog>
  );
}
