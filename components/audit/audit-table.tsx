import { clsx } from 'clsx';
import { useText } from '#use-text';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { momentInWords } from '@/lib/calendar/words';
import type { AuditLine } from '@/lib/db/queries/audit';
import { ERRORS, isErrorCode } from '@/lib/errors';
import type { Translate } from '@/lib/language/text';
import { actInWords } from './act-words';

type AuditTableProps = {
  lines: readonly AuditLine[];
  timezone: string;
  /** For a reader of everybody's lines, who looks for them by the names of acts. */
  withWho?: boolean;
};

const rowsOf = (metadata: AuditLine['metadata'], t: Translate): string => {
  const rows = typeof metadata === 'object' && metadata !== null && 'rows' in metadata ? metadata.rows : null;
  return typeof rows === 'number' ? t('{rows, plural, one {# row} other {# rows}}', { rows }) : '';
};

/** A student has no use for the names of rows, but for what was asked for: "A request to this server POST /api/make". */
const said = ({ action, subject }: AuditLine, t: Translate): string =>
  [actInWords(action, t), ...(action === 'request' && subject !== null ? [subject] : [])].join(' ');

const faultOf = (code: string | null, t: Translate): string => {
  if (code === null || !isErrorCode(code)) return t('Failed: {code}', { code: code ?? '' });
  return t.fault({ code, message: ERRORS[code].message });
};

/** What was done, newest first. */
export function AuditTable({ lines, timezone, withWho = false }: AuditTableProps) {
  const t = useText();
  const cell = 'border-rule border-b py-2 pr-4 align-top';
  // On a phone a student reads what was done and what came of it.
  const aside = withWho ? undefined : 'max-md:hidden';
  const beside = [t('From|network'), t('Took')];
  return (
    <ScrollRegion label={t('Activity')}>
      <table className="w-full text-left text-sm">
        <thead>
          <tr className="text-ink-3 text-xs">
            {[
              t('When'),
              ...(withWho ? [t('Who')] : []),
              t('What'),
              ...(withWho ? [t('Which row')] : []),
              t('Outcome'),
              t('From|network'),
              t('Took'),
            ].map((name) => (
              <th
                key={name}
                scope="col"
                className={clsx('border-rule border-b pr-4 pb-2 font-medium', beside.includes(name) && aside)}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <td className={`${cell} whitespace-nowrap tabular`}>
                <time dateTime={line.at}>
                  {momentInWords(line.at, 'shortDay', timezone, t.language)}{' '}
                  {momentInWords(line.at, 'time', timezone, t.language)}
                </time>
              </td>
              {withWho && <td className={cell}>{line.email ?? line.userId}</td>}
              <td className={cell}>
                {withWho ? line.action : said(line, t)}
                {line.actor === 'service' && <span className="text-ink-3"> {t('by a job')}</span>}
              </td>
              {withWho && (
                <td className={`${cell} max-w-56 truncate text-ink-2`} title={line.subject ?? undefined}>
                  {line.subject ?? rowsOf(line.metadata, t)}
                </td>
              )}
              <td className={cell}>
                {line.outcome === 'failure' ? (
                  <span className="text-brick">
                    {withWho ? t.rich('Failed: {code}', { code: line.code }) : faultOf(line.code, t)}
                  </span>
                ) : (
                  t('Done')
                )}
              </td>
              <td className={clsx(cell, aside, 'whitespace-nowrap text-ink-2')}>{line.network ?? ''}</td>
              <td className={clsx(cell, aside, 'whitespace-nowrap text-ink-2 tabular')}>
                {t('{durationMs} ms', { durationMs: line.durationMs })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
