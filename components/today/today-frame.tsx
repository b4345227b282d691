import type { ReactNode } from 'react';

type TodayFrameProps = {
  /** What the margin says about the action: how far, how long. */
  figure?: ReactNode;
  figureNote?: ReactNode;
  lead: string;
  title: ReactNode;
  why: ReactNode;
  source?: ReactNode;
  actions: ReactNode;
};

/** The one next action beside the margin line; on a phone it is the one page on the desk. */
export function TodayFrame({ figure, figureNote, lead, title, why, source, actions }: TodayFrameProps) {
  return (
    <section
      aria-labelledby="next-action"
      className="margin-line rounded-4 border border-rule bg-page py-5 pr-5 pl-9 [--margin-at:1.25rem] md:grid md:grid-cols-[88px_minmax(0,1fr)] md:rounded-none md:border-0 md:bg-transparent md:p-0 md:[--margin-at:5.5rem]"
    >
      <div className="hidden pt-1.5 pr-5 text-right md:block">
        {figure && <p className="font-semibold text-lg leading-6 tabular">{figure}</p>}
        {figureNote && <p className="text-ink-3 text-xs">{figureNote}</p>}
      </div>
      <div className="md:pb-1 md:pl-8">
        <p className="mb-2 font-medium text-ink-3">
          {lead}
          {figure && <span className="md:hidden"> · {figure}</span>}
          {figureNote && <span className="md:hidden"> · {figureNote}</span>}
        </p>
        <h1
          id="next-action"
          className="font-semibold text-[1.75rem] leading-[2.1rem] tracking-[-0.022em] md:text-2xl md:leading-[2.625rem]"
        >
          {title}
        </h1>
        <div className="mt-3 max-w-132 text-ink-2 text-md md:mt-4">{why}</div>
        {source && <p className="mt-3 text-ink-3 text-xs">{source}</p>}
        <div className="mt-5 flex flex-wrap items-center gap-2 md:mt-7">{actions}</div>
      </div>
    </section>
  );
}
