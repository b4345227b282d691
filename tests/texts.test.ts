import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Expression, parseSync, Visitor } from 'oxc-parser';
import { expect, test } from 'vitest';
import { SHARED_STYLES } from '../components/client/tutor-style.ts';
import { OWN_NOTICES } from '../components/today/notice.ts';
import { LANGUAGES } from '../lib/domain/language.ts';
import { ERRORS } from '../lib/errors.ts';
import { sources } from './setup/source-code.ts';

type Catalogue = Record<string, Record<string, string>>;
const root = path.join(import.meta.dirname, '..');
const read = (language: string): Catalogue =>
  JSON.parse(readFileSync(path.join(root, `lib/language/messages/${language}.json`), 'utf8'));
const { errors = {}, ...groups } = read('de');
const groupOf = new Map(
  Object.entries(groups).flatMap(([group, texts]) => Object.keys(texts).map((text) => [text, group])),
);

/** What says a text: `t`, `t.rich`, `text`, `sentence`, `titled`, `say`, and `useText()` called at once. */
const SAYS = new Set(['t', 'text', 'sentence', 'titled', 'say', 'useText']);
/** What was said elsewhere is said again by `told`, with the texts of this group. */
const TOLD = 'told';
/** Sentences of faults that no page says itself. */
const FAULTS = 'faults';
/** Attributes that are read out or shown. */
const SHOWN = new Set(['alt', 'aria-label', 'description', 'hint', 'label', 'placeholder', 'title']);
/** Names, and what is pressed or typed as it stands. */
const LITERAL = /^(?:Clerva|esc|space|[A-Z]|Ctrl [A-Z])$/;

type Page = {
  said: string[];
  literals: string[];
  imports: string[];
  isClient: boolean;
  isServer: boolean;
  isTelling: boolean;
};

