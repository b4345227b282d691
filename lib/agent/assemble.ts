import type { ModelMessage } from 'ai';
import type { OpenedTurn } from '../db/queries/message.ts';
import type { SummarySentence } from '../domain/memory.ts';
import type { ReadPart } from '../domain/reading.ts';
import { terms } from '../retrieval/tokenizer.ts';
import { type SearchNotesOutput, searchNotesOutputSchema, searchText } from '../tools/search-notes.ts';
import { isToolFailure } from '../tools/tool-failure.ts';
import { type ChatTools, chatTools } from './chat-tools.ts';
import { type BuiltHistory, buildHistory } from './context.ts';
import {
  type InstructionFacts,
  listed,
  memoryLine,
  sectionsFor,
  summaryLine,
  turnText,
} from './instructions.ts';
import type { PassageRegistry } from './passages.ts';
import type { CountTokens } from './tokens.ts';

/** What one turn reads when nobody says how much. */
export const DEFAULT_TOKEN_BUDGET = 6_000;

/** What each kind of part may take at most of what orders and question leave; the notes get the rest. */
const SHARES = { facts: 0.15, summary: 0.25, conversation: 0.2 } as const;
/** However long the question is: an answer that may read nothing is none. About what one passage takes. */
const LEAST_FOR_PASSAGES = 600;

/** Of the room a turn has, what the conversation may take before it is summed up. */
export const conversationShare = (budget: number, fixed: number) =>
  Math.floor(Math.max(0, budget - fixed) * SHARES.conversation);

type ContextFacts = InstructionFacts & {
  opened: Pick<OpenedTurn, 'history' | 'memory' | 'summary' | 'text'>;
  budget: number;
  count: CountTokens;
};

export type TurnContext = {
  instructions: string;
  /** The conversation and the question, what changes with every turn last. */
  messages: ModelMessage[];
  /** The question as it is sent, for what stands beside it. */
  question: string;
  passages: PassageRegistry;
  /** What searches of this turn may still show. */
  notes: NotesBudget;
  /** What is read before any search. */
  read: ReadPart[];
};

/** Those that fit, the closest to the question first and of those the newest; in the order they came in. */
function fitting(lines: readonly string[], limit: number, question: string, count: CountTokens): string[] {
  const asked = new Set(terms(question));
  const ranked = lines
    .map((line, place) => ({ line, place, close: terms(line).filter((term) => asked.has(term)).length }))
    .sort((one, other) => other.close - one.close || other.place - one.place);
  let left = limit;
  const kept = ranked.filter(({ line }) => {
    const tokens = count(`${line}\n`);
    if (tokens > left) return false;
    left -= tokens;
    return true;
  });
  return kept.sort((one, other) => one.place - other.place).map(({ line }) => line);
}

/** The sentences of a summary that no remembered fact says already. */
function withoutRepeated(sentences: readonly SummarySentence[], memory: readonly string[]) {
  const facts = memory.map((line) => new Set(terms(line)));
  return sentences.filter(({ text }) => {
    const said = terms(text);
    return said.length === 0 || !facts.some((fact) => said.every((term) => fact.has(term)));
  });
}

/**
 * What searches may show the model in one turn: the same text for the same call, whoever asks again. Those of one step
 * share alike, and something is kept for later ones. Each shows its best passage at least, until nothing is left.
 */
export class NotesBudget {
  readonly #count: CountTokens;
  readonly #texts = new Map<string, string>();
  /** Calls whose results are still to be shown. */
  readonly #running = new Set<string>();
  #left: number;
  #shown = 0;
  #used = 0;

  constructor(limit: number, count: CountTokens) {
    this.#left = Math.max(limit, LEAST_FOR_PASSAGES);
    this.#count = count;
  }

  begin(toolCallId: string): void {
    this.#running.add(toolCallId);
  }

  /** It failed, and shows nothing. */
  giveUp(toolCallId: string): void {
    this.#running.delete(toolCallId);
  }

