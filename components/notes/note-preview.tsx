'use client';

import { useText } from '#use-text';
import type { Translate } from '@/lib/language/text';
import '@/components/chat/chat.css';
import './notes.css';
import Link from 'next/link';
import { memo, useMemo } from 'react';
import { dollarDelimiters } from '@/components/markdown/dollars';
import { draw, type Parts } from '@/components/markdown/draw';
import { markdownParts } from '@/components/markdown/markdown';
import { treeOf } from '@/components/markdown/parse';
import { splitBlocks } from '@/components/markdown/split-blocks';
import { useDrawn } from '@/components/markdown/use-drawing';
import { LINK, linkName } from '@/lib/domain/note';
import { OWN_PICTURE } from '@/lib/study/cards/pictures';

/** Where a link between brackets leads; undefined where no document is called that. */
export type LinkTarget = { href: string } | undefined;
export type FindTarget = (name: string) => LinkTarget;

const TO_NOTE = '#note/';
const CODE = /(^|\n)(`{3,}|~{3,})[\s\S]*?(?:\n\2|$)|`[^`\n]*`/g;
const TASK = /^(\s*(?:>\s*)*(?:[-*+]|\d+[.)])\s+\[)([ xX])(?=\]\s)/gm;

const blank = (code: string) => code.replace(/[^\n]/g, ' ');

/** `[[Title|shown]]` as a link of Markdown, outside code. */
function withLinks(source: string): string {
  const bare = source.replace(CODE, blank);
  return source.replace(
    LINK,
    (whole, name: string, heading: string | undefined, shown: string | undefined, at: number) => {
      if (bare.slice(at, at + 2) !== '[[') return whole;
      const words = (shown?.trim() || (heading ? `${name} › ${heading}` : name)).replace(
        /([\\[\]])/g,
        '\\$1',
      );
      return `[${words}](${TO_NOTE}${encodeURIComponent(linkName(name)).replace(/[()]/g, escape)})`;
    },
  );
}

/** The text with the nth checkbox of it turned. */
export function withTaskTurned(text: string, nth: number): string {
  const bare = text.replace(CODE, blank);
  const found = [...bare.matchAll(TASK)][nth];
  if (!found) return text;
  const at = found.index + (found[1]?.length ?? 0);
  return `${text.slice(0, at)}${found[2] === ' ' ? 'x' : ' '}${text.slice(at + 1)}`;
}

const partsWith = (find: FindTarget, t: Translate): Parts => ({
  ...markdownParts,
  a: (props) => {
    const { href, children } = props;
    if (!href?.startsWith(TO_NOTE)) {
      const Plain = markdownParts.a as React.ComponentType<typeof props>;
      return <Plain {...props} />;
    }
    const target = find(decodeURIComponent(href.slice(TO_NOTE.length)));
    return target ? (
      <Link href={target.href} className="link">
        {children}
      </Link>
    ) : (
      <span className="note-broken" title={t('No document is called that')}>
        {children}
        <span className="sr-only"> {t('(no document is called that)')}</span>
      </span>
    );
  },
  img: ({ src, alt }) =>
    typeof src === 'string' && OWN_PICTURE.test(src) ? (
      // biome-ignore lint/performance/noImgElement: it lies in the student's own store, behind an address that ends.
      <img src={src} alt={alt ?? ''} loading="lazy" className="note-picture" />
    ) : alt ? (
      <em>{alt}</em>
    ) : null,
  input: ({ checked }) => <input type="checkbox" checked={checked === true} readOnly className="note-task" />,
});

const Block = memo(function Block({ source, parts }: { source: string; parts: Parts }) {
  const tree = useMemo(() => treeOf(source), [source]);
  return draw(useDrawn(tree, source), parts);
});

type NotePreviewProps = {
  text: string;
  find: FindTarget;
  /** Gets the text with a box of it turned. */
  onText: (text: string) => void;
};

/** A note as it reads. Its checkboxes can be ticked here. */
export function NotePreview({ text, find, onText }: NotePreviewProps) {
  const t = useText();
  const parts = useMemo(() => partsWith(find, t), [find, t]);
  const blocks = useMemo(
    () => splitBlocks(dollarDelimiters(withLinks(text.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, blank)))),
    [text],
  );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: a checkbox inside is what is pressed, also by key.
    <div
      className="answer note-text font-notes"
      onClick={(event) => {
        const box = event.target;
        if (!(box instanceof HTMLInputElement) || box.type !== 'checkbox') return;
        event.preventDefault();
        const all = [...event.currentTarget.querySelectorAll('input[type=checkbox]')];
        onText(withTaskTurned(text, all.indexOf(box)));
      }}
    >
      {blocks.map(({ start, source }) => (
        <Block key={start} source={source} parts={parts} />
      ))}
    </div>
  );
}
