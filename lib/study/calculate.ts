import { all, create, type MathNode } from 'mathjs';
import { AppError } from '../errors.ts';

const math = create(all ?? {});

/** What a calculation may call. Nothing of it parses, defines, imports, or makes something large out of a small number. */
const FUNCTIONS = new Set(
  `abs add acos acosh asin asinh atan atan2 atanh cbrt ceil combinations complex conj cos cosh cot cross csc cube det
  divide dot exp factorial fix floor fraction gcd hypot im inv lcm log log10 log1p log2 max mean median min mod multiply
  norm nthRoot number permutations pow prod re round sec sign sin sinh sqrt square std subtract sum tan tanh to trace
  transpose unit variance bignumber`.split(/\s+/),
);
const CONSTANTS = new Set(['pi', 'e', 'i', 'tau', 'phi', 'true', 'false']);
const SHAPES = new Set([
  'ArrayNode',
  'ConstantNode',
  'FunctionNode',
  'OperatorNode',
  'ParenthesisNode',
  'RelationalNode',
  'SymbolNode',
]);
const MOST_NODES = 200;
/** Exact numbers grow with their powers, whatever they are taken of. */
const MOST_EXPONENT = 1_000;

const refuse = (message: string): never => {
  throw new AppError('invalid_request', { message });
};

type Shape = MathNode & {
  name?: string;
  fn?: MathNode | string;
  value?: unknown;
  args?: MathNode[];
  op?: string;
};

function check(node: MathNode, path: string, parent: Shape | null): void {
  // The nodes of the library differ by their type, of which only these fields are read.
  const { type, name = '', fn, value, args = [], op } = node as Shape;
  if (!SHAPES.has(type)) refuse('Only numbers, units, matrices and functions are calculated.');
  if (type === 'FunctionNode' && !FUNCTIONS.has(name))
    refuse(`There is no function ${name.slice(0, 40)} here.`);
  const isCalled = parent?.type === 'FunctionNode' && path === 'fn';
  if (type === 'SymbolNode' && !isCalled && !CONSTANTS.has(name) && !math.Unit.isValuelessUnit(name))
    refuse(`${name.slice(0, 40)} is neither a unit nor a constant.`);
  if (type === 'ConstantNode' && !['number', 'boolean'].includes(typeof value))
    refuse('Write numbers, not texts.');
  const isPower =
    op === '^' || op === '.^' || (type === 'FunctionNode' && ['pow', 'cube', 'square'].includes(name));
  const exponent: Shape | undefined = args[1];
  if (isPower && typeof exponent?.value === 'number' && Math.abs(exponent.value) > MOST_EXPONENT)
    refuse(`An exponent is at most ${MOST_EXPONENT}.`);
  if (typeof fn === 'object' && fn.type !== 'SymbolNode') refuse('Only functions of this list are called.');
}

const large = create(all ?? {}, { number: 'BigNumber', precision: 64 });

/** Whole numbers with all their digits, as far as 64 of them are known; others to the twelfth. */
function written(value: unknown, node: MathNode): string {
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    const exact: unknown = large.evaluate(node.toString());
    if (large.isBigNumber(exact) && exact.isInteger() && exact.e < 64) return exact.toFixed();
  }
  return math.format(value, { precision: 12, lowerExp: -7, upperExp: 12 });
}

/** Calculates an expression of units, matrices and fractions. Bounded in size here, and in time by the thread it runs in. */
export function calculate(expression: string): { result: string; kind: string } {
  let node: MathNode;
  try {
    node = math.parse(expression);
  } catch (cause) {
    throw new AppError('invalid_request', { cause, message: 'This cannot be read as a calculation.' });
  }
  let nodes = 0;
  node.traverse((one, path, parent) => {
    nodes += 1;
    if (nodes > MOST_NODES) refuse('This calculation is too long. Split it.');
    check(one, path, parent);
  });
  try {
    const value: unknown = node.compile().evaluate({});
    return { result: written(value, node).slice(0, 2_000), kind: math.typeOf(value) };
  } catch (cause) {
    const [reason = ''] = cause instanceof Error ? cause.message.split('\n') : [];
    throw new AppError('invalid_request', {
      cause,
      message: `This cannot be calculated. ${reason.slice(0, 200)}`.trim(),
    });
  }
}
