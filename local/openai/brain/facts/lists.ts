import type { Dictionary } from './dictionary.ts';
import { tokensOf } from './tags.ts';
import { isGeneral, isTermLike } from './term-form.ts';
import type { ListFact, Unit } from './types.ts';
import { isFit, statementOf } from './units.ts';
import { lastWord } from './words.ts';

/** "types of X: a, b, and c", "X such as a, b, and c", "X include a, b, and c". */
const ENUMERATION =
  /\b((?:[\w-]+ ){0,4}[\w-]+?)(?:,? such as|,? including|:| include| includes| are called| consists? of| comprises?| are) ((?:(?:the |an? )?[\w'’ -]{3,40}, ){1,7}(?:and|or) (?:the |an? )?[\w'’ -]{3,40}?)(?=[.;,]|$)/;
const PARTITIVE =
  /(?:types?|kinds?|forms?|classes|categories|parts?|components?|stages?|phases?|steps?|examples?|functions?|groups?|sources?|causes?|symptoms?|regions?|layers?|branches) of ((?:[\w-]+ ?){1,4})/;
const LEADING =
  /^(?:(?:the|of|these|those|are|is|in|by|with|and|into|many|several|some|there|other|two|three|four|five|six|seven|has|have|had|various|different|most|major|main|important|common|all|include|includes|through|for|from|on)\s+)+/i;
const JOINS_CLAUSE =
  /\b(?:to|by|with|for|that|which|from|on|as|at|is|are|was|were|who|little|such|not|their|its|his|her|it|they|this|these|those|or|and|when|where|why|how|what|if|because|individuals?|others?|things?)\b/i;

export const membersOf = (text: string): string[] =>
  text
    .replace(/\s*\([^)]*\)/g, '')
    .split(/\s*,\s*(?:and |or )?|\s+(?:and|or)\s+/)
    .map((member) =>
      member
        .replace(/^(?:the|an?)\s+/i, '')
        .replace(/[.;:]+$/, '')
        .trim(),
    )
    .filter(Boolean);

/** What a sentence names side by side. Teaches the dictionary which terms are siblings. */
export function listsIn(unit: Unit, dictionary: Dictionary): ListFact[] {
  if (!isFit(unit)) return [];
  const statement = statementOf(unit);
  const match = ENUMERATION.exec(statement);
  if (!match?.[1] || !match[2]) return [];
  const all = membersOf(match[2]);
  const members = all
    .filter((member) => isTermLike(member) && member.split(' ').length <= 4)
    .map((member) => dictionary.add(member, unit))
    .filter((term) => term !== null)
    .filter((term) => term.isNoun);
  dictionary.relate(members);
  const partitive = PARTITIVE.exec(statement.slice(0, statement.indexOf(match[2])))?.[0];
  const category = dictionary
    .cased(partitive ?? match[1])
    .replace(LEADING, '')
    .trim();
  if (isGeneral(category)) return [];
  const isWhole = members.length >= 3 && members.length === all.length;
  if (!isWhole || !isCategory(category, partitive !== undefined)) return [];
  return [{ kind: 'list', unit, category, members, all, weight: 1.6 }];
}

function isCategory(category: string, isPartitive: boolean): boolean {
  if (!/^[\w\s'’-]{4,50}$/.test(category) || /\d/.test(category)) return false;
  if (!/s$|children|people|bacteria|men$/.test(lastWord(category))) return false;
  if (/ of /.test(category) && !isPartitive) return false;
  if (JOINS_CLAUSE.test(category.replace(/ of /, ' ')) || /^(?:an?|\w)\s/i.test(category)) return false;
  return !tokensOf(category).some(
    ({ tags }) => tags.has('Verb') || tags.has('Adverb') || tags.has('Pronoun'),
  );
}
