/** `Use <tool> with {json}`: an order that needs no reading, only checking. */
export type Explicit = { name: string; args: Record<string, unknown> } | { name: string; problem: string };

const ORDER =
  /^\s*(?:please\s+)?(?:use|call|run|invoke)\s+(?:the\s+)?(?:tool\s+)?["'`]?(\w+)["'`]?(?:\s+tool)?(?:\s+(?:with|using|on))?\s*(?:args?|arguments|input|json)?\s*:?\s*(\{[\s\S]*)?$/i;

export function readExplicit(text: string, toolNames: readonly string[]): Explicit | undefined {
  const match = ORDER.exec(text.normalize('NFKC').replace(/[“”]/g, '"'));
  const name = toolNames.find((tool) => tool.toLowerCase() === match?.[1]?.toLowerCase());
  if (!match || !name) return undefined;
  if (!match[2]) return { name, args: {} };
  try {
    // A full stop or a closing backtick after the braces belongs to the sentence.
    const args: unknown = JSON.parse(match[2].replace(/[\s.!`]+$/, ''));
    if (typeof args === 'object' && args !== null && !Array.isArray(args)) return { name, args: { ...args } };
  } catch {
    // Broken JSON is asked about, never guessed at.
  }
  return {
    name,
    problem: `The arguments after “${name}” are not valid JSON. Could you check the braces and quotes?`,
  };
}
