import { z } from 'zod';

/** A slide as it is drawn from its file: simplified, and every length in points. */
const color = z
  .string()
  .regex(/^#[0-9a-f]{6}$/)
  .meta({ examples: ['#2f54c4'] });

const runSchema = z.object({
  text: z.string(),
  size: z.number(),
  isBold: z.boolean(),
  isSlanted: z.boolean(),
  color,
  /** Raised, lowered, or neither. */
  raise: z.union([z.literal(1), z.literal(-1), z.literal(0)]),
});
export type SlideRun = z.infer<typeof runSchema>;

const paragraphSchema = z.object({
  align: z.enum(['left', 'center', 'right']),
  indent: z.number(),
  mark: z.string(),
  runs: z.array(runSchema),
});
export type SlideParagraph = z.infer<typeof paragraphSchema>;

const shapeSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  /** Degrees, clockwise around its middle. */
  turn: z.number(),
  form: z.enum(['rectangle', 'round', 'ellipse', 'line', 'rising']),
  fill: color.nullable(),
  line: z.object({ color, width: z.number() }).nullable(),
  /** The address of a picture that fills it, as data. */
  picture: z
    .string()
    .startsWith('data:image/')
    .meta({ examples: ['data:image/png;base64,iVBORw0KGgo='] })
    .nullable(),
  text: z
    .object({
      anchor: z.enum(['top', 'middle', 'bottom']),
      inset: z.number(),
      wraps: z.boolean(),
      paragraphs: z.array(paragraphSchema),
    })
    .nullable(),
});
export type SlideShape = z.infer<typeof shapeSchema>;
export type SlideText = NonNullable<SlideShape['text']>;

export const slideDrawingSchema = z.object({
  width: z.number().positive(),
  height: z.number().positive(),
  background: color,
  shapes: z.array(shapeSchema),
});
export type SlideDrawing = z.infer<typeof slideDrawingSchema>;
