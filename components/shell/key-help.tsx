'use client';

import { Dialog, DialogContent } from '@/components/ui/dialog';
import { KeyList } from './key-list';

type KeyHelpProps = { open: boolean; onOpenChange: (open: boolean) => void };

export function KeyHelp({ open, onOpenChange }: KeyHelpProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title="Keys"
        description="They act only while no field has the focus. You can switch them off on the You page."
      >
        <KeyList />
      </DialogContent>
    </Dialog>
  );
}
