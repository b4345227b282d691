import { serveWorks } from '../reader/serve.ts';
import { recognise } from './ocr.ts';
import { isBlank, pageImage } from './page-image.ts';

type PictureOf = { bytes: Uint8Array; extension: string; page: number };

/** What is done to one page that is a picture. */
const works = {
  async read({ bytes, extension, page, languages }: PictureOf & { languages: readonly string[] }) {
    const canvas = await pageImage(bytes, extension, page);
    return isBlank(canvas) ? { text: '', isClear: true, words: [] } : recognise(canvas, languages);
  },
  /** For a model that sees. */
  async draw({ bytes, extension, page }: PictureOf) {
    const canvas = await pageImage(bytes, extension, page);
    return { isBlank: isBlank(canvas), jpeg: new Uint8Array(await canvas.encode('jpeg', 85)) };
  },
};
export type PictureWorks = typeof works;

serveWorks(works);
