import { match, rewritten, says } from '../words.ts';
import { isInstruction } from './tags.ts';
import { isGeneral } from './term-form.ts';
import { rootsOf } from './words.ts';

const FEWEST_ROOTS = 4;

/** "The case who died …": which one, only the text around it says. */
const opensGenerally = (statement: string): boolean => {
  const [, subject = ''] =
    /^(?:[^,]{2,40}, )?(?:[Tt]he|[Aa]n?) ((?:\w+ )??\w+) (?:who|that|which|of|in|was|were|is|are|has|had|for|can|must|\w+s|\w+ed)\b/.exec(
      statement,
    ) ?? [];
  return isGeneral(subject);
};

/** Whether a sentence says all that is needed to know whether it is true: a pronoun is understood after what it stands for. */
export function standsAlone(statement: string): boolean {
  const pronoun = match('any-pronoun', statement)?.index;
  return (
    /^\p{Lu}/u.test(statement) &&
    !says('leans', statement) &&
    !opensGenerally(statement) &&
    !isInstruction(statement) &&
    (pronoun === undefined || rootsOf(statement.slice(0, pronoun)).length >= 2) &&
    (!says('of-person', statement) || says('opens-with-name', statement)) &&
    rootsOf(statement).length >= FEWEST_ROOTS
  );
}

const LONGEST = 200;
/** What is quoted, or set in brackets or behind a colon, makes a sentence with a gap hard to read. */
export const isPlain = (statement: string): boolean =>
  statement.length <= LONGEST && !/[“”"«»„();:]/.test(statement) && standsAlone(statement);

const ROOTS_BEFORE_PRONOUN = 2;

/** "sorts each half and merges them": what a pronoun in a predicate stands for is said before it. */
export const pointsBack = (predicate: string): boolean => {
  const said = predicate.replace(/(?<=\bone\b.*)\banother\b/, '');
  const before = said.replace(/\b(?:it|its|itself|they|them|their|themselves)\b.*$/, '');
  return says('stands-for', rootsOf(before).length >= ROOTS_BEFORE_PRONOUN ? before : said);
};

/** True for a sentence, a meaning or an item that can be shown alone. */
export const isFitText = (text: string): boolean => !says('unfit', rewritten('general-we', text));
