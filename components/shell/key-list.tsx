import { Kbd } from '@/components/ui/kbd';
import { KEY_GROUPS } from './keys';

export function KeyList() {
  return (
    <div className="grid gap-5">
      {KEY_GROUPS.map(({ where, keys }) => (
        <section key={where}>
          <h3 className="pb-1.5 font-semibold">{where}</h3>
          <dl>
            {keys.map((row) => (
              <div
                key={row.does}
                className="flex items-center justify-between gap-4 border-rule border-t py-2 last:border-b"
              >
                <dt className="text-ink-2">{row.does}</dt>
                <dd className="flex gap-1">
                  {row.keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