function pageOf(file: string, code: string): Page {
  const { program, module } = parseSync(file, code);
  const page: Page = {
    said: [],
    literals: [],
    imports: [],
    isClient: /^\s*['"]use client/.test(code),
    isServer: /^\s*['"]use server/.test(code),
    isTelling: false,
  };
  new Visitor({
    CallExpression({ callee, arguments: [first] }) {
      const isRich = callee.type === 'MemberExpression' && code.slice(callee.start, callee.end) === 't.rich';
      const named = callee.type === 'CallExpression' ? callee.callee : callee;
      if (named.type === 'Identifier' && named.name === TOLD) page.isTelling = true;
      if (!isRich && !(named.type === 'Identifier' && SAYS.has(named.name))) return;
      if (first?.type === 'Literal' && typeof first.value === 'string' && /\p{L}/u.test(first.value))
        page.said.push(first.value);
    },
    JSXText: ({ value }) => void page.literals.push(value.trim()),
    JSXAttribute({ name, value }) {
      if (name.type === 'JSXIdentifier' && SHOWN.has(name.name) && value?.type === 'Literal')
        page.literals.push(String(value.value));
    },
  }).visit(program);
  const valued = module.staticImports.filter(
    ({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType),
  );
  const asked = module.dynamicImports.map(({ moduleRequest: { start, end } }) =>
    code.slice(start + 1, end - 1),
  );
  for (const specifier of [...valued.map(({ moduleRequest }) => moduleRequest.value), ...asked]) {
    const target = specifier.startsWith('@/')
      ? specifier.slice(2)
      : specifier.startsWith('.')
        ? path.posix.join(path.posix.dirname(file), specifier)
        : undefined;
    const found = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'].find((ending) =>
      known.has(`${target}${ending}`),
    );
    if (found !== undefined) page.imports.push(`${target}${found}`);
  }
  return page;
}

/** Pages and their parts, and what says something for them elsewhere. */
const shown = sources.filter(
  ({ file, text }) =>
    (/^(?:app|components)\//.test(file) || /from '[./]*language\/(?:text|said)\.ts'/.test(text)) &&
    /^(?:app|components|lib)\//.test(file) &&
    !/\.test\.|\/test-|^app\/api\/|^lib\/language\//.test(file),
);
const known = new Set(sources.map(({ file }) => file));
const pages = new Map(shown.map(({ file, text }) => [file, pageOf(file, text)]));

test('every text a page says stands in the catalogue, once, and nothing else does', () => {
  const said = new Set([...pages.values()].flatMap((page) => page.said));
  expect(said.size).toBeGreaterThan(1500);
  expect([...said].filter((text) => !groupOf.has(text))).toEqual([]);
  expect([...groupOf].filter(([text, group]) => group !== FAULTS && !said.has(text))).toEqual([]);
  expect(groupOf.size).toBe(Object.values(groups).flatMap((texts) => Object.keys(texts)).length);
});

test('no page has a text of its own beside the catalogue', () => {
  const own = [...pages].flatMap(([file, { literals }]) =>
    literals
      .filter((text) => /\p{L}{2}/u.test(text) && !LITERAL.test(text))
      .map((text) => `${file}: ${text}`),
  );
  expect(own).toEqual([]);
});

/** What makes sentences that pages show: each goes through `say` or `t`, or stays English in every other language. */
const MAKERS =
  /^lib\/(?:agent\/(?:notices|tool-words)|matching|people|push|study\/(?:account|locator|mastery|plan|quiz\/(?:disclose|report)|room)|today)\b(?!.*(?:\.test\.|\/test-)).*\.ts$/;
/** Names of subjects, what the model is asked, faults that are said by their code, and formats. */
const UNSAID =
  /^(?:(?:comp(?:uter)?|machine|artificial) \w+|(?:Quiz me|Make flashcards) on .*|.*, 20 mixed questions|\{\} wanted to do: \{\}|My cards|Not a moment in time\.|-\/\/Clerva.*|.*(?:could not be used|no sound question could be made).*)$/;
/** Faults are said by their code where no exact text is known; what is written to the log is for operators. */
const NOT_SHOWN =
  /^(?:[\s\S]*\.)?(?:say|t|text|sentence|inEnglish|describe|invalid|warn|info|error|refine|prefault)$/;

test('no sentence for a page is put together in English alone', () => {
  const makers = sources.filter(({ file }) => MAKERS.test(file));
  expect(makers.length).toBeGreaterThan(50);
  const found = makers.flatMap(({ file, text }) => {
    const { program } = parseSync(file, text);
    const passed: [from: number, to: number][] = [];
    const literals: { start: number; words: string }[] = [];
    const pass = ({ start, end }: { start: number; end: number }) => void passed.push([start, end]);
    new Visitor({
      CallExpression(call) {
        if (NOT_SHOWN.test(text.slice(call.callee.start, call.callee.end)))
          for (const one of call.arguments.slice(0, 2)) pass(one);
      },
      NewExpression: pass,
      ImportDeclaration: pass,
      Literal: ({ start, value }) =>
        void (typeof value === 'string' && literals.push({ start, words: value })),
      TemplateLiteral: ({ start, quasis }) =>
        void literals.push({ start, words: quasis.map(({ value }) => value.cooked).join('{}') }),
    }).visit(program);
    return literals
      .filter(({ words }) => /\p{L}{2,} (?:.*\p{L})?\p{L}{2}/u.test(words) && !UNSAID.test(words))
      .filter(({ start }) => !passed.some(([from, to]) => start >= from && start < to))
      .map(({ words }) => `${file}: ${words}`);
  });
  expect(found).toEqual([]);
});

/** The groups of what runs in the browser below a page or layout. */
function neededBy(entry: string): Set<string> {
  const seen = new Set<string>();
  const needed = new Set<string>();
  const visit = (file: string, isBelow: boolean) => {
    const page = pages.get(file);
    const isClient = isBelow || page?.isClient === true;
    // What a form calls stays on the server.
    if (!page || (page.isServer && isBelow) || seen.has(`${file} ${isClient}`)) return;
    seen.add(`${file} ${isClient}`);
    if (isClient) for (const text of page.said) needed.add(groupOf.get(text) ?? text);
    if (isClient && page.isTelling) needed.add(TOLD);
    for (const target of page.imports) visit(target, isClient);
  };
  visit(entry, false);
  return needed;
}

const given = (file: string) =>
  [
    ...(shown.find((source) => source.file === file)?.text.matchAll(/<Texts of=\{\[([^\]]*)\]/g) ?? []),
  ].flatMap(([, list = '']) => list.match(/\w+/g) ?? []);

test('a page is sent every group that its parts in the browser say', () => {
  const missing = [...pages.keys()]
    .filter((file) => /\/(?:page|layout|loading|not-found)\.tsx$/.test(file))
    .flatMap((file) => {
      const folders = file.split('/').slice(0, -1);
      const around = folders.map((_, index) => `${folders.slice(0, index + 1).join('/')}/layout.tsx`);
      const sent = new Set([file, ...around].flatMap(given));
      return [...neededBy(file)].filter((group) => !sent.has(group)).map((group) => `${file}: ${group}`);
    });
  expect(missing).toEqual([]);
});

test.each([
  ['lib/env.ts', OWN_NOTICES.slice(1)],
  ['local/stack/environment.ts', OWN_NOTICES.slice(0, 1)],
  ['supabase/migrations/20261129090450_memory.sql', SHARED_STYLES],
])('what %s says to students is known to the page that says it', (file, texts) => {
  const code = readFileSync(path.join(root, file), 'utf8');
  expect(texts.filter((text) => !code.includes(`'${text}'`))).toEqual([]);
});

/** What is told to whoever runs this place, to a program that asks, or to the model. */
const NOT_FOR_STUDENTS =
  /^lib\/(?:adapters|agent\/(?:direct-tools|requests)|env|ingestion\/embedding-check|http|operations|tools)|^lib\/model-faults|^app\/api\/(?:\[|openapi)/;
/** What only somebody who writes their own requests is told, beside the sentence of its code. */
const OF_REQUESTS =
  /^(?:The authorization|There is no persona|This is no place|This is not a place|Name |ids is|after is|Nothing is sent to|Only presentations|This cannot be (?:read as a calculation|calculated)|This question or choice|One of these ids|\{\}$)/;

/** The sentences that errors of a file are thrown with, but those that `say` makes: a type holds these to the catalogue. */
function faultsIn(file: string, code: string) {
  const literals: string[] = [];
  const thrown: string[] = [];
  const held = new Map<string, Expression[]>();
  const messages: Expression[] = [];
  new Visitor({
    Literal: ({ value }) => void (typeof value === 'string' && literals.push(value)),
    VariableDeclarator({ id, init }) {
      if (id.type === 'Identifier' && init) held.set(id.name, [...(held.get(id.name) ?? []), init]);
    },
    NewExpression({ callee, arguments: given }) {
      if (callee.type !== 'Identifier' || !/^(?:App|InvalidRequest)Error$/.test(callee.name)) return;
      for (const one of given) {
        if (one.type === 'TemplateLiteral' || one.type === 'Literal') messages.push(one);
        for (const property of one.type === 'ObjectExpression' ? one.properties : [])
          if (property.type === 'Property' && code.slice(property.key.start, property.key.end) === 'message')
            messages.push(property.value);
      }
    },
  }).visit(parseSync(file, code).program);
  const visit = (one: Expression, isHeld = false): void => {
    if (one.type === 'Literal') thrown.push(String(one.value));
    else if (one.type === 'TemplateLiteral')
      thrown.push(one.quasis.map(({ value }) => value.cooked).join('{}'));
    else if (one.type === 'ConditionalExpression')
      for (const each of [one.consequent, one.alternate]) visit(each, isHeld);
    else if (one.type === 'ArrowFunctionExpression' && one.expression) visit(one.body as Expression, isHeld);
    else if (one.type === 'Identifier' && !isHeld)
      for (const each of held.get(one.name) ?? []) visit(each, true);
  };
  for (const message of messages) visit(message);
  return { literals, thrown: thrown.filter((words) => /\p{L} .*\p{L}{2}/u.test(words)) };
}

test('sentences of faults are known in other languages, and are those that are made', () => {
  const made = new Set([...pages.values()].flatMap(({ said }) => said));
  const everywhere = new Set(given('app/(app)/layout.tsx'));
  const unknown: string[] = [];
  let count = 0;
  for (const { file, text } of sources) {
    if (!/^(?:lib|app|inngest)\//.test(file) || /\.test\.|\/test-/.test(file)) continue;
    const { literals, thrown } = faultsIn(file, text);
    for (const words of literals) made.add(words);
    count += thrown.length;
    if (!NOT_FOR_STUDENTS.test(file))
      for (const words of thrown)
        if (!OF_REQUESTS.test(words) && !everywhere.has(groupOf.get(words) ?? ''))
          unknown.push(`${file}: ${words}`);
  }
  expect(count).toBeGreaterThan(60);
  expect(unknown).toEqual([]);
  expect(Object.keys(groups[FAULTS] ?? {}).filter((words) => !made.has(words))).toEqual([]);
});

/** In a field of 280 pixels, which is what the narrowest phone has, the letters of a field take about seven each. */
const MOST_IN_A_FIELD = 34;

test('what stands in an empty field can be read to its end on the narrowest phone, in every language', () => {
  const inFields = sources
    .filter(({ file }) => /^(?:app|components)\/.*(?<!\.test)\.tsx$/.test(file))
    .flatMap(({ text }) =>
      [...text.matchAll(/placeholder=\{[^}]*?\bt\('([^']+)'\)/g)].map(([, words = '']) => words),
    );
  expect(inFields.length).toBeGreaterThan(8);
  const said = [
    inFields,
    ...LANGUAGES.slice(1).map((language) => {
      const all = Object.assign({}, ...Object.values(read(language)));
      return inFields.map((words) => all[words]);
    }),
  ].flat();
  expect(said.filter((words) => words.length > MOST_IN_A_FIELD)).toEqual([]);
});

test('every error of the API has a sentence', () => {
  expect(Object.keys(errors)).toEqual(Object.keys(ERRORS).map((code) => `error.${code}`));
});

/** What a key says in English. */
const inEnglish = (key: string) =>
  Object.entries(ERRORS).find(([code]) => key === `error.${code}`)?.[1].message ??
  key.replace(/\|[a-z ]+$/, '');

/** Words that two languages share, and names. */
const SHARED =
  /^(?:Clerva|Esc|Sources|page|paraphrase|section|page \{name\}|section \{name\}|Anthropic|Inngest|Sentry|M7K 4QX|Code(?: \{traceId\})?|Name|[Qq]uiz(?:: \{topic\})?|Tokens|Student|Tutor|Text|Extra|No|Pause|[Pp]lan|Passage, \{locatorText\}|[Cc]onversations?|(?:, )?[Cc]ertain|Guide|Messages|[Nn]ote|Minutes|[Dd]ocuments?|Questions|Browser|Notifications|, page \{page\}|Page \{number\}|Source \{n\}, \{title\}, \{locatorName\}, \{verdict\})$/;
/** What is no word: values, units, signs. */
const SIGNS = /\{\w+\}|\b(?:min|ms|KB|MB|bytes)\b|[^\p{L}]/gu;

/** The values a text takes, with the plurals, and its tags. The words of a branch stand in braces too. */
const argumentsOf = (text: string) =>
  [...new Set(text.replace(/(?:one|other|=\d+) \{/g, '(').match(/\{\w+(?=\}|, plural,)|<\/?\w+>/g))].sort();

test.each(LANGUAGES.filter((language) => language !== 'en'))(
  '%s has every text with its values, and no English is left in it',
  (language) => {
    const catalogue = read(language);
    const keysOf = (all: Catalogue) =>
      Object.entries(all).map(([group, texts]) => [group, Object.keys(texts)]);
    expect(keysOf(catalogue)).toEqual(keysOf({ ...groups, errors }));
    for (const texts of Object.values(catalogue)) {
      for (const [key, other] of Object.entries(texts)) {
        const text = inEnglish(key);
        expect(other.trim(), key).not.toBe('');
        expect(argumentsOf(other), key).toEqual(argumentsOf(text));
        // A line may not break before these signs.
        expect(other, key).not.toMatch(/[\d}] %/);
        if (language === 'fr') expect(other, key).not.toMatch(/ [?!;»]|« |[\p{L}}][?!;]/u);
        const isWord = text.replace(SIGNS, '') !== '' && !text.includes('plural');
        if (isWord && !SHARED.test(text)) expect(other, key).not.toBe(text);
      }
    }
  },
);
