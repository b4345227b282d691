/** What `?` and the You page list. A row is added together with the key it names. */
export const KEY_GROUPS: readonly {
  where: string;
  keys: readonly { keys: readonly string[]; does: string }[];
}[] = [
  {
    where: 'Anywhere',
    keys: [
      { keys: ['Ctrl or ⌘', 'K'], does: 'Go to, do or find anything' },
      { keys: ['G', 'T'], does: 'Today' },
      { keys: ['G', 'A'], does: 'Ask' },
      { keys: ['G', 'L'], does: 'Library' },
      { keys: ['G', 'P'], does: 'Practice' },
      { keys: ['G', 'W'], does: 'Plan' },
      { keys: ['G', 'R'], does: 'Progress' },
      { keys: ['G', 'U'], does: 'People' },
      { keys: ['G', 'Y'], does: 'You' },
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
