import type { Ref } from 'react';

type FileInputProps = {
  accept: string;
  multiple?: boolean;
  onFiles: (files: File[]) => void;
  ref: Ref<HTMLInputElement>;
};

/** What a button opens to choose files; the button is what everybody sees and hears. */
export const FileInput = ({ onFiles, ...rest }: FileInputProps) => (
  <input
    {...rest}
    type="file"
    tabIndex={-1}
    aria-hidden="true"
    className="sr-only"
    onChange={(event) => {
      onFiles([...(event.target.files ?? [])]);
      // The same file can be chosen again after it was removed.
      event.target.value = '';
    }}
  />
);
