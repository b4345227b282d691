import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { patterns, rewritten, says, which, wordsOf } from './words.ts';

const lines = readFileSync(new URL('./words.txt', import.meta.url), 'utf8').split('\n');
const names = new Set(lines.flatMap((line) => /^([a-z][\w-]*)[^=]* = /.exec(line)?.[1] ?? []));
/** Lists and tables of words, whose signs stand for themselves. */
const LISTS =
  /^(?:ones|tens|relation|(?:around-)?forms|anchors-.*|asking|student-said|clause-end|oneself|ordering|refusing|stating|linking|joins|orders|things|order-.*|verbs|nouns|spellings|stop|english|letters|shape(?:-elsewhere)?|synonyms|samples)$/;

it('every line of the file of words is a pattern that can be read', () => {
  expect(names.size).toBeGreaterThan(150);
  for (const name of names) if (!LISTS.test(name)) expect(() => patterns(name), name).not.toThrow();
});

it('every line of the file of words is asked for, and every name that is asked for has a line', () => {
  const folder = new URL('.', import.meta.url).pathname;
  const files = globSync('**/*.ts', { cwd: folder }).filter((file) => !file.endsWith('.test.ts'));
  const code = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8')).join('\n');
  const isAsked = (name: string): boolean =>
    code.includes(`'${name}'`) ||
    lines.some((line) => line.includes(`{${name}}`)) ||
    /^(?:count|anchors|order|sign|small)-/.test(name);
  expect([...names].filter((name) => !isAsked(name))).toEqual([]);
  const asked = [
    ...code.matchAll(/\b(?:says|found|match|which|rewritten|among|wordsOf|tableOf|all)\('([\w-]+)'/g),
  ];
  expect(asked.flatMap(([, name = '']) => (names.has(name) ? [] : [name]))).toEqual([]);
});

it('a line stands for words, a value, other words or a list', () => {
  expect(says('tomorrow', 'See you tomorrow')).toBe(true);
  expect(which('level', 'nothing too hard')).toBe('medium');
  expect(rewritten('amount', 'half a dozen')).toBe('6');
  expect(wordsOf('tens').has('twenty')).toBe(true);
  expect(() => says('nobody-wrote-this', '')).toThrow('nobody-wrote-this');
});
