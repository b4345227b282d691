'use client';

import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';
import { lazyModule } from '@/components/client/lazy-module';

type Parser = typeof import('./parser');
type WithParserProps = { children: (parser: Parser) => ReactNode; otherwise: ReactNode };
type Module = { default: ComponentType<WithParserProps> };

/** What reads Markdown is as much as a page; it comes with the first text that is more than words. */
const code = lazyModule(() => import('./parser'));
export const loadParser = code.load;

const moduleOf = (parser: Parser): Module => ({ default: ({ children }) => children(parser) });
/** The page goes on without it: a text stands as it was written. */
const UNREAD: Module = { default: ({ otherwise }) => otherwise };

const Parsing = lazy(() => code.load().then(moduleOf, () => UNREAD));

/** Draws with what reads Markdown; until it is there, `otherwise`. On the server it always is. */
export function WithParser({ children, otherwise }: WithParserProps) {
  // Where it is there already nothing is shown before it, and where it is not nothing is drawn anew when it comes.
  const [parser] = useState(code.get);
  return (
    <Suspense fallback={otherwise}>
      {parser ? children(parser) : <Parsing otherwise={otherwise}>{children}</Parsing>}
    </Suspense>
  );
}
