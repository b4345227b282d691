import { createCanvas, loadImage } from '@napi-rs/canvas';

/** Share of the characters that stand where they belong, by the fewest changes from one text to the other. */
export function alike(found: string, meant: string): number {
  const [left, right] = [found, meant].map((text) => [...text.replace(/\s+/g, ' ').trim()]);
  if (!left || !right) return 0;
  let row = right.map((_, index) => index + 1);
  left.forEach((letter, at) => {
    let corner = at;
    let before = at + 1;
    row = row.map((above, index) => {
      const changed = Math.min(before + 1, above + 1, corner + (letter === right[index] ? 0 : 1));
      corner = above;
      before = changed;
      return changed;
    });
  });
  return 1 - (row.at(-1) ?? right.length) / right.length;
}

export async function turned(bytes: Uint8Array, degrees: number): Promise<Uint8Array> {
  const picture = await loadImage(Buffer.from(bytes));
  const across = Math.ceil(Math.hypot(picture.width, picture.height));
  const canvas = createCanvas(across, across);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, across, across);
  context.translate(across / 2, across / 2);
  context.rotate((degrees * Math.PI) / 180);
  context.drawImage(picture, -picture.width / 2, -picture.height / 2);
  return new Uint8Array(await canvas.encode('png'));
}
