import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { insertNewlineContinueMarkup, markdownLanguage, pasteURLAsLink } from '@codemirror/lang-markdown';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { search, searchKeymap } from '@codemirror/search';
import { Annotation, EditorSelection, EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { linkName } from '@/lib/domain/note';
import { kindOfName } from '@/lib/ingestion/kinds';

/** A change that came from elsewhere: it is shown, and not taken for writing. */
const fromElsewhere = Annotation.define<true>();

const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: 'var(--ink)', fontSize: '1.0625rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-notes)', lineHeight: '1.75rem', overflowX: 'hidden' },
  '.cm-content': {
    padding: '1.25rem 0 40vh',
    caretColor: 'var(--ink)',
    maxWidth: '42.5rem',
    margin: '0 auto',
  },
  '.cm-line': { padding: '0 1.25rem' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, ::selection':
    { backgroundColor: 'color-mix(in srgb, var(--pen) 22%, transparent) !important' },
  '.cm-placeholder': { color: 'var(--ink-3)' },
  '.cm-tooltip': {
    border: '1px solid var(--rule)',
    borderRadius: '12px',
    backgroundColor: 'var(--page)',
    boxShadow: 'var(--shadow-float)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'inherit',
    maxHeight: '16rem',
    maxWidth: 'min(24rem, 90vw)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    padding: '0.5rem 0.75rem',
    color: 'var(--ink)',
    lineHeight: '1.25rem',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--sunk) !important',
    color: 'var(--ink) !important',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-panels': { backgroundColor: 'var(--sunk)', color: 'var(--ink)', borderColor: 'var(--rule)' },
  '.cm-searchMatch': { backgroundColor: 'color-mix(in srgb, var(--pen) 18%, transparent)' },
  '.cm-textfield, .cm-button': {
    border: '1px solid var(--edge)',
    borderRadius: '8px',
    background: 'var(--page)',
    color: 'var(--ink)',
    padding: '0.375rem 0.625rem',
    fontSize: '0.875rem',
  },
});

const highlighting = HighlightStyle.define([
  { tag: tags.heading1, fontSize: '1.5rem', fontWeight: '600', lineHeight: '2.125rem' },
  { tag: tags.heading2, fontSize: '1.25rem', fontWeight: '600' },
  { tag: tags.heading, fontWeight: '600' },
  { tag: tags.strong, fontWeight: '650' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: [tags.link, tags.url], color: 'var(--pen)' },
  { tag: tags.monospace, fontFamily: 'var(--font-mono, monospace)', fontSize: '0.9375rem' },
  { tag: tags.quote, color: 'var(--ink-2)' },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.labelName], color: 'var(--ink-3)' },
]);

