import { useId } from 'react';

type SelectFieldProps = {
  label: string;
  hint?: string;
  value: string;
  options: readonly { value: string; name: string }[];
  onChange: (value: string) => void;
};

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
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
      {hint && (
        <p id={`${id}-hint`} className="mt-1.5 text-ink-3 text-xs">
          {hint}
        </p>
      )}
    </div>
  );
}
