'use client';

import { useRef, useState } from 'react';
import useSWR from 'swr';
import { useText } from '#use-text';
import { requestJson } from '@/components/client/request';
import { styleOf } from '@/components/client/tutor-style';
import { useAction } from '@/components/client/use-action';
import { useSettledRows } from '@/components/client/use-first-press';
import { Button } from '@/components/ui/button';
import { useInPlace } from '@/components/ui/editable-row';
import { Form } from '@/components/ui/form';
import { ProblemText } from '@/components/ui/problem-text';
import { TextArea, TextField } from '@/components/ui/text-field';
import {
  MAX_PERSONA_CHARACTERS,
  MAX_PERSONA_STYLE_CHARACTERS,
  MAX_PERSONA_TITLE_CHARACTERS,
} from '@/lib/domain/bounds';
import type { PersonaView } from '@/lib/domain/persona';
import { api } from '@/lib/links';

type Personas = { personas: PersonaView[]; default: string };

type Draft = Pick<PersonaView, 'title' | 'style' | 'instructions' | 'hints'>;
const EMPTY: Draft = { title: '', style: '', instructions: '', hints: true };

type EditorProps = { persona?: PersonaView; onSaved: () => Promise<unknown>; onCancel: () => void };

/** The fields of a style; what is more than a style is refused by the server, with the line it is about. */
function Editor({ persona, onSaved, onCancel }: EditorProps) {
  const t = useText();
  const [draft, setDraft] = useState<Draft>(persona ?? EMPTY);
  const edit = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const { run, pending, problem } = useAction(async () => {
    const { title, style, instructions, hints } = draft;
    await requestJson(persona ? api.persona(persona.slug) : api.personas, {
      method: persona ? 'PATCH' : 'POST',
      body: { title, style, instructions, hints },
    });
    await onSaved();
  });
  return (
    <Form className="grid gap-3 py-3" onSend={() => void run()} onLeave={onCancel}>
      <TextField
        label={t('Name')}
        required
        autoFocus
        maxLength={MAX_PERSONA_TITLE_CHARACTERS}
        value={draft.title}
        onChange={(event) => edit({ title: event.target.value })}
      />
      <TextField
        label={t('In a few words')}
        maxLength={MAX_PERSONA_STYLE_CHARACTERS}
        value={draft.style}
        onChange={(event) => edit({ style: event.target.value })}
      />
      <TextArea
        label={t('How it should speak')}
        hint={t('Tone, length, examples. It cannot change what the tutor may do or leave out the proof.')}
        required
        rows={5}
        maxLength={MAX_PERSONA_CHARACTERS}
        value={draft.instructions}
        onChange={(event) => edit({ instructions: event.target.value })}
      />
      <label className="flex min-h-11 items-center gap-2.5 font-medium">
        <input
          type="checkbox"
          checked={draft.hints}
          onChange={(event) => edit({ hints: event.target.checked })}
          className="size-4.5 accent-(--ink)"
        />
        {t('Give hints before the answer to a problem')}
      </label>
      <ProblemText problem={problem} />
      <div className="flex gap-2">
        <Button type="submit" busy={pending}>
          {t('Save')}
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          {t('Cancel')}
        </Button>
      </div>
    </Form>
  );
}

type RowProps = {
  persona: PersonaView;
  isDefault: boolean;
  onChanged: () => Promise<unknown>;
  onDeleted: () => Promise<unknown>;
};

function PersonaRow({ persona, isDefault, onChanged, onDeleted }: RowProps) {
  const t = useText();
  const editor = useInPlace();
  const { run, pending, problem } = useAction(async () => {
    await requestJson(api.persona(persona.slug), { method: 'DELETE' });
    await onDeleted();
  });
  if (editor.isOpen) {
    const saved = async () => {
      await onChanged();
      editor.close();
    };
    return (
      <li className="border-rule border-b">
        <Editor persona={persona} onSaved={saved} onCancel={editor.close} />
      </li>
    );
  }
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-rule border-b py-2.5">
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium wrap-anywhere">
          {persona.title}
          {isDefault && (
            <span className="font-normal text-ink-3 text-xs"> {t('· where conversations begin')}</span>
          )}
        </p>
        <p className="text-ink-2 wrap-anywhere">
          {[styleOf(persona, t), persona.hints ? t('hints first on problems') : t('answers at once')]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {persona.isOwn && (
        <>
          <Button size="sm" variant="quiet" ref={editor.opener} onClick={editor.open}>
            {t.rich('Change<span> {title}</span>', {
              title: persona.title,
              span: (words) => <span className="sr-only">{words}</span>,
            })}
          </Button>
          <Button size="sm" variant="line" busy={pending} onClick={() => void run()}>
            {t.rich('Delete<span> {title}</span>', {
              title: persona.title,
              span: (words) => <span className="sr-only">{words}</span>,
            })}
          </Button>
        </>
      )}
      <ProblemText problem={problem} />
    </li>
  );
}

/** The styles of everybody, and the student's own to make, change and delete. */
export function PersonasView({ initial }: { initial: Personas }) {
  const t = useText();
  const { data = initial, mutate } = useSWR<Personas, Error>(
    api.personas,
    (url: string) => requestJson(url),
    {
      fallbackData: initial,
    },
  );
  const list = useRef<HTMLUListElement>(null);
  useSettledRows(list, data.personas.length);
  const maker = useInPlace();
  const made = async () => {
    await mutate();
    maker.close();
  };
  // The button that was pressed is gone with its style; the one below the list stays.
  const removed = async () => {
    await mutate();
    maker.opener.current?.focus();
  };
  return (
    <div>
      <ul ref={list}>
        {data.personas.map((persona) => (
          <PersonaRow
            key={`${persona.isOwn} ${persona.slug}`}
            persona={persona}
            isDefault={persona.slug === data.default}
            onChanged={mutate}
            onDeleted={removed}
          />
        ))}
      </ul>
      {maker.isOpen ? (
        <Editor onSaved={made} onCancel={maker.close} />
      ) : (
        <Button className="mt-4" ref={maker.opener} onClick={maker.open}>
          {t('New style')}
        </Button>
      )}
    </div>
  );
}
