/**
 * Whether `[3]` can stand for a source, by what is around it. It can behind a statement; brackets of an interval, a list, an
 * index, a year of a reporter or a link are text. Safe for the browser, which has to see the same as the server.
 */
/** `either`: the same bracket may be both, and only a passage that holds the statement makes it a source. */
export type MarkerPlace = 'text' | 'statement' | 'either';

export type MarkerSurroundings = {
  /** The line before it, without the white space in `lead`. */
  before: string;
  lead: string;
  /** What follows, at least to the end of the next word. */
  after: string;
  /** How many numbers stand in it. */
  count: number;
};

/** Words that announce numbers in brackets rather than end a statement. */
const ANNOUNCES =
  /(?:^|[^\p{L}])(?:intervals?|ranges?|arrays?|lists?|vectors?|matrix|tuples?|sets?|segments?|points?|pairs?|domain|from|to|in|on|over|is|are|be|equals?|returns?|gives?|prints?|with|of|or|intervall|bereich|vektor|liste|menge|ist|von|intervalo|vector|lista|conjunto|es|en|de|区间|区間|列表|数组)$/iu;
/** A name in code or a formula: one letter, or letters with digits, underscores or a hump. */
const IDENTIFIER = /(?:^|[^\p{L}\p{N}_])(?:[a-zα-ω]|[a-z_]\w*[\d_]\w*|[a-z]+[A-Z]\w*|[A-Z])$/u;
/** What programs index by name. */
const INDEXED =
  /(?:^|[^\p{L}])(?:list|array|arr|matrix|vec|vector|tuple|dict|map|row|rows|args|argv|data|items|values|nums|table|string|str|text)$|[`$]$/iu;
const STATEMENT_END = /[\p{L}\p{N}\p{M}.!?…。！？)”"’'»」』`%°$|]$|\S[*_]$|\s\($/u;
/** A link, a reference's definition, or letters that belong to the bracket. */
const GLUED =
  /^(?:\(|:\s*\S|(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}_])/u;
/** Neither `**bold**` nor an aside – as this one – is one. */
const OPERATOR = /^\s*(?:[=+/^<>≤≥∈⊂∪∩×·]|[-−*](?:\s|$)|\*[\d[(])/u;
const SENTENCE_END = /[.!?…。！？][)”"’'»」』*_]*$/u;
/** A clause may begin behind a marker; any other word goes on with the one before it. */
const CLAUSE =
  /^\s+(?:and|but|or|while|whereas|because|since|which|who|as|so|though|although|then|where|when|if|und|aber|oder|denn|weil|y|e|o|pero|porque|que|et|mais|car)(?![\p{L}\p{N}])/iu;

/** A year in brackets goes before the name of a law report. */
const REPORTER = /^\s+(?:\d|\p{Lu}{2,6}(?!\p{L}))/u;
/** Fewer words say nothing that could have a source. */
const LEAST_WORDS = 3;

export function markerPlace({ before, lead, after, count }: MarkerSurroundings): MarkerPlace {
  if (!STATEMENT_END.test(before) || OPERATOR.test(after) || GLUED.test(after)) return 'text';
  if (count > 1 && ANNOUNCES.test(before)) return 'text';
  if (lead === '' && IDENTIFIER.test(before)) return 'text';
  const goesOn = /^[ \t]+[\p{L}\p{N}]/u.test(after) && !CLAUSE.test(after);
  const words =
    before
      .split(/[.!?…]\s/u)
      .at(-1)
      ?.match(/\p{L}+/gu)?.length ?? 0;
  if (goesOn && (words < LEAST_WORDS || (REPORTER.test(after) && !SENTENCE_END.test(before)))) return 'text';
  const mayIndex = goesOn || after.startsWith('[') || INDEXED.test(before);
  // Markers are asked for one by one, so numbers side by side are a list as likely.
  return count > 1 || (lead === '' && mayIndex && /[a-z`$]$/iu.test(before)) ? 'either' : 'statement';
}

/** What may stand between the markers of one statement. */
export const joinsMarkers = (between: string): boolean => /^\s*(?:[,;&]|and)?\s*$/u.test(between);

const MARKER_OR_CODE = /```[\s\S]*?(?:```|$)|`[^`\n]*`|(\s*)\[(\d{1,3})\]/g;

/** Text with something else in the place of its markers, white space before them included; undefined leaves one as it is. */
export function replaceMarkers(text: string, put: (n: number, lead: string) => string | undefined): string {
  let markersEnd = -1;
  return text.replace(
    MARKER_OR_CODE,
    (found: string, lead: string | undefined, digits: string, at: number) => {
      if (lead === undefined) return found;
      const before = text.slice(0, at).split('\n').at(-1)?.trimEnd() ?? '';
      const after = text.slice(at + found.length, at + found.length + 100);
      const isJoined = markersEnd >= 0 && joinsMarkers(text.slice(markersEnd, at));
      if (!isJoined && markerPlace({ before, lead, after, count: 1 }) !== 'statement') return found;
      const replaced = put(Number(digits), lead);
      if (replaced !== undefined) markersEnd = at + found.length;
      return replaced ?? found;
    },
  );
}
