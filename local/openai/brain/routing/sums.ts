/** What asks for a result, in the languages that a student may ask in. */
const ASKS =
  /^(?:(?:please|can you|could you|hey)\s+)*(?:what(?:['’]s| is| are)|how much (?:is|are)|how many|was ist|wie ?viel (?:ist|sind|macht)|combien (?:font|fait)|quanto (?:fa|è)|cu[aá]nto (?:es|son)|(calculate|compute|evaluate|work out|convert|turn|rechne|berechne|calcule[zr]?|calcula|calcola))\s+(?:the\s+)?/i;

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/(\d),(?=\d{3}(?:\D|$))/g, '$1'],
  [/[×·⋅]|(?<=\d\s?)x(?=\s?\d)|\b(?:times|multiplied by|mal|fois|por)\b/gi, '*'],
  [/[÷:]|\b(?:divided by|durch|geteilt durch|divisé par|dividido por)\b/gi, '/'],
  [/[−–]|\b(?:minus|moins|menos)\b/gi, '-'],
  [/\b(?:plus|más|und)\b/gi, '+'],
  [/\bto the power of\b|\bhoch\b|\*\*/gi, '^'],
  [/\bsquared\b|²/gi, '^2'],
  [/\bcubed\b|³/gi, '^3'],
  [/√\s*(\d+(?:\.\d+)?)|\b(?:the )?square root of\s+(\d+(?:\.\d+)?)/gi, 'sqrt($1$2)'],
  [/(\d+(?:\.\d+)?)\s*(?:%|percent)\s+of\s+/gi, '$1/100*'],
  [/\blog\(/gi, 'log10('],
  [/\bln\(/gi, 'log('],
  [/π/g, 'pi'],
];
const FUNCTION =
  'sqrt|cbrt|sin|cos|tan|asin|acos|atan|log10|log2|log|exp|abs|round|gcd|lcm|factorial|mean|median|det|inv|transpose|fraction|combinations|permutations|mod';
const TOKENS = new RegExp(
  `^(?:${FUNCTION}|deg|rad|pi|e|\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?|[-+*/^!()[\\],\\s])+$`,
);
const WORK = new RegExp(`[-+*/^!]|(?:${FUNCTION})\\s*\\(`);
/** Days, chapters and events are written so as well. */
const DATE_LIKE = /^\d+(?:[/-]\d+)+$/;

/** What people call units that the calculator knows by another name. */
const UNITS = new Map(
  'mph=mi/h kmh=km/h kph=km/h celsius=degC °c=degC c=degC fahrenheit=degF °f=degF f=degF metres=m metre=m kilometres=km kilometre=km centimetres=cm litres=liter litre=liter'
    .split(' ')
    .map((pair): [string, string] => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? '']),
);
const UNIT =
  /^(?:[kcmµ]?m|miles?|mi|yards?|yd|feet|foot|ft|inch(?:es)?|in|(?:kilo|centi|milli)?met(?:er|re)s?|[km]?g|grams?|kilograms?|tonnes?|tons?|pounds?|lbs?|lb|ounces?|oz|[mc]?l|lit(?:er|re)s?|gallons?|pints?|cups?|seconds?|minutes?|hours?|days?|weeks?|years?|s|h|ms|celsius|fahrenheit|kelvin|degc|degf|k|°?[cf]|mph|kph|kmh|km\/h|m\/s|mi\/h|k?j|joules?|k?cal|k?w|watts?|pa|kpa|bar|atm|psi|n|newtons?|degrees?|deg|radians?|rad|[km]?b|bytes?|bits?|[mg]b)(?:\^?[23])?$/i;
const CONVERSION = /^(-?\d[\d.]*)\s*([a-zµ°/^0-9]+?)\s+(?:to|in|into|as|nach|en)\s+([a-zµ°/^0-9]+)$/i;

const unitOf = (word: string): string =>
  UNITS.get(word.toLowerCase()) ?? (/\//.test(word) ? word.toLowerCase() : word);

/** The sum or the conversion that a sentence asks for, as the calculator reads it; undefined for any other sentence. */
export function sumIn(said: string): string | undefined {
  // One behind a single number means its factorial, one behind a sum that the student is in a hurry.
  const whole = said
    .trim()
    .replace(/[\s?=.]+$/, '')
    .replace(/(?<=[-+*/^×÷].*)!+$/, '');
  const asks = ASKS.exec(whole);
  const bare = whole.slice(asks?.[0].length ?? 0);
  if (bare.length > 300 || !/\d/.test(bare)) return undefined;
  const [, amount, from, to] = CONVERSION.exec(bare.replace(/(\d),(?=\d{3}(?:\D|$))/g, '$1')) ?? [];
  if (amount && from && to && UNIT.test(from) && UNIT.test(to))
    return `${amount} ${unitOf(from)} to ${unitOf(to)}`;
  const isOrder = asks?.[1] !== undefined;
  if (!isOrder && DATE_LIKE.test(bare)) return undefined;
  const sum = WORDS.reduce((text, [word, sign]) => text.replace(word, sign), bare.toLowerCase())
    .replace(/\s+/g, ' ')
    .trim();
  return TOKENS.test(sum) && WORK.test(sum.replace(/^-/, '')) ? sum : undefined;
}

const ON_THE_WEB =
  /^(?:please\s+|can you\s+|could you\s+)*(?:(?:search|look(?: up)?|check)\s+(?:on\s+|in\s+)?(?:the\s+)?(?:web|internet|online)(?:\s+for)?|google|search online for|look online for)\s+(.{2,300}?)[\s?.!]*$/i;

/** What a sentence wants looked up outside of the notes. */
export const webQueryIn = (said: string): string | undefined => ON_THE_WEB.exec(said.trim())?.[1];
