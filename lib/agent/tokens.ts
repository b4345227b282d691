/**
 * About how many tokens a text is, never far too few: four bytes a token holds for English, and scripts that take two
 * or three bytes a letter also take more tokens. Exact counts come back with every model call.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text, 'utf8') / 4);
}
