/** A 14 px ring for work that is running. Decoration: the words beside it say what runs. */
export const Spinner = () => (
  <span
    aria-hidden="true"
    className="inline-block size-3.5 shrink-0 rounded-full border-2 border-current border-t-transparent opacity-70 motion-safe:animate-spin"
  />
);
