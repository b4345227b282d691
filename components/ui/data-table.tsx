type DataTableProps = {
  caption: string;
  columns: readonly string[];
  /** Each begins with what its row is about. */
  rows: readonly (readonly [string, ...(string | number)[]])[];
};

/** What a picture shows, for those who hear the page. */
export const DataTable = ({ caption, columns, rows }: DataTableProps) => (
  <div className="sr-only">
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...cells]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {cells.map((cell, index) => (
              <td key={columns[index + 1]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
