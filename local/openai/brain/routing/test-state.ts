import type { State } from './types.ts';

/** Friday, with two partners, in the middle of a talk. */
export const STATE: State = {
  now: new Date(2026, 10, 20, 14, 5),
  people: [
    { id: 'u-maya', name: 'Maya Lind' },
    { id: 'u-ben', name: 'Ben Oka' },
  ],
  subject: '',
  told: ['My exam is on 14 January and I find tensors hardest'],
  conversation: 'Student: hi\nClerva: Hello.',
};
