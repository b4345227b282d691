/** What the wire hands to a brain and what a brain hands back. A brain knows nothing of HTTP or of either API. */

/** The part of JSON Schema that tool parameters and structured outputs use. */
export type JsonSchema = {
  type?: string | string[];
  title?: string;
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  definitions?: Record<string, JsonSchema>;
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
};

export type Turn =
  | { role: 'system' | 'user' | 'assistant'; text: string }
  | { role: 'call'; callId: string; name: string; args: string }
  | { role: 'tool'; callId: string; name: string; text: string };

export type ToolSpec = { name: string; description: string; parameters: JsonSchema; strict: boolean };

export type ToolChoice = 'auto' | 'none' | 'required' | { name: string };

export type Ask = {
  model: string;
  turns: Turn[];
  tools: ToolSpec[];
  toolChoice: ToolChoice;
  /** Set when the caller wants JSON; without a schema any object will do. */
  json?: { name: string; schema?: JsonSchema };
  maxOutputTokens?: number;
};

type ToolCall = { name: string; args: Record<string, unknown> };

export type Say = { text?: string; calls?: ToolCall[]; refusal?: string; truncated?: 'length' | 'filter' };

export type Brain = {
  decide: (ask: Ask) => Say;
  embed: (text: string) => number[];
  /** Scores from 0 to 1 by moderation category. */
  moderate: (text: string) => Record<string, number>;
  /** Loads what is slow to load, so that the first question need not wait for it. */
  warmUp?: () => Promise<void>;
};
