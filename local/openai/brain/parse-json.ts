/** What a text says as JSON; nothing when it is words. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Words are not JSON; the caller handles both.
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of a text that is a JSON object; none of any other. */
export function recordIn(text: string | null): Record<string, unknown> {
  const value = parseJson(text ?? '');
  return isRecord(value) ? value : {};
}
