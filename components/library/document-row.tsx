'use client';

import { Ellipsis, ExternalLink, Pencil, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { iconButtonClass } from '@/components/ui/button';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/components/ui/menu';
import { api, paths } from '@/lib/links';
import { extentOf } from '@/lib/study/locator';
import { DocumentEditor } from './document-editor';
import { activityOf, isReread, type LibraryDocument } from './documents';
import { formatBytes } from './file-check';
import { FileGlyph } from './file-glyph';
import { deferredDelete } from './stores';

type DocumentRowProps = { document: LibraryDocument; courses: readonly string[]; deleteFailed: boolean };

/** A document that can be answered from. */
export function DocumentRow({ document, courses, deleteFailed }: DocumentRowProps) {
  const [isEditing, setIsEditing] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const movesFocus = useRef(false);
  const { id, title, fileName, sizeBytes } = document;

  if (isEditing) {
    return (
      <li className="border-rule border-t py-3 last:border-b">
        <DocumentEditor
          document={document}
          courses={courses}
          onClose={() => {
            setIsEditing(false);
            requestAnimationFrame(() => trigger.current?.focus());
          }}
        />
      </li>
    );
  }
  const meta = [
    extentOf(document),
    sizeBytes === null ? undefined : formatBytes(sizeBytes),
    isReread(document) ? `${activityOf(document)}, ${document.progress}%` : undefined,
  ].filter(Boolean);
  return (
    <li className="grid min-h-14 grid-cols-[24px_minmax(0,1fr)_auto] items-center gap-x-3.5 border-rule border-t py-2 last:border-b md:grid-cols-[24px_minmax(0,1fr)_auto_36px]">
      <FileGlyph fileName={fileName} />
      <div className="min-w-0">
        <Link
          href={paths.document(id)}
          className="block truncate font-medium font-notes text-md leading-5.5 hover:underline hover:underline-offset-3"
        >
          {title}
        </Link>
        <p className="text-ink-3 text-xs">{meta.join(' · ')}</p>
        {document.error && (
          <p className="text-ink-2 text-xs">
            I could not read it anew and go on with what I read before. {document.error.message}
          </p>
        )}
        {deleteFailed && (
          <p role="alert" className="text-brick text-xs">
            It could not be deleted. It is all still here; try again.
          </p>
        )}
      </div>
      <p className="hidden text-ink-3 text-xs md:block">Ready</p>
      <Menu>
        <MenuTrigger ref={trigger} aria-label={`More for ${title}`} className={iconButtonClass()}>
          <Ellipsis aria-hidden="true" className="size-4.5" />
        </MenuTrigger>
        <MenuContent
          onCloseAutoFocus={(event) => {
            // The editor or Undo takes the focus: the button it would go back to is no longer there.
            if (movesFocus.current) event.preventDefault();
            movesFocus.current = false;
          }}
        >
          <MenuItem
            onSelect={() => {
              movesFocus.current = true;
              setIsEditing(true);
            }}
          >
            <Pencil aria-hidden="true" className="size-4" />
            Change title or course
          </MenuItem>
          <MenuItem asChild>
            <a href={api.file(id)} target="_blank" rel="noreferrer">
              <ExternalLink aria-hidden="true" className="size-4" />
              Open the original
            </a>
          </MenuItem>
          <MenuSeparator />
          <MenuItem
            brick
            onSelect={() => {
              movesFocus.current = true;
              deferredDelete.schedule(id);
            }}
          >
            <Trash2 aria-hidden="true" className="size-4" />
            Delete
          </MenuItem>
        </MenuContent>
      </Menu>
    </li>
  );
}
