/** The same rows in figures; the whole of it goes to a spreadsheet. */
import { count } from '../shared/format.ts';
import type { Figures, Statistics } from '../shared/statistics-types.ts';
import { duration, nameOf, share } from './labels.ts';
import { statisticsWords } from './words.ts';

const COLUMNS = [
  'calls',
  'answerRate',
  'waitingSeconds',
  'handlingSeconds',
  'recordedShare',
  'provenShare',
  'optOuts',
  'resolvedShare',
] as const;
type Column = (typeof COLUMNS)[number];

function cellOf(figures: Figures, column: Column): string {
  if (column === 'calls' || column === 'optOuts') return count(figures[column]);
  if (column === 'waitingSeconds' || column === 'handlingSeconds') return duration(figures[column]);
  return share(figures[column]);
}

export function FigureTable({ statistics, csv }: { statistics: Statistics; csv: string }) {
  const t = statisticsWords.value;
  const { by, rows, totals } = statistics;
  return (
    <section class="card statistics-card">
      <header class="statistics-head">
        <h2 id="statistics-table">{t.table}</h2>
        <a class="button small" href={csv} download data-testid="statistics-csv">
          {t.csv}
        </a>
      </header>
      {rows.length === 0 ? (
        <p class="muted">{t.noRows}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
        <section class="statistics-scroll" tabIndex={0} aria-labelledby="statistics-table">
          <table data-testid="statistics-rows">
            <thead>
              <tr>
                <th scope="col">{t.kinds[by]}</th>
                {COLUMNS.map((column) => (
                  <th scope="col" key={column}>
                    {t.columns[column]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.key}>
                  <th scope="row">{nameOf(row, by)}</th>
                  {COLUMNS.map((column) => (
                    <td key={column} class="figures">
                      {cellOf(row, column)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t.total}</th>
                {COLUMNS.map((column) => (
                  <td key={column} class="figures">
                    {cellOf(totals, column)}
                  </td>
                ))}
              </tr>
            </tfoot>
          </table>
        </section>
      )}
    </section>
  );
}
