export type { Card, CardOrder } from './types.ts';
export { writeCards } from './write-cards.ts';
