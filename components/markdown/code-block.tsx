'use client';

import type { Element } from 'hast';
import type { ReactNode } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { textOf } from './hast';

/** Code as written, with one button to take it along. */
export function CodeBlock({ node, children }: { node?: Element | undefined; children?: ReactNode }) {
  return (
    <div className="relative my-4 rounded-2 bg-sunk">
      <ScrollRegion label="Code" className="rounded-2">
        <pre className="w-fit min-w-full py-3 pr-14 pl-4 font-mono text-sm">{children}</pre>
      </ScrollRegion>
      <CopyButton
        label="Copy code"
        text={() => (node ? textOf(node).replace(/\n$/, '') : '')}
        className="absolute top-0.5 right-0.5 bg-sunk"
      />
    </div>
  );
}
