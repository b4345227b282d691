/** Inngest asks for this when it makes a tracer provider of its own; none of its instrumentations is wanted then. */
export const getNodeAutoInstrumentations = () => [];