  /** The room of a later search's best passage is kept back, up to half of what is left. */
  #share(): number {
    const later = Math.min(LEAST_FOR_PASSAGES, this.#left / 2);
    return Math.floor((this.#left - later) / Math.max(1, this.#running.size));
  }

  textOf(toolCallId: string, output: SearchNotesOutput): string {
    const known = this.#texts.get(toolCallId);
    if (known !== undefined) return known;
    this.begin(toolCallId);
    const { text, shown } = searchText(output, this.#share(), this.#count);
    this.giveUp(toolCallId);
    const tokens = this.#count(text);
    this.#left -= tokens;
    this.#used += tokens;
    this.#shown += shown;
    this.#texts.set(toolCallId, text);
    return text;
  }

  get read(): ReadPart[] {
    return this.#used === 0 ? [] : [{ kind: 'passages', tokens: this.#used, count: this.#shown }];
  }
}

/** The registry, with a search that shows no more than there is room for. */
export const toolsWithin = (notes: NotesBudget): ChatTools => ({
  ...chatTools,
  searchNotes: {
    ...chatTools.searchNotes,
    execute: (input, options) => {
      notes.begin(options.toolCallId);
      return chatTools.searchNotes.execute(input, options);
    },
    toModelOutput: ({ toolCallId, output }) => {
      if (!isToolFailure(output)) {
        return { type: 'text', value: notes.textOf(toolCallId, searchNotesOutputSchema.parse(output)) };
      }
      notes.giveUp(toolCallId);
      return { type: 'json', value: output };
    },
  },
});

/** A question cannot end the lines that we put behind it, or begin some of its own. */
const asAsked = (question: string) => question.replace(/<(\/?)turn>/gi, '<$1 turn>');

/**
 * Everything one turn reads, inside one budget: orders, persona and profile, then what is remembered, the summary and the
 * conversation, best first and in whole sentences. What never changes stands first and what changes with every turn last,
 * so that two turns of a conversation share all they can. The question and the last answer are never left out.
 */
export async function buildContext(facts: ContextFacts): Promise<TurnContext> {
  const { opened, budget, count } = facts;
  const sections = sectionsFor(facts);
  const around = turnText(facts);
  const question = asAsked(opened.text);
  const asked = `${question}\n\n${around}`;
  const tokensOf = { question: count(question) + count(around) };
  const fixed = sections.reduce((sum, { text }) => sum + count(text), tokensOf.question);
  const room = Math.max(0, budget - fixed);
  const memory = fitting(opened.memory.map(memoryLine), room * SHARES.facts, question, count);
  const sentences = withoutRepeated(opened.summary?.sentences ?? [], memory).map(summaryLine);
  const summary = fitting(sentences, room * SHARES.summary, question, count);
  const history = await buildHistory(opened.history, {
    count,
    budget: conversationShare(budget, fixed),
    coversSeq: opened.summary?.coversSeq ?? 0,
  });
  const known = [
    ...sections,
    { kind: 'facts' as const, text: listed('facts', memory), count: memory.length },
    { kind: 'summary' as const, text: listed('summary', summary), count: summary.length },
  ].filter(({ text }) => text !== '');
  const read: ReadPart[] = [
    ...known.map(({ text, ...part }) => ({ ...part, tokens: count(text) })),
    ...conversationPart(history),
    { kind: 'question' as const, tokens: tokensOf.question },
  ];
  const used = read.reduce((sum, { tokens }) => sum + tokens, 0);
  return {
    instructions: known.map(({ text }) => text).join('\n\n'),
    messages: [...history.messages, { role: 'user', content: asked }],
    question: asked,
    passages: history.passages,
    notes: new NotesBudget(budget - used, count),
    read,
  };
}

const conversationPart = ({ tokens, kept }: BuiltHistory): ReadPart[] =>
  kept === 0 ? [] : [{ kind: 'conversation', tokens, count: kept }];
