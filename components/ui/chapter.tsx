import type { ReactNode } from 'react';

/** A heading and what is said under it, on a page that is read from top to bottom. */
export const Chapter = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="grid gap-3 [&_li]:mt-1.5 [&_ul]:list-disc [&_ul]:pl-5">
    <h2 className="font-semibold text-lg">{title}</h2>
    {children}
  </section>
);
