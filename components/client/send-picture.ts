import { NOTE_IMAGE_TYPES } from '@/lib/domain/note';
import { sentence } from '@/lib/language/text';
import { api } from '@/lib/links';
import { requestJson } from './request';

/** What a platform lets through; a larger picture is drawn smaller, which also turns other kinds into one that is taken. */
const MAX_BYTES = 3_500_000;
const MAX_SIDE = 2_000;
const TAKEN: readonly string[] = NOTE_IMAGE_TYPES;

async function scaled(file: Blob): Promise<Blob> {
  if (TAKEN.includes(file.type) && file.size <= MAX_BYTES) return file;
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, MAX_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('empty'))), 'image/webp', 0.85),
  );
}

/** Puts a picture beside a note; gives its address. */
export async function sendPicture(documentId: string, file: Blob): Promise<string> {
  const picture = await scaled(file).catch(() => {
    throw new Error(sentence('This picture cannot be read here. Save it as PNG or JPEG.'));
  });
  const { imageId } = await requestJson<{ imageId: string }>(api.noteImages(documentId), {
    method: 'POST',
    raw: picture,
  });
  return api.noteImage(documentId, imageId);
}
