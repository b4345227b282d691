import type { PageViewport, PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { api } from '@/lib/links';
import { around, type PlacedText, shareOf } from './place-words';

/** Files are at most ten megabytes: twenty pieces at most, and a page of a long book needs one or two of them. */
const PIECE_BYTES = 524_288;
/** A larger picture inside a page is left out. */
const MAX_PICTURE_PIXELS = 50_000_000;
/** What a canvas may hold where it is drawn large: telephones give up beyond. */
const MAX_CANVAS_PIXELS = 12_000_000;

/** Opens a PDF by its address. The library comes with the first page that is asked for, and works in a thread of its own. */
export async function openPdf(url: string): Promise<PDFDocumentLoadingTask> {
  const { getDocument, GlobalWorkerOptions, version } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  GlobalWorkerOptions.workerSrc = `${api.pdfPart('build', 'pdf.worker.min.mjs')}?v=${version}`;
  const folder = (name: string) => api.pdfPart(name, '');
  return getDocument({
    url,
    rangeChunkSize: PIECE_BYTES,
    disableAutoFetch: true,
    disableStream: true,
    cMapUrl: folder('cmaps'),
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
    iccUrl: folder('iccs'),
    maxImageSize: MAX_PICTURE_PIXELS,
    isEvalSupported: false,
    enableXfa: false,
    verbosity: 0,
  });
}

export type PdfFile = PDFDocumentProxy;

/** Draws a page as wide as it is shown. The promise ends when it is drawn; `cancel` gives it up. */
export function drawPdfPage(page: PDFPageProxy, canvas: HTMLCanvasElement, cssWidth: number) {
  const natural = page.getViewport({ scale: 1 });
  const dense = (cssWidth * window.devicePixelRatio) / natural.width;
  const scale = Math.min(dense, Math.sqrt(MAX_CANVAS_PIXELS / (natural.width * natural.height)));
  const viewport = page.getViewport({ scale });
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  return page.render({ canvas, viewport });
}

type Item = {
  str: string;
  dir: string;
  transform: number[];
  width: number;
  height: number;
};

/** How far letters reach above and below their line, as shares of their height. */
const [ABOVE, BELOW] = [0.9, 0.25];

/** The corners of a stretch of a line, whichever way the line and the page are turned. */
function placedItem(item: Item, viewport: PageViewport): PlacedText {
  const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = item.transform;
  const size = Math.hypot(a, b) || 1;
  const [alongX, alongY] = [a / size, b / size];
  const height = item.height || Math.hypot(c, d);
  const up = Math.hypot(c, d) || 1;
  const [upX, upY] = [c / up, d / up];
  return {
    text: item.str,
    boxOf(from, to) {
      const [start, end] = shareOf(item.str, from, to);
      const ends = item.dir === 'rtl' ? [1 - end, 1 - start] : [start, end];
      const corners = ends.flatMap((share) =>
        [-BELOW * height, ABOVE * height].map((rise) => {
          const along = share * item.width;
          const [left, top] = viewport.convertToViewportPoint(
            x + alongX * along + upX * rise,
            y + alongY * along + upY * rise,
          );
          return { left: left / viewport.width, top: top / viewport.height, width: 0, height: 0 };
        }),
      );
      return around(corners);
    },
  };
}

/** The words of a page with their places; none where it is a picture. */
export async function wordsOfPdfPage(page: PDFPageProxy): Promise<PlacedText[]> {
  const viewport = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  return items.flatMap((item) =>
    'str' in item && item.str.trim() !== '' ? [placedItem(item, viewport)] : [],
  );
}
