export { databaseError } from '../errors.ts';
