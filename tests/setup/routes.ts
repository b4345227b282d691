import { globSync, readFileSync } from 'node:fs';
import { METHODS } from '../../lib/http/methods.ts';

/** The files of all routes but the one that answers for every other address. */
export const routeFiles = globSync('app/api/**/route.ts').filter((file) => !file.includes('[...path]'));

/** The methods a route takes, by its source: what stands in its last line are those it refuses. */
export function methodsTakenBy(file: string) {
  const source = readFileSync(file, 'utf8').replace(/export const \{[^}]*\} = otherMethods\(.*/g, '');
  return METHODS.filter((method) => new RegExp(`^export (?!type).*\\b${method}\\b`, 'm').test(source));
}
