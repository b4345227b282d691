import { z } from 'zod';

/** A slide as it is drawn from its file: simplified, and every length in points. */
const color = z
  .string()
  .regex(/^#[0-9a-f]{6}$/)
  .meta({ examples: ['#2f54c4'] });

/** One colour, or several that go over into each other: at an angle clockwise from rightward, or from the middle outward. */
const fill = z.union([
  color,
  z.object({
    angle: z.number().nullable(),
    stops: z
      .array(z.object({ at: z.number(), color }))
      .min(2)
      .max(20),
  }),
]);
export type SlideFill = z.infer<typeof fill>;

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
  form: z.enum(['rectangle', 'round', 'ellipse', 'line', 'rising', 'path']),
  /** The outline of a path within its box, as SVG writes it. */
  path: z
    .string()
    .max(100_000)
    .regex(/^[MLHVCSQTAZ\d\s,.e+-]*$/i)
    .meta({ examples: ['M 0 0 L 20 0 L 10 20 Z'] })
    .nullable(),
  fill: fill.nullable(),
  line: z.object({ color, width: z.number() }).nullable(),
  /** The address of a picture that fills it, as data. */
  picture: z
    .string()
    .startsWith('data:image/')
    .meta({ examples: ['data:image/png;base64,iVBORw0KGgo='] })
    .nullable(),
  /** Shares of the picture that are cut away at its sides. */
  crop: z.object({ left: z.number(), top: z.number(), right: z.number(), bottom: z.number() }).nullable(),
  /** What stands there and is not drawn. */
  missing: z.enum(['picture', 'other']).nullable(),
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
  background: fill,
  shapes: z.array(shapeSchema),
});
export type SlideDrawing = z.infer<typeof slideDrawingSchema>;
