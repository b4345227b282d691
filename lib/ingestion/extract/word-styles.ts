import { childOf, childrenOf, isOn, type XmlElement, xmlTree } from './xml.ts';
import type { Archive } from './zip-guard.ts';

/** What a Word document keeps apart from its text: how paragraphs are styled and what is printed before those of lists. */
type Style = {
  name: string;
  basedOn: string | undefined;
  properties: XmlElement | undefined;
  /** Undefined where it says nothing of it. */
  isHidden: boolean | undefined;
};

const valOf = (element: XmlElement | undefined): string | undefined => element?.attributes.val;

/** A style may be based on another, so many times. */
const MOST_BASES = 12;

export class WordStyles {
  readonly #styles = new Map<string, Style>();

  constructor(xml: string | undefined) {
    if (xml === undefined) return;
    for (const style of childrenOf(childOf(xmlTree(xml), 'styles'), 'style')) {
      const vanish = childOf(style, 'rPr', 'vanish');
      this.#styles.set(style.attributes.styleId ?? '', {
        name: valOf(childOf(style, 'name'))?.toLowerCase() ?? '',
        basedOn: valOf(childOf(style, 'basedOn')),
        properties: childOf(style, 'pPr'),
        isHidden: vanish && isOn(vanish),
      });
    }
  }

  /** A style and what it is based on. */
  *#chain(id: string | undefined): Generator<Style> {
    let style = this.#styles.get(id ?? '');
    for (let at = 0; style && at < MOST_BASES; at++) {
      yield style;
      style = this.#styles.get(style.basedOn ?? '');
    }
  }

  isHidden(id: string | undefined): boolean {
    return [...this.#chain(id)].find(({ isHidden }) => isHidden !== undefined)?.isHidden ?? false;
  }

  /** 1 to 6 for a heading: by its own outline, else by its style's name or outline. */
  headingLevel(paragraph: XmlElement | undefined): number | null {
    const own = valOf(childOf(paragraph, 'outlineLvl'));
    if (own !== undefined) return levelOf(own);
    for (const { name, properties } of this.#chain(valOf(childOf(paragraph, 'pStyle')))) {
      const named = /^(?:heading|überschrift|titre|título|titolo|kop|nagłówek|заголовок) ?([1-9])$/.exec(
        name,
      )?.[1];
      if (named) return Math.min(6, Number(named));
      if (/^(?:title|titre|titel)$/.test(name)) return 1;
      if (name === 'subtitle') return 2;
      const outline = valOf(childOf(properties, 'outlineLvl'));
      if (outline !== undefined) return levelOf(outline);
    }
    return null;
  }

  /** The list a paragraph is an item of. */
  listOf(paragraph: XmlElement | undefined): { id: string; level: number } | null {
    const own = childOf(paragraph, 'numPr');
    const ofStyle = [...this.#chain(valOf(childOf(paragraph, 'pStyle')))]
      .map(({ properties }) => childOf(properties, 'numPr'))
      .find((found) => valOf(childOf(found, 'numId')) !== undefined);
    const id = valOf(childOf(own, 'numId')) ?? valOf(childOf(ofStyle, 'numId'));
    if (id === undefined || id === '0') return null;
    const level = Number(valOf(childOf(own, 'ilvl')) ?? valOf(childOf(ofStyle, 'ilvl')) ?? 0);
    return { id, level: Math.min(8, Math.max(0, level || 0)) };
  }
}

/** The level of body text is no heading. */
const levelOf = (outline: string): number | null => {
  const level = Number(outline);
  return level >= 0 && level < 9 ? Math.min(6, level + 1) : null;
};

type Level = { format: string; text: string; start: number };

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function roman(count: number): string {
  let [rest, text] = [count, ''];
  for (const [value, sign] of ROMAN) for (; rest >= value && rest < 4_000; rest -= value) text += sign;
  return text || String(count);
}

const letters = (count: number): string =>
  count < 1
    ? String(count)
    : String.fromCharCode(97 + ((count - 1) % 26)).repeat(Math.min(4, Math.ceil(count / 26)));

export function numberAs(format: string, count: number): string {
  if (format === 'lowerLetter') return letters(count);
  if (format === 'upperLetter') return letters(count).toUpperCase();
  if (format === 'lowerRoman') return roman(count);
  if (format === 'upperRoman') return roman(count).toUpperCase();
  return format === 'decimalZero' && count < 10 ? `0${count}` : String(count);
}

/** What stands before each item, counted on across whatever interrupts a list. */
export class WordNumbers {
  readonly #lists = new Map<
    string,
    { abstract: string; levels: Map<number, Level>; restarts: Map<number, number> }
  >();
  readonly #counters = new Map<string, number[]>();

  constructor(archive: Archive, part: string) {
    const xml = archive.text(part);
    if (xml === undefined) return;
    const numbering = childOf(xmlTree(xml), 'numbering');
    const abstracts = new Map(
      childrenOf(numbering, 'abstractNum').map((one) => [one.attributes.abstractNumId ?? '', levelsOf(one)]),
    );
    for (const list of childrenOf(numbering, 'num')) {
      const abstract = valOf(childOf(list, 'abstractNumId')) ?? '';
      const overrides = childrenOf(list, 'lvlOverride');
      const restarts = overrides.flatMap((one): [number, number][] => {
        const start = valOf(childOf(one, 'startOverride'));
        return start === undefined ? [] : [[Number(one.attributes.ilvl ?? 0), Number(start)]];
      });
      const levels = new Map([
        ...(abstracts.get(abstract) ?? []),
        ...overrides.flatMap((one) => [...levelsOf(one)]),
      ]);
      this.#lists.set(list.attributes.numId ?? '', { abstract, levels, restarts: new Map(restarts) });
    }
  }

  /** "3.", "2.1", "-": the next of its list. */
  markOf({ id, level }: { id: string; level: number }): string {
    const list = this.#lists.get(id);
    const own = list?.levels.get(level);
    if (!list || !own) return '-';
    const counters = this.#counters.get(list.abstract) ?? [];
    this.#counters.set(list.abstract, counters);
    const restart = list.restarts.get(level);
    if (restart !== undefined) {
      counters[level] = restart - 1;
      list.restarts.delete(level);
    }
    counters[level] = (counters[level] ?? own.start - 1) + 1;
    counters.length = level + 1;
    if (own.format === 'bullet' || own.format === 'none') return own.format === 'none' ? '' : '-';
    return own.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      const count = counters[at] ?? list.levels.get(at)?.start ?? 1;
      return numberAs(list.levels.get(at)?.format ?? 'decimal', count);
    });
  }
}

const levelsOf = (abstract: XmlElement): Map<number, Level> =>
  new Map(
    childrenOf(abstract, 'lvl').map((level) => [
      Number(level.attributes.ilvl ?? 0),
      {
        format: valOf(childOf(level, 'numFmt')) ?? 'decimal',
        text: valOf(childOf(level, 'lvlText')) ?? '',
        start: Number(valOf(childOf(level, 'start')) ?? 1) || 0,
      },
    ]),
  );
