import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { circlesOf, type Source, sources } from './setup/source-code.ts';

const isTest = ({ file }: Source) =>
  /\.(?:test|spec)\.tsx?$/.test(file) || /^tests\/|\/testing\/|(?:^|\/)test-[\w-]+\.tsx?$/.test(file);
const code = sources.filter((source) => !isTest(source));
const inRoom = (...rooms: string[]) =>
  code.filter(({ file }) => rooms.some((room) => file.startsWith(`${room}/`)));

/** No function is longer, but those that still wait to be taken apart. */
const LONGEST_FUNCTION = 80;
const LONG_FUNCTIONS = new Set(['fold']);
/** Files of a few lines with one importer: never more than today. */
const SMALL_FILES = 43;

/** `file → import` for every import that breaks a rule. */
const offences = (among: readonly Source[], isForbidden: (target: string, source: Source) => boolean) =>
  among.flatMap((source) =>
    source.imports
      .filter((target) => isForbidden(target, source))
      .map((target) => `${source.file} → ${target}`),
  );
const isIn = (target: string, ...rooms: string[]) =>
  rooms.some((room) => target === room || target.startsWith(`${room}/`) || target.startsWith(`${room}.`));
const isOurs = (target: string) => !target.startsWith('package:');

test('the rules look at something', () => {
  expect(code.length).toBeGreaterThan(50);
  expect(sources.find(({ file }) => file === 'lib/tools/search-notes.ts')?.imports).toContain(
    'lib/retrieval/look-up.ts',
  );
});

describe('the local servers', () => {
  test('are never imported by the app', () => {
    const app = inRoom('app', 'components', 'lib', 'inngest');
    expect(offences(app, (target) => isIn(target, 'local'))).toEqual([]);
  });

  test('never import the app', () => {
    const forbidden = ['app', 'components', 'lib', 'inngest'];
    expect(offences(inRoom('local'), (target) => isIn(target, ...forbidden))).toEqual([]);
  });
});

describe('dependencies point one way', () => {
  test('no file leads back to itself, types included', () => {
    const circles = circlesOf(sources);
    const ofBrain = circles.filter((circle) => circle.every((file) => isIn(file, 'local/openai/brain')));
    expect(circles.filter((circle) => !ofBrain.includes(circle))).toEqual([]);
    // The brain's wait to be opened.
    expect(ofBrain.length, JSON.stringify(ofBrain, null, 2)).toBeLessThanOrEqual(5);
  });

  test('the domain imports nothing of ours, the calendar nothing but the domain', () => {
    const isBelow = (target: string) => isIn(target, 'lib/domain');
    expect(offences(inRoom('lib/domain'), (target) => isOurs(target) && !isBelow(target))).toEqual([]);
    expect(
      offences(
        inRoom('lib/calendar'),
        (target) =>
          // Spans of time still stand beside matching.
          isOurs(target) &&
          !isBelow(target) &&
          !isIn(target, 'lib/calendar', 'lib/errors', 'lib/matching/calendar'),
      ),
    ).toEqual([]);
  });

  test('every package that is imported is declared', () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(path.join(import.meta.dirname, '..', 'package.json'), 'utf8'),
    );
    const declared = new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
    const isUndeclared = (target: string) => {
      const [, name] = /^package:(?!node:)((?:@[^/]+\/)?[^/]+)/.exec(target) ?? [];
      return name !== undefined && !declared.has(name) && !declared.has(`@types/${name}`);
    };
    expect(offences(sources, isUndeclared)).toEqual([]);
  });

  const layers: [string, string[]][] = [
    ['lib', ['app', 'components', 'inngest', 'tests', 'bench', 'scripts']],
    ['lib/tools', ['lib/agent', 'lib/http', 'lib/ingestion']],
    ['lib/retrieval', ['lib/agent', 'lib/tools', 'lib/http', 'lib/ingestion']],
    ['lib/study', ['lib/agent', 'lib/tools', 'lib/http', 'lib/db', 'lib/ingestion']],
    ['lib/matching', ['lib/agent', 'lib/tools', 'lib/http', 'lib/db', 'lib/ingestion']],
    ['lib/ingestion', ['lib/agent', 'lib/tools', 'lib/http', 'inngest']],
    ['lib/db', ['lib/agent', 'lib/tools', 'lib/http', 'lib/ingestion', 'lib/retrieval']],
    // A job may have the model write something; to answer is for the routes.
    ['inngest', ['app', 'components', 'lib/http', 'lib/agent/answer', 'lib/agent/http', 'lib/agent/turn']],
    ['components', ['inngest', 'lib/http']],
  ];

  test.each(layers)('%s imports nothing above it', (room, above) => {
    // What a conversation is in words is pure, and a job writes it down as well.
    const isAbove = (target: string) => isIn(target, ...above) && target !== 'lib/agent/transcript.ts';
    expect(offences(inRoom(room), isAbove)).toEqual([]);
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
      ({ calls, imports, file }) =>
        imports.includes('package:ai') &&
        (calls.has('tool') || calls.has('dynamicTool')) &&
        file !== 'lib/tools/define-tool.ts',
    );
    expect(callers.map(({ file }) => file)).toEqual([]);
  });
});

