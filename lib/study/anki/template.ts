const TAG = /\{\{([#^/]?)([^{}]*)\}\}/g;
const MOST_NESTED = 20;

type Node = { type: 'text'; text: string } | { type: 'field'; name: string } | Section;
type Section = { type: 'section'; name: string; isInverted: boolean; children: Node[] };

function parse(template: string): Node[] {
  const root: Node[] = [];
  const open: Section[] = [];
  const add = (node: Node) => (open.at(-1)?.children ?? root).push(node);
  let from = 0;
  for (const match of template.matchAll(TAG)) {
    add({ type: 'text', text: template.slice(from, match.index) });
    from = match.index + match[0].length;
    const [, sign, raw = ''] = match;
    const name = raw.trim();
    if (sign === '') add({ type: 'field', name });
    else if (sign === '/') open.pop();
    else if (open.length < MOST_NESTED) {
      const section: Section = { type: 'section', name, isInverted: sign === '^', children: [] };
      add(section);
      open.push(section);
    }
  }
  add({ type: 'text', text: template.slice(from) });
  return root;
}

/** The field a replacement names: filters such as `type:` and `hint:` stand before it. */
const fieldName = (name: string) => name.split(':').at(-1)?.trim() ?? '';

/** Fills a card template of a note type: fields, filters by their field, and conditional sections. */
export function renderTemplate(template: string, fields: ReadonlyMap<string, string>): string {
  const fieldOf = (name: string) => fields.get(fieldName(name)) ?? '';
  const isFilled = (name: string) => fieldOf(name).replace(/<(?!img\b)[^>]*>|&nbsp;|\s/gi, '') !== '';
  const render = (nodes: readonly Node[]): string =>
    nodes
      .map((node) => {
        if (node.type === 'text') return node.text;
        if (node.type === 'field') return fieldOf(node.name);
        return isFilled(node.name) === node.isInverted ? '' : render(node.children);
      })
      .join('');
  return render(parse(template));
}

/** The answer alone: a back that repeats the question says it once. */
export function backTemplate(template: string): string {
  const withoutFront = template.replace(/\{\{\s*FrontSide\s*\}\}/g, '');
  const rule = /<hr\s+id=["']?answer["']?[^>]*>/i.exec(withoutFront);
  return rule ? withoutFront.slice(rule.index + rule[0].length) : withoutFront;
}
