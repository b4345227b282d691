import type { ReactNode } from 'react';

type PageProps = {
  children: ReactNode;
  /** Styles of the scrolling inside; the default keeps the gutters of a page. */
  contentClassName?: string;
};

/** One page on the desk. It scrolls inside itself; on a phone the desk is the ground and the page has no edge. */
export function Page({ children, contentClassName }: PageProps) {
  return (
    <div className="h-full overflow-y-auto overscroll-contain md:rounded-4 md:border md:border-rule md:bg-page">
      <div className={contentClassName ?? 'px-5 pt-1 pb-8 md:px-10 md:py-12 xl:px-14'}>{children}</div>
    </div>
  );
}
