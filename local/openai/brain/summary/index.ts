export { type Summary, writeSummary } from './write-summary.ts';
