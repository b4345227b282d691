// On a low or enlarged screen everything scrolls as one, so that header and footer leave room to read.

/** Header, what scrolls, and footer, over the whole screen. */
export const frameClass =
  'flex h-full flex-col bg-desk [@media(max-height:30rem)]:h-auto [@media(max-height:30rem)]:min-h-full';

/** The part between header and footer. */
export const scrollerClass = 'min-h-0 flex-1 overflow-y-auto [@media(max-height:30rem)]:overflow-visible';
