/** `Use <tool> with {json}`: an order that needs no reading, only checking. */
export type Explicit = { name: string; args: Record<string, unknown> } | { name: string; problem: string };

const ORDER =
  /^\s*(?:please\s+)?(?:use|call|run|invoke)\s+(?:the\s+)?(?:tool\s+)?["'`]?(\w+)["'`]?(?:\s+tool)?(?:\s+(?:with|using|on))?\s*(?:args?|arguments|input|json)?\s*:?\s*(\{[\s\S]*)?$/i;

export function readExplicit(text: string, toolNames: readonly string[]): Explicit | undefined {
  const match = ORDER.exec(text.normalize('NFKC').replace(/[“”]/g, '"'));
  const name = toolNames.find((tool) => tool.toLowerCase() === match?.[1]?.toLowerCase());
  if (!match || !name) return undefined;
  if (!match[2]) return { name, args: {} };
  // A full stop or a closing backtick after the braces belongs to the sentence.
  const json = match[2].replace(/[\s.!`]+$/, '');
  try {
    const args: unknown = JSON.parse(json);
    if (typeof args === 'object' && args !== null && !Array.isArray(args)) return { name, args: { ...args } };
  } catch (error) {
    // Broken JSON is asked about, never guessed at.
    return {
      name,
      problem: `The arguments of ${name} are not valid JSON${placeOf(error, json)}. Check the braces and quotes.`,
    };
  }
  return { name, problem: `The arguments of ${name} must be one JSON object in braces.` };
}

/** The last field that could be read before the break. */
function placeOf(error: unknown, json: string): string {
  const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  const read = json.slice(0, at === undefined ? json.length : Number(at) + 1);
  const field = [...read.matchAll(/"([\w$-]+)"\s*:?/g)].at(-1)?.[1];
  return field ? ` near “${field}”` : '';
}
