'use client';

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import useSWRImmutable from 'swr/immutable';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { LoadingLines } from '@/components/ui/loading-lines';
import { Strip } from '@/components/ui/strip';
import type { SlideDrawing } from '@/lib/domain/slide';
import { api } from '@/lib/links';
import { laid, type OriginalProps, Paper, placeQuotes, scrollToBox } from './paper';
import { offsetOfPlaced, type PlacedText } from './place-words';
import { drawSlide } from './slide-drawing';

type SlideProps = OriginalProps & { width: number; scroller: RefObject<HTMLDivElement | null> };

/** A slide drawn from its own shapes, with the passage boxed on it. */
export function SlidePage(props: SlideProps) {
  const t = useText();
  const { docId, page, title, content, width, scroller, onPlace } = props;
  const sheet = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { data, error, mutate } = useSWRImmutable(api.slide(docId, page), requestJson<SlideDrawing>);
  const [text, setText] = useState<readonly PlacedText[]>([]);
  const [isBroken, setBroken] = useState(false);

  useLayoutEffect(() => {
    if (data) laid({ width: `${width}px`, 'aspect-ratio': String(data.width / data.height) })(sheet.current);
  }, [width, data]);
  useEffect(() => {
    if (!data || !canvas.current) return;
    let isLeft = false;
    setBroken(false);
    setText([]);
    const missing = { picture: t('Picture not shown'), other: t('Not drawn: its words are in the text') };
    drawSlide(canvas.current, data, { cssWidth: width, missing }).then(
      (found) => !isLeft && setText(found),
      () => !isLeft && setBroken(true),
    );
    return () => {
      isLeft = true;
    };
  }, [data, width, t]);

  const placed = placeQuotes(text, props);
  const proof = placed.find(({ color, boxes }) => color === undefined && boxes.length > 0)?.boxes[0];
  const place = proof && `${proof.left} ${proof.top}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each passage, when the slide is drawn.
  useEffect(() => {
    if (scroller.current && sheet.current) scrollToBox(scroller.current, sheet.current, proof);
  }, [place, page, data]);

  const press = (event: { clientX: number; clientY: number }) => {
    if (!sheet.current) return;
    const { left, top, width: wide, height: high } = sheet.current.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / wide, (event.clientY - top) / high];
    const item = text.findIndex((one) => {
      const box = one.boxOf(0, one.text.length);
      return x >= box.left && x <= box.left + box.width && y >= box.top && y <= box.top + box.height;
    });
    const found = offsetOfPlaced(text, item, content);
    if (found) onPlace(page, found);
  };

  if (error || isBroken) {
    return (
      <Strip tone="bad" className="m-4" onRetry={() => (error ? void mutate() : setBroken(false))}>
        {t('This slide cannot be drawn. Its text stays.')}
      </Strip>
    );
  }
  if (!data) return <LoadingLines label={t('Drawing the slide')} className="m-3 bg-page p-6" />;
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a shortcut for the pointer; the text beside it is reached by keys. */}
      <div
        ref={sheet}
        role="img"
        aria-label={t('Slide {page} of {title}', { page, title })}
        onClick={press}
        data-slide=""
        className="page-sheet"
      >
        <Paper placed={placed}>
          <canvas ref={canvas} className="size-full" />
        </Paper>
      </div>
      <p className="pb-16 text-center text-ink-3 text-xs">{t('Drawn from the file, and simpler than it.')}</p>
    </>
  );
}
