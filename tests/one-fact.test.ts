import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseAst } from 'vitest/node';
import { ACTIVITIES } from '../lib/domain/presence.ts';

const root = path.resolve(import.meta.dirname, '..');
/** What the local servers say is their own, for they may not import the app; what is generated follows the database,
 * whose sets `tests/db/domain.test.ts` compares. */
const ROOMS = '{app,bench,components,inngest,lib,scripts}/**/*.{ts,tsx}';
const GENERATED = 'lib/db/types.gen.ts';
const NOT_OURS = /\.(?:test|spec)\.tsx?$|(?:^|\/)test-[\w-]+\.tsx?$|\.d\.ts$/;
/** What only looks the same: keys of a keyboard, listed for whoever asks, and the letters of four choices. */
const ALLOWED = ['A | B | C | D'];
/** Two words are a pair like any other; three that are the same somewhere else are a fact written down twice. */
const FEWEST = 3;

type Node = { type: string; start: number } & Record<string, unknown>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** A node and everything inside it. */
function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesOf(one);
  else if (isNode(value)) {
    yield value;
    for (const child of Object.values(value)) if (typeof child === 'object') yield* nodesOf(child);
  }
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The word of a literal, in code or as a type; undefined for anything else. */
function wordOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'TSLiteralType') return wordOf(node.literal);
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

const keyOf = (words: readonly string[]) => [...words].sort().join(' | ');

/** The set a node spells out: a union of words, or a list of nothing else, which is what an enum is made from. */
function setOf(node: Node): string[] | undefined {
  if (node.type === 'TSUnionType') return listOf(node.types).flatMap((one) => wordOf(one) ?? []);
  if (node.type !== 'ArrayExpression') return undefined;
  const words = listOf(node.elements).map(wordOf);
  const known = words.filter((word) => word !== undefined);
  return known.length === words.length ? known : undefined;
}

const parsed = (file: string) => {
  const text = readFileSync(path.join(root, file), 'utf8');
  const language = file.endsWith('x') ? 'tsx' : 'ts';
  return { text, nodes: [...nodesOf(parseAst(text, { lang: language, astType: 'ts' }, file))] };
};

/** Every set of words and where it is spelled out. */
function placesOfSets(): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const file of globSync(ROOMS, { cwd: root })) {
    if (file === GENERATED || NOT_OURS.test(file)) continue;
    const { text, nodes } = parsed(file);
    for (const node of nodes) {
      const words = setOf(node);
      if (!words || new Set(words).size < FEWEST) continue;
      const place = `${file}:${text.slice(0, node.start).split('\n').length}`;
      places.set(keyOf(words), [...(places.get(keyOf(words)) ?? []), place]);
    }
  }
  return places;
}

test('no set of three words or more is spelled out a second time', () => {
  const places = placesOfSets();
  expect(places.get(keyOf(ACTIVITIES))).toHaveLength(1);
  const twice = [...places].filter(([words, where]) => where.length > 1 && !ALLOWED.includes(words));
  expect(Object.fromEntries(twice)).toEqual({});
});
