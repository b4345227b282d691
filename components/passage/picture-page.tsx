'use client';

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useText } from '#use-text';
import { Strip } from '@/components/ui/strip';
import { extensionOf } from '@/lib/ingestion/kinds';
import { api } from '@/lib/links';
import { laid, type OriginalProps, Paper, placeQuotes, scrollToBox } from './paper';

type PictureProps = OriginalProps & { width: number; scroller: RefObject<HTMLDivElement | null> };

/** A photo or scan as the picture that it is, beside what was read on it. */
export function PicturePage(props: PictureProps) {
  const t = useText();
  const { docId, fileName, title, page, width, scroller } = props;
  const sheet = useRef<HTMLDivElement>(null);
  const [isBroken, setBroken] = useState(false);
  const placed = placeQuotes([], props);
  const proof = placed.find(({ color, boxes }) => color === undefined && boxes.length > 0)?.boxes[0];
  const place = proof && `${page} ${proof.left} ${proof.top}`;
  const [isThere, setThere] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each passage, when the picture has its size.
  useEffect(() => {
    if (scroller.current && sheet.current && isThere) scrollToBox(scroller.current, sheet.current, proof);
  }, [place, page, isThere]);
  useLayoutEffect(() => laid({ width: `${width}px` })(sheet.current), [width]);
  if (isBroken) {
    return (
      <Strip tone="bad" className="m-4" onRetry={() => setBroken(false)}>
        {t('The picture cannot be shown here. What I read on it stays.')}
      </Strip>
    );
  }
  const common = {
    className: 'block w-full h-auto',
    onBroken: () => setBroken(true),
    onThere: () => setThere(true),
  };
  const isScan = /^tiff?$/.test(extensionOf(fileName ?? '') ?? '');
  return (
    <div ref={sheet} className="page-sheet">
      <Paper placed={placed}>
        {isScan ? (
          <ScanPage
            {...common}
            url={api.file(docId)}
            page={page}
            label={t('Page {page} of {title}', { page, title })}
          />
        ) : (
          // biome-ignore lint/performance/noImgElement: a private picture of this student's, of unknown size.
          <img
            src={api.file(docId)}
            alt={title}
            className={common.className}
            onError={common.onBroken}
            onLoad={common.onThere}
          />
        )}
      </Paper>
    </div>
  );
}

type ScanProps = {
  url: string;
  page: number;
  label: string;
  className: string;
  onBroken: () => void;
  onThere: () => void;
};

/** A page of a TIFF, which browsers do not show by themselves. */
function ScanPage({ url, page, label, className, onBroken, onThere }: ScanProps) {
  const t = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it tells does not draw it anew.
  useEffect(() => {
    const leaving = new AbortController();
    const draw = async () => {
      const [{ default: tiff }, response] = await Promise.all([
        import('utif2'),
        fetch(url, { signal: leaving.signal }),
      ]);
      if (!response.ok) throw new Error(String(response.status));
      const bytes = await response.arrayBuffer();
      const found = tiff.decode(bytes)[page - 1];
      const context = canvas.current?.getContext('2d');
      if (!found || !context) throw new Error(t('There is no such page.'));
      tiff.decodeImage(bytes, found);
      context.canvas.width = found.width;
      context.canvas.height = found.height;
      const pixels = new Uint8ClampedArray(tiff.toRGBA8(found));
      context.putImageData(new ImageData(pixels, found.width, found.height), 0, 0);
      onThere();
    };
    draw().catch(() => !leaving.signal.aborted && onBroken());
    return () => leaving.abort();
  }, [url, page]);
  return <canvas ref={canvas} role="img" aria-label={label} className={className} />;
}