/** After `[[`, the titles that hold what is typed. */
const linkSource =
  (titles: () => readonly string[]) =>
  (context: CompletionContext): CompletionResult | null => {
    const opened = context.matchBefore(/\[\[[^\][|\n]*$/);
    if (!opened) return null;
    const typed = opened.text.slice(2).toLocaleLowerCase();
    const options = titles()
      .filter((title) => linkName(title) !== '' && title.toLocaleLowerCase().includes(typed))
      .slice(0, 50)
      .map((title) => ({
        label: title,
        apply: (view: EditorView, _completion: unknown, from: number, to: number) => {
          const closed = view.state.sliceDoc(to, to + 2) === ']]' ? to + 2 : to;
          const insert = `${linkName(title)}]]`;
          view.dispatch({
            changes: { from, to: closed, insert },
            selection: { anchor: from + insert.length },
          });
        },
      }));
    return { from: opened.from + 2, options, filter: false };
  };

export type EditorHandlers = {
  onChange: (text: string) => void;
  titles: () => readonly string[];
  onHtml: (html: string) => Promise<string>;
  onPictures: (files: File[]) => void;
  /** Other files that can be read: they go into the library, and the note links to them. */
  onFiles: (files: File[]) => void;
  /** Whether the signs of a word are being chosen. */
  onCompose: (isOn: boolean) => void;
};

/** After the end of a composition the editor reads what stands there a moment later. */
const COMPOSED_MS = 100;

const filesOf = (data: DataTransfer | null) =>
  [...(data?.files ?? [])].filter(({ type, name }) => !type.startsWith('image/') && kindOfName(name));

const picturesOf = (data: DataTransfer | null) =>
  [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/') && type !== 'image/svg+xml');

/** Words from a page or from Word; what an editor of code copies is plain text in colours. */
const richText = (data: DataTransfer | null) => {
  if (!data || data.types.includes('vscode-editor-data')) return '';
  const html = data.getData('text/html');
  return /<(?:p|h[1-6]|li|table|b|strong|em|i|a|blockquote|pre|code|br|div|math)\b/i.test(html) ? html : '';
};

const takesMore = ({ onHtml, onPictures, onFiles }: EditorHandlers) =>
  EditorView.domEventHandlers({
    paste(event, view) {
      const html = richText(event.clipboardData);
      const plain = event.clipboardData?.getData('text/plain') ?? '';
      const pictures = picturesOf(event.clipboardData);
      const files = filesOf(event.clipboardData);
      if (files.length > 0 && plain === '') {
        event.preventDefault();
        onFiles(files);
        return true;
      }
      // Word brings a picture of what it copied as well.
      if (pictures.length > 0 && plain === '') {
        event.preventDefault();
        onPictures(pictures);
        return true;
      }
      if (html === '') return false;
      event.preventDefault();
      void onHtml(html).then(
        (text) => view.dispatch(view.state.replaceSelection(text === '' ? plain : text)),
        () => view.dispatch(view.state.replaceSelection(plain)),
      );
      return true;
    },
    drop(event, view) {
      const [pictures, files] = [picturesOf(event.dataTransfer), filesOf(event.dataTransfer)];
      if (pictures.length + files.length === 0) return false;
      event.preventDefault();
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
      if (at !== null) view.dispatch({ selection: { anchor: at } });
      if (files.length > 0) onFiles(files);
      if (pictures.length > 0) onPictures(pictures);
      return true;
    },
  });

/** The next word may begin before the last one is read. */
function tellsComposition({ onCompose }: EditorHandlers) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return EditorView.domEventHandlers({
    compositionstart() {
      clearTimeout(timer);
      onCompose(true);
    },
    compositionend() {
      clearTimeout(timer);
      timer = setTimeout(() => onCompose(false), COMPOSED_MS);
    },
  });
}

/** Puts marks around what is selected, or takes them away where they are. */
function surround(view: EditorView, before: string, after = before): boolean {
  view.dispatch(
    view.state.changeByRange(({ from, to }) => {
      const isMarked =
        view.state.sliceDoc(from - before.length, from) === before &&
        view.state.sliceDoc(to, to + after.length) === after;
      if (isMarked) {
        return {
          changes: [
            { from: from - before.length, to: from },
            { from: to, to: to + after.length },
          ],
          range: EditorSelection.range(from - before.length, to - before.length),
        };
      }
      return {
        changes: [
          { from, insert: before },
          { from: to, insert: after },
        ],
        range: EditorSelection.range(from + before.length, to + before.length),
      };
    }),
  );
  view.focus();
  return true;
}

const LINE_MARK = /^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+\[[ xX]\]\s+|[-*+]\s+|\d+[.)]\s+)/;

/** Begins the selected lines with a mark in place of the one they have; those that have it already lose it. */
function mark(view: EditorView, markOf: (index: number) => string) {
  const { state } = view;
  const { from, to } = state.selection.main;
  const first = state.doc.lineAt(from).number;
  const last = state.doc.lineAt(to).number;
  const lines = Array.from({ length: last - first + 1 }, (_, index) => state.doc.line(first + index));
  const isMarked = lines.every(({ text }, index) => text.startsWith(markOf(index)));
  const changes = lines.map((line, index) => ({
    from: line.from,
    to: line.from + (LINE_MARK.exec(line.text)?.[0].length ?? 0),
    insert: isMarked ? '' : markOf(index),
  }));
  view.dispatch({ changes });
  view.focus();
}

