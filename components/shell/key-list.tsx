'use client';

import { useText } from '#use-text';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { type Message, text } from '@/lib/language/text';
import { PLACES } from './navigation';

const CTRL = text('Ctrl or ⌘');
const SPACE = text('Space');
const ESCAPE = text('Esc');

/** What `?` and the You page list. A row is added together with the key it names. */
const KEY_GROUPS: readonly {
  where: Message;
  keys: readonly { keys: readonly (string | Message)[]; does: Message }[];
}[] = [
  {
    where: text('Anywhere'),
    keys: [
      { keys: [CTRL, 'K'], does: text('Go to, do or find anything') },
      ...PLACES.map(({ key, label }) => ({ keys: ['G', key.toUpperCase()], does: label })),
      { keys: ['/'], does: text('Find in the library') },
      { keys: ['?'], does: text('Show the keys') },
      { keys: [ESCAPE], does: text('Close what is open') },
    ],
  },
  {
    where: text('Ask'),
    keys: [
      { keys: ['↵'], does: text('Send') },
      { keys: ['⇧', '↵'], does: text('New line') },
      { keys: [ESCAPE], does: text('Stop the answer') },
      { keys: ['[', ']'], does: text('Previous, next passage') },
      { keys: ['O'], does: text('Open the document') },
      { keys: ['↑'], does: text('Edit the last question, in an empty box') },
    ],
  },
  {
    where: text('Quiz'),
    keys: [
      { keys: ['A', 'B', 'C', 'D'], does: text('Choose, or 1 to 4') },
      { keys: ['1', '2', '3'], does: text('How sure: guessing, fairly, certain') },
      { keys: ['↵'], does: text('Next question') },
      { keys: ['F'], does: text('Report the question') },
    ],
  },
  {
    where: text('Review'),
    keys: [
      { keys: [SPACE], does: text('Show the answer') },
      { keys: ['1', '2', '3', '4'], does: text('Again, Hard, Good, Easy') },
      { keys: ['U'], does: text('Undo the last answer') },
      { keys: ['E'], does: text('Edit the card') },
      { keys: ['O'], does: text('Open the passage') },
    ],
  },
  {
    where: text('Room'),
    keys: [
      { keys: ['↵'], does: text('Say it') },
      { keys: ['⇧', '↵'], does: text('New line') },
      { keys: ['L'], does: text('Leave, asks once') },
    ],
  },
  {
    where: text('People'),
    keys: [
      { keys: ['↑', '↓'], does: text('Previous, next person') },
      { keys: ['↵'], does: text('Open the person') },
      { keys: [SPACE], does: text('In the week: switch a half hour') },
      { keys: ['⇧', '↑ ↓ ← →'], does: text('In the week: carry on') },
    ],
  },
  {
    where: text('Reading a document'),
    keys: [
      { keys: ['←', '→'], does: text('Previous, next page') },
      { keys: ['O'], does: text('Open the original file') },
    ],
  },
];

export function KeyList() {
  const t = useText();
  return (
    <div className="grid gap-5">
      {KEY_GROUPS.map(({ where, keys }) => (
        <section key={where.text}>
          <h3 className="pb-1.5 font-semibold">{t(where)}</h3>
          <dl>
            {keys.map((row) => (
              <div
                key={row.does.text}
                className="flex items-center justify-between gap-4 border-rule border-t py-2 last:border-b"
              >
                <dt className="text-ink-2">{t(row.does)}</dt>
                <dd className="flex gap-1">
                  {row.keys.map((key) =>
                    typeof key === 'string' ? <Kbd key={key}>{key}</Kbd> : <Kbd key={key.text}>{t(key)}</Kbd>,
                  )}
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

export const KeyHelp = (props: KeyHelpProps) => {
  const t = useText();
  return (
    <Dialog {...props}>
      <DialogContent
        title={t('Keys')}
        description={t(
          'They act only while no field has the focus. You can switch them off on the You page.',
        )}
      >
        <KeyList />
      </DialogContent>
    </Dialog>
  );
};
