'use client';

import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { PLACES } from './navigation';

/** What `?` and the You page list. A row is added together with the key it names. */
const KEY_GROUPS: readonly {
  where: string;
  keys: readonly { keys: readonly string[]; does: string }[];
}[] = [
  {
    where: 'Anywhere',
    keys: [
      { keys: ['Ctrl or ⌘', 'K'], does: 'Go to, do or find anything' },
      ...PLACES.map(({ key, label }) => ({ keys: ['G', key.toUpperCase()], does: label })),
      { keys: ['/'], does: 'Find in the library' },
      { keys: ['?'], does: 'Show the keys' },
      { keys: ['Esc'], does: 'Close what is open' },
    ],
  },
  {
    where: 'Ask',
    keys: [
      { keys: ['↵'], does: 'Send' },
      { keys: ['⇧', '↵'], does: 'New line' },
      { keys: ['Esc'], does: 'Stop the answer' },
      { keys: ['[', ']'], does: 'Previous, next passage' },
      { keys: ['O'], does: 'Open the document' },
      { keys: ['↑'], does: 'Edit the last question, in an empty box' },
    ],
  },
  {
    where: 'Quiz',
    keys: [
      { keys: ['A', 'B', 'C', 'D'], does: 'Choose, or 1 to 4' },
      { keys: ['1', '2', '3'], does: 'How sure: guessing, fairly, certain' },
      { keys: ['↵'], does: 'Next question' },
      { keys: ['F'], does: 'Report the question' },
    ],
  },
  {
    where: 'Review',
    keys: [
      { keys: ['Space'], does: 'Show the answer' },
      { keys: ['1', '2', '3', '4'], does: 'Again, Hard, Good, Easy' },
      { keys: ['U'], does: 'Undo the last answer' },
      { keys: ['E'], does: 'Edit the card' },
      { keys: ['O'], does: 'Open the passage' },
    ],
  },
  {
    where: 'Room',
    keys: [
      { keys: ['↵'], does: 'Say it' },
      { keys: ['⇧', '↵'], does: 'New line' },
      { keys: ['L'], does: 'Leave, asks once' },
    ],
  },
  {
    where: 'People',
    keys: [
      { keys: ['↑', '↓'], does: 'Previous, next person' },
      { keys: ['↵'], does: 'Open the person' },
      { keys: ['Space'], does: 'In the week: switch a half hour' },
      { keys: ['⇧', '↑ ↓ ← →'], does: 'In the week: carry on' },
    ],
  },
  {
    where: 'Reading a document',
    keys: [
      { keys: ['←', '→'], does: 'Previous, next page' },
      { keys: ['O'], does: 'Open the original file' },
    ],
  },
];

export function KeyList() {
  return (
    <div className="grid gap-5">
      {KEY_GROUPS.map(({ where, keys }) => (
        <section key={where}>
          <h3 className="pb-1.5 font-semibold">{where}</h3>
          <dl>
            {keys.map((row) => (
              <div
                key={row.does}
                className="flex items-center justify-between gap-4 border-rule border-t py-2 last:border-b"
              >
                <dt className="text-ink-2">{row.does}</dt>
                <dd className="flex gap-1">
                  {row.keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

type KeyHelpProps = { open: boolean; onOpenChange: (open: boolean) => void };

export const KeyHelp = (props: KeyHelpProps) => (
  <Dialog {...props}>
    <DialogContent
      title="Keys"
      description="They act only while no field has the focus. You can switch them off on the You page."
    >
      <KeyList />
    </DialogContent>
  </Dialog>
);
