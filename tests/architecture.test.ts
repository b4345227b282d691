import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const SOURCE = /\.(?:ts|tsx|js|mjs)$/;
const ROOMS = ['app', 'bench', 'components', 'inngest', 'lib', 'local', 'scripts', 'tests'];

type Source = { file: string; text: string; imports: string[] };

/** Every module a file names: static, dynamic and type imports. Ours are paths of this project, others `package:…`. */
function importsOf(file: string, text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const names = [...code.matchAll(/(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(['"])([^'"\n]+)\1/g)].map(
    (match) => match[2] ?? '',
  );
  return names.map((name) => {
    if (name.startsWith('@/')) return name.slice(2);
    return name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : `package:${name}`;
  });
}

const files = ROOMS.flatMap((room) =>
  readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' }).map((file) =>
    path.posix.join(room, file),
  ),
);
files.push(...readdirSync(root));
const sources: Source[] = files
  .filter((file) => SOURCE.test(file) && !file.endsWith('.d.ts'))
  .map((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    return { file, text, imports: importsOf(file, text) };
  });

const isTest = ({ file }: Source) => /\.(?:test|spec)\.tsx?$/.test(file) || file.startsWith('tests/');
const isSupport = ({ file }: Source) => /(?:^|\/)test-[\w-]+\.tsx?$/.test(file);
const code = sources.filter((source) => !isTest(source) && !isSupport(source));
const inRoom = (...rooms: string[]) =>
  code.filter(({ file }) => rooms.some((room) => file.startsWith(`${room}/`)));

/** `file → import` for every import that breaks a rule. */
const offences = (among: readonly Source[], isForbidden: (target: string, source: Source) => boolean) =>
  among.flatMap((source) =>
    source.imports
      .filter((target) => isForbidden(target, source))
      .map((target) => `${source.file} → ${target}`),
  );
const isIn = (target: string, ...rooms: string[]) =>
  rooms.some((room) => target === room || target.startsWith(`${room}/`) || target.startsWith(`${room}.`));

test('the rules look at something', () => {
  expect(code.length).toBeGreaterThan(50);
  expect(sources.find(({ file }) => file === 'lib/tools/search-notes.ts')?.imports).toContain(
    'lib/retrieval/search.ts',
  );
});

describe('the local servers', () => {
  test('are never imported by the app', () => {
    expect(
      offences(inRoom('app', 'components', 'lib', 'inngest'), (target) => isIn(target, 'local')),
    ).toEqual([]);
  });

  test('never import the app', () => {
    const forbidden = ['app', 'components', 'lib', 'inngest'];
    expect(offences(inRoom('local'), (target) => isIn(target, ...forbidden))).toEqual([]);
  });
});

describe('dependencies point one way', () => {
  const layers: [string, string[]][] = [
    ['lib', ['app', 'components', 'inngest', 'tests', 'bench', 'scripts']],
    ['lib/tools', ['lib/agent', 'lib/http', 'lib/ingestion']],
    ['lib/retrieval', ['lib/agent', 'lib/tools', 'lib/http', 'lib/ingestion']],
    ['lib/study', ['lib/agent', 'lib/tools', 'lib/http', 'lib/db', 'lib/ingestion']],
    ['lib/matching', ['lib/agent', 'lib/tools', 'lib/http', 'lib/db', 'lib/ingestion']],
    ['lib/ingestion', ['lib/agent', 'lib/tools', 'lib/http', 'inngest']],
    ['lib/db', ['lib/agent', 'lib/tools', 'lib/http', 'lib/ingestion', 'lib/retrieval']],
    ['inngest', ['app', 'components', 'lib/agent', 'lib/http']],
    ['components', ['inngest', 'lib/http']],
  ];

  test.each(layers)('%s imports nothing above it', (room, above) => {
    expect(offences(inRoom(room), (target) => isIn(target, ...above))).toEqual([]);
  });

  test('components know of the app only its server actions', () => {
    const isPage = (target: string) => isIn(target, 'app') && !/\/actions(?:\.ts)?$/.test(target);
    expect(offences(inRoom('components'), isPage)).toEqual([]);
  });

  test('the ingestion library knows nothing of Inngest', () => {
    expect(offences(inRoom('lib'), (target) => isIn(target, 'package:inngest', 'inngest'))).toEqual([]);
  });
});

describe('tools', () => {
  const shared = ['define-tool', 'tool-context', 'strict-schema', 'index'];

  test('never import each other', () => {
    const isTool = (file: string) =>
      /^lib\/tools\/[\w-]+(?:\.ts)?$/.test(file) && !shared.includes(path.parse(file).name);
    const tools = inRoom('lib/tools').filter(({ file }) => isTool(file));
    expect(offences(tools, isTool)).toEqual([]);
  });

  test('never read the environment, cookies or the service client', () => {
    const forbidden = ['lib/env', 'package:next', 'package:server-only'];
    expect(offences(inRoom('lib/tools'), (target) => isIn(target, ...forbidden))).toEqual([]);
  });

  test('are made by define-tool alone', () => {
    const callers = code.filter(
      ({ text, imports, file }) =>
        imports.includes('package:ai') &&
        /\b(?:tool|dynamicTool)\s*(?:<[^>]*>)?\(\s*\{/.test(text) &&
        file !== 'lib/tools/define-tool.ts',
    );
    expect(callers.map(({ file }) => file)).toEqual([]);
  });
});

describe('the house rules', () => {
  test('only lib/env.ts reads the environment', () => {
    // Next replaces these in the browser's bundle, or reads them before the app exists.
    const allowed = [
      /^lib\/env\.ts$/,
      /^instrumentation(?:-client)?\.ts$/,
      /^next\.config\.ts$/,
      /^playwright\.config\.ts$/,
    ];
    const readers = [
      ...inRoom('app', 'components', 'lib', 'inngest'),
      ...code.filter(({ file }) => !file.includes('/')),
    ].filter(
      ({ file, text }) =>
        /process\.env\b/.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')) &&
        !allowed.some((name) => name.test(file)),
    );
    expect(readers.map(({ file }) => file)).toEqual([]);
  });

  test('the client with every right exists only in jobs and scripts', () => {
    const holders = code.filter(
      ({ file, text }) => /\bcreateServiceClient\b/.test(text) && file !== 'lib/db/clients.ts',
    );
    const outside = holders.filter(({ file }) => !/^(?:inngest|scripts)\//.test(file));
    expect(outside.map(({ file }) => file)).toEqual([]);
  });

  test('only lib/http builds error bodies', () => {
    const builders = [...inRoom('app', 'lib')].filter(
      ({ file, text }) => text.includes('application/problem+json') && !file.startsWith('lib/http/'),
    );
    // Clients in the browser may read the type; only a server builds it.
    const building = builders.filter(({ text }) => /new Response|Response\.json/.test(text));
    expect(building.map(({ file }) => file)).toEqual([]);
  });

  test('a route handler stays short: it parses, authorises and delegates', () => {
    const long = code.filter(
      ({ file, text }) => /^app\/.*\/route\.ts$/.test(file) && text.split('\n').length > 70,
    );
    expect(long.map(({ file, text }) => `${file}: ${text.split('\n').length} lines`)).toEqual([]);
  });

  test('modules that plain Node runs name their files in full', () => {
    const relative = inRoom('lib', 'inngest', 'local', 'scripts', 'bench').flatMap(({ file, text }) =>
      [...text.matchAll(/\bfrom\s*(['"])(\.{1,2}\/[^'"]+)\1/g)]
        .map((match) => match[2] ?? '')
        .filter((name) => !/\.\w+$/.test(name))
        .map((name) => `${file} → ${name}`),
    );
    expect(relative).toEqual([]);
  });
});