describe('the house rules', () => {
  test('what runs in the browser or as an action says so in its first line', () => {
    const late = code.filter(
      ({ text }) =>
        /^\(?'use (?:client|server)'/m.test(text) && !/^(?:\/\/.*\n|\/\*[\s\S]*?\*\/|\s)*'use /.test(text),
    );
    expect(late.map(({ file }) => file)).toEqual([]);
  });

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
    ].filter(({ file, names }) => names.has('process.env') && !allowed.some((name) => name.test(file)));
    expect(readers.map(({ file }) => file)).toEqual([]);
  });

  test('a model is called through its one door, where what stands for a person is hidden', () => {
    const calls =
      /\b(?:streamText|generateText|generateObject|streamObject|embedMany|embed)\(\{(?!\s*model: meteredModel\()/;
    const asking = inRoom('app', 'lib', 'inngest')
      .filter(({ text }) => /from 'ai'/.test(text) && calls.test(text))
      .map(({ file }) => file);
    expect(asking).toEqual([]);
    const clients = inRoom('app', 'lib', 'inngest').filter(({ text }) =>
      /\.(?:embeddings|moderations|responses|completions)\.create\(/.test(text),
    );
    expect(clients.map(({ file }) => file).toSorted()).toEqual([
      'lib/agent/guard/guard.ts',
      'lib/ingestion/embed.ts',
    ]);
  });

  test('the client with every right exists only in jobs and scripts', () => {
    const holders = code.filter(
      ({ file, names }) => names.has('createServiceClient') && file !== 'lib/db/clients.ts',
    );
    // And where a process saves the answers of all its students at once.
    const allowed = /^(?:inngest|scripts)\/|^lib\/agent\/answer-batch\.ts$/;
    const outside = holders.filter(({ file }) => !allowed.test(file));
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

  test('no page has a style or markup written into it, which its policy refuses', () => {
    const written = inRoom('app', 'components').filter(({ text }) =>
      /\sstyle=(?!\{\{ outline: undefined)|dangerouslySetInnerHTML|\.innerHTML =|setAttribute\('style'/.test(
        text,
      ),
    );
    expect(written.map(({ file }) => file)).toEqual([]);
  });

  test('a route handler stays short: it parses, authorises and delegates', () => {
    const long = code.filter(({ file, lines }) => /^app\/.*\/route\.ts$/.test(file) && lines > 60);
    expect(long.map(({ file, lines }) => `${file}: ${lines} lines`)).toEqual([]);
  });

  test('a function fits a screen', () => {
    const long = code.flatMap(({ file, functions }) =>
      functions
        .filter(({ name, lines }) => lines > LONGEST_FUNCTION && !LONG_FUNCTIONS.has(name))
        .map(({ name, lines }) => `${name}: ${lines} lines in ${file}`),
    );
    expect(long).toEqual([]);
  });

  test('a few lines that one file alone needs stand in that file', () => {
    const importers = Map.groupBy(
      code.flatMap(({ file, imports }) => imports.map((target) => ({ file, target }))),
      ({ target }) => target,
    );
    const small = code.filter(({ file, lines }) => lines < 30 && importers.get(file)?.length === 1);
    expect(small.length, small.map(({ file }) => file).join('\n')).toBeLessThanOrEqual(SMALL_FILES);
  });

  test('modules that plain Node runs name their files in full', () => {
    const relative = inRoom('lib', 'inngest', 'local', 'scripts', 'bench').flatMap(({ file, specifiers }) =>
      specifiers
        .filter((specifier) => specifier.startsWith('.') && !/\.\w+$/.test(specifier))
        .map((specifier) => `${file} → ${specifier}`),
    );
    expect(relative).toEqual([]);
  });
});
