import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

const root = path.resolve(import.meta.dirname, '..', '..');
const SOURCE = /\.(?:ts|tsx|js|mjs)$/;
const ROOMS = ['app', 'bench', 'components', 'inngest', 'lib', 'local', 'scripts', 'tests'];

export type Source = {
  file: string;
  text: string;
  lines: number;
  /** Every module the file names: static, dynamic and type imports. Ours are files, others `package:…`. */
  imports: string[];
  /** Modules as they are written. */
  specifiers: string[];
  functions: { name: string; lines: number }[];
  /** Every name the code uses, `object.property` included. */
  names: Set<string>;
  /** Functions called by their bare name. */
  calls: Set<string>;
};

const files = ROOMS.flatMap((room) =>
  readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' }).map((file) =>
    path.posix.join(room, file),
  ),
)
  .concat(readdirSync(root))
  .filter((file) => SOURCE.test(file) && !file.endsWith('.d.ts'));
const known = new Set(files);

/** The file a path without an ending stands for. */
function fileOf(target: string): string {
  const candidates = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'].map((ending) => target + ending);
  return candidates.find((candidate) => known.has(candidate)) ?? target;
}

function targetOf(file: string, specifier: string): string {
  // What renders on the server finds the same name elsewhere: see `imports` of package.json.
  if (specifier === '#use-text') return 'lib/language/use-text.tsx';
  if (specifier.startsWith('@/')) return fileOf(specifier.slice(2));
  if (specifier.startsWith('.')) return fileOf(path.posix.join(path.posix.dirname(file), specifier));
  return `package:${specifier}`;
}

type Located = { type: string; start: number; end: number };

/** The functions a declaration names: its own, or those it hands to the call that makes its value. */
const namedBy = (value: (Located & { arguments?: Located[] }) | null): Located[] =>
  (value?.type === 'CallExpression' ? (value.arguments ?? []) : [value]).filter((node) => node !== null);
const keyOf = (key: Located & { name?: unknown; value?: unknown }) =>
  String(key.name ?? key.value ?? 'computed');

function read(file: string): Source {
  const text = readFileSync(path.join(root, file), 'utf8');
  const { module, program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const specifiers = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.map(({ moduleRequest }) => moduleRequest?.value),
    ),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => literal(text.slice(start, end))),
  ];
  const names = new Set<string>();
  const calls = new Set<string>();
  const nameOf = new Map<Located, string>();
  const functions: Source['functions'] = [];
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  const measure = (node: Located, name: string) =>
    functions.push({ name, lines: lineOf(node.end) - lineOf(node.start) + 1 });
  const measureNamed = (node: Located) => void measure(node, nameOf.get(node) ?? 'a function without a name');
  new Visitor({
    TSImportType: ({ source }) => void specifiers.push(source.value),
    Identifier: ({ name }) => void names.add(name),
    JSXIdentifier: ({ name }) => void names.add(name),
    MemberExpression: ({ object, property }) => {
      if (object.type === 'Identifier' && property.type === 'Identifier')
        names.add(`${object.name}.${property.name}`);
    },
    CallExpression: ({ callee }) => {
      if (callee.type === 'Identifier') calls.add(callee.name);
    },
    VariableDeclarator: ({ id, init }) => {
      for (const node of namedBy(init)) nameOf.set(node, id.type === 'Identifier' ? id.name : 'a pattern');
    },
    Property: ({ key, value }) => void nameOf.set(value, keyOf(key)),
    MethodDefinition: ({ key, value }) => void nameOf.set(value, keyOf(key)),
    FunctionDeclaration: (node) => void measure(node, node.id?.name ?? 'default'),
    FunctionExpression: measureNamed,
    ArrowFunctionExpression: measureNamed,
  }).visit(program);
  const written = [...new Set(specifiers.filter((specifier) => specifier !== undefined))];
  return {
    file,
    text,
    lines: text.split('\n').length - 1,
    imports: [...new Set(written.map((specifier) => targetOf(file, specifier)))],
    specifiers: written,
    functions,
    names,
    calls,
  };
}

/** What a dynamic import names, if it is written out. */
const literal = (expression: string) => /^(['"`])([^$]*)\1$/.exec(expression.trim())?.[2];

export const sources: Source[] = files.map(read);

/** Files that import each other, directly or along others: each circle once. */
export function circlesOf(among: readonly Source[]): string[][] {
  const importsOf = new Map(among.map(({ file, imports }) => [file, imports]));
  const order = new Map<string, { index: number; low: number; isOpen: boolean }>();
  const open: string[] = [];
  const circles: string[][] = [];
  // Tarjan's strongly connected components.
  function enter(file: string) {
    const own = { index: order.size, low: order.size, isOpen: true };
    order.set(file, own);
    open.push(file);
    for (const target of importsOf.get(file) ?? []) {
      if (!importsOf.has(target)) continue;
      const seen = order.get(target) ?? enter(target);
      if (seen.isOpen) own.low = Math.min(own.low, seen.low);
    }
    if (own.low === own.index) {
      const circle = open.splice(open.indexOf(file));
      for (const member of circle) Object.assign(order.get(member) ?? {}, { isOpen: false });
      if (circle.length > 1) circles.push(circle.toSorted());
    }
    return own;
  }
  for (const { file } of among) if (!order.has(file)) enter(file);
  return circles;
}
