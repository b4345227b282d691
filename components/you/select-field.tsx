import { useId } from 'react';

/** Those of one group stand together under its name. */
type Option = { value: string; name: string; group?: string | undefined };

type SelectFieldProps = {
  label: string;
  hint?: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
};

const drawn = ({ value, name }: Option) => (
  <option key={value} value={value}>
    {name}
  </option>
);

/** One of several, by the platform's own control. */
export function SelectField({ label, hint, value, options, onChange }: SelectFieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-semibold">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="block h-12 w-full min-w-0 rounded-2 border border-edge bg-page px-3 text-md"
      >
        {[...Map.groupBy(options, ({ group }) => group)].map(([group, members]) =>
          group === undefined ? (
            members.map(drawn)
          ) : (
            <optgroup key={group} label={group}>
              {members.map(drawn)}
            </optgroup>
          ),
        )}
      </select>
      {hint && (
        <p id={`${id}-hint`} className="mt-1.5 text-ink-3 text-xs">
          {hint}
        </p>
      )}
    </div>
  );
}
