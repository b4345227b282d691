import type { Element, ElementContent, Root } from 'hast';
import { hasClass, isElement, textOf } from './hast';

export type Formula = { tex: string; isDisplay: boolean };

/** What is drawn: words, or an element with its attributes and what is in it. */
export type Drawn = string | readonly [tag: string, attributes: Readonly<Record<string, string>>, ...Drawn[]];

/** Formulas as the server drew them; null where one cannot be drawn whole. */
export type DrawnFormulas = Readonly<Record<string, Drawn | null>>;
export const formulaKey = ({ tex, isDisplay }: Formula) => (isDisplay ? `$$${tex}` : `$${tex}`);

/** The formula that an element stands for, as Markdown gives it: in a line, in a block of its own, or fenced as `math`. */
function formulaOf(element: Element): Formula | undefined {
  const fenced = element.tagName === 'pre' && element.children.find((child) => isElement(child));
  const source = fenced && hasClass(fenced, 'language-math') ? fenced : element;
  const isDisplay = source !== element || hasClass(element, 'math-display');
  const isFormula = isDisplay || hasClass(element, 'math-inline') || hasClass(element, 'language-math');
  return isFormula ? { tex: textOf(source), isDisplay } : undefined;
}

/** A tree with something else in place of its formulas; the one that is given stays as it is. */
export function replaceFormulas(
  tree: Root,
  draw: (formula: Formula, element: Element) => ElementContent[],
): Root {
  const within = (children: readonly ElementContent[]): ElementContent[] =>
    children.flatMap((child): ElementContent[] => {
      if (!isElement(child)) return [child];
      const formula = formulaOf(child);
      return formula ? draw(formula, child) : [{ ...child, children: within(child.children) }];
    });
  return { ...tree, children: within(tree.children as ElementContent[]) };
}

export const holdsFormula = ({ children }: Root | Element): boolean =>
  children.some(
    (child) => child.type === 'element' && (formulaOf(child) !== undefined || holdsFormula(child)),
  );

declare module 'hast' {
  interface ElementData {
    /** A formula in place of which the element stands. */
    drawn?: Drawn;
  }
}
