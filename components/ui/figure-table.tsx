import { clsx } from 'clsx';

type FigureTableProps = {
  caption: string;
  /** The first names what a row is about. */
  columns: readonly string[];
  rows: readonly { key: string; cells: readonly string[] }[];
  /** Sentences instead of figures: they stand left and break, and below each other on a phone. */
  isText?: boolean;
};

/** Figures to read and compare: what a row is about stands left, its figures right. Too wide for a phone, it scrolls by itself. */
export const FigureTable = ({
  caption,
  columns: [about, ...columns],
  rows,
  isText = false,
}: FigureTableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: who has only keys scrolls it by them.
  <section aria-label={caption} tabIndex={0} className="overflow-x-auto">
    <table className="tabular w-full text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className={clsx('border-rule border-b text-ink-3', isText && 'max-md:sr-only')}>
          <th scope="col" className="py-2 pr-4 text-left font-medium">
            {about}
          </th>
          {columns.map((column) => (
            <th
              key={column}
              scope="col"
              className={clsx('py-2 pl-4 font-medium', isText ? 'text-left' : 'whitespace-nowrap text-right')}
            >
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells: [name, ...cells] }) => (
          <tr key={key} className={clsx('border-rule border-b', isText && 'max-md:grid max-md:py-2')}>
            <th
              scope="row"
              className={clsx(
                'wrap-anywhere min-w-32 py-2 pr-4 text-left align-top',
                isText ? 'font-normal max-md:py-0 max-md:font-medium' : 'font-normal',
              )}
            >
              {name}
            </th>
            {cells.map((cell, index) => (
              <td
                key={columns[index]}
                className={clsx(
                  'py-2 pl-4 align-top',
                  isText
                    ? 'min-w-32 max-md:py-0 max-md:pl-0 max-md:text-ink-2'
                    : 'whitespace-nowrap text-right',
                )}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
