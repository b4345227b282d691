import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** The folders of `components`, from the ground up. A file imports from its own folder and from folders below it. */
const FLOORS = [
  'client',
  'language',
  'ui',
  'make',
  'live',
  'markdown',
  'passage',
  'library',
  'cards',
  'chooser',
  'notes',
  'quiz',
  'plan',
  'auth',
  'availability',
  'people',
  'shell',
  'today',
  'progress',
  'practice',
  'you',
  'chat',
  'room',
  'audit',
  'admin',
];
/** What is needed from above all the same, with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'people → room': 'An invitation is answered by going into its room, and a room shows who sits in it.',
};

const isCode = (file: string) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file);

/** Every file a component's code names: static, dynamic and type imports, as paths of this project. */
function importsOf(file: string): string[] {
  const code = readFileSync(path.join(root, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(/(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(['"])([^'"\n]+)\1/g)].flatMap(
    ([, , name = '']) => {
      if (!/^(?:\.|@\/)/.test(name)) return [];
      const target = name.startsWith('@/') ? name.slice(2) : path.posix.join(path.posix.dirname(file), name);
      const found = [target, `${target}.ts`, `${target}.tsx`].find((candidate) => graphFiles.has(candidate));
      return found === undefined ? [] : [found];
    },
  );
}

const graphFiles = new Set(
  readdirSync(path.join(root, 'components'), { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join('components', file))
    .filter(isCode),
);
const graph = new Map([...graphFiles].map((file) => [file, importsOf(file)]));
const folderOf = (file: string) => file.split('/')[1] ?? '';

/** The files of the first circle found, or nothing. */
function circleIn(): string[] {
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): string[] => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const target of graph.get(file) ?? []) {
      const circle = walk(target, [...trail, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  return [...graphFiles].map((file) => walk(file, [])).find((circle) => circle.length > 0) ?? [];
}

test('every folder of components has its floor', () => {
  const folders = readdirSync(path.join(root, 'components'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(entry.parentPath, entry.name)))
    .map(({ name }) => name);
  expect(folders.toSorted()).toEqual(FLOORS.toSorted());
});

test('a component imports only from its own folder and from those below it', () => {
  const upward = [...graph].flatMap(([file, targets]) =>
    targets
      .filter((target) => FLOORS.indexOf(folderOf(target)) > FLOORS.indexOf(folderOf(file)))
      .filter((target) => !(`${folderOf(file)} → ${folderOf(target)}` in EXCEPTIONS))
      .map((target) => `${file} → ${target}`),
  );
  expect(upward).toEqual([]);
});

test('no component imports itself by way of others, not even for a type', () => {
  expect(circleIn()).toEqual([]);
});