/** Puts a block on lines of its own, with what is between `|` and `|` of it selected. */
function insertBlock(view: EditorView, block: string, select: readonly [number, number]) {
  const { from, to } = view.state.selection.main;
  const line = view.state.doc.lineAt(from);
  const lead = line.text.trim() === '' ? '' : '\n\n';
  const at = lead === '' ? from : Math.max(to, line.to);
  view.dispatch({
    changes: { from: at, insert: `${lead}${block}\n` },
    selection: { anchor: at + lead.length + select[0], head: at + lead.length + select[1] },
    scrollIntoView: true,
  });
  view.focus();
}

/** Shows a text that came from elsewhere; the caret stays at its words. */
function show(view: EditorView, next: string) {
  const now = view.state.doc.toString();
  if (now === next) return;
  let start = 0;
  while (start < Math.min(now.length, next.length) && now[start] === next[start]) start++;
  let tail = 0;
  const room = Math.min(now.length, next.length) - start;
  while (tail < room && now.at(-1 - tail) === next.at(-1 - tail)) tail++;
  const changes = { from: start, to: now.length - tail, insert: next.slice(start, next.length - tail) };
  view.dispatch({ changes, annotations: fromElsewhere.of(true) });
}

const TABLE = '| Term | Meaning |\n| --- | --- |\n|  |  |';

export type Editing = ReturnType<typeof createEditor>;

/**
 * What a note is written in, in the place of a plain field: with its words, what is selected in them, and the focus.
 * `text` is what it began with, to which undoing leads back. It loads and sends nothing itself.
 */
export function createEditor(field: HTMLTextAreaElement, text: string, handlers: EditorHandlers) {
  const view: EditorView = new EditorView({
    ...(field.parentElement && { parent: field.parentElement }),
    state: EditorState.create({
      doc: text,
      extensions: [
        history(),
        search({ top: true }),
        // Without what reads HTML, styles and scripts inside of Markdown, which would be half of the code.
        [markdownLanguage, pasteURLAsLink],
        syntaxHighlighting(highlighting),
        autocompletion({ override: [linkSource(handlers.titles)], icons: false }),
        Prec.high(
          keymap.of([
            { key: 'Mod-b', run: () => surround(view, '**') },
            { key: 'Mod-i', run: () => surround(view, '*') },
            { key: 'Enter', run: insertNewlineContinueMarkup },
          ]),
        ),
        // Tab leaves the field, as everywhere; Mod-] and Mod-[ move a line in and out.
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap, ...searchKeymap]),
        EditorView.lineWrapping,
        EditorView.perLineTextDirection.of(true),
        EditorView.contentAttributes.of({
          'aria-label': field.ariaLabel ?? '',
          spellcheck: 'true',
          autocapitalize: 'sentences',
        }),
        EditorView.cspNonce.of(document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''),
        placeholder(field.placeholder),
        look,
        takesMore(handlers),
        tellsComposition(handlers),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged || update.transactions.some((one) => one.annotation(fromElsewhere))) return;
          handlers.onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  const insert = (words: string) => {
    view.dispatch(view.state.replaceSelection(words), { scrollIntoView: true });
    view.focus();
  };
  show(view, field.value);
  const selection = { anchor: field.selectionStart, head: field.selectionEnd };
  view.dispatch({ selection, scrollIntoView: true });
  if (document.activeElement === field) view.focus();
  return {
    destroy: () => view.destroy(),
    show: (next: string) => show(view, next),
    /** What was pasted or dropped before the editor was there. */
    give: (event: Event) => void view.contentDOM.dispatchEvent(event),
    insert,
    surround: (before: string, after?: string) => surround(view, before, after),
    mark: (markOf: (index: number) => string) => mark(view, markOf),
    table: () => insertBlock(view, TABLE, [2, 6]),
    formula: () => insertBlock(view, '$$\n\n$$', [3, 3]),
    link: () => {
      insert('[[');
      // The list of titles opens as it does when the brackets are typed.
      void import('@codemirror/autocomplete').then(({ startCompletion }) => startCompletion(view));
    },
    /** Replaces words that were put there until others are known. */
    replace: (words: string, by: string) => {
      const at = view.state.doc.toString().indexOf(words);
      if (at >= 0) view.dispatch({ changes: { from: at, to: at + words.length, insert: by } });
    },
  };
}
