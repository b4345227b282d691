'use client';

import { Bell, BellOff, Check, Link2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useText } from '#use-text';
import { useCopy } from '@/components/client/use-copy';
import { Button, buttonClass, IconButton } from '@/components/ui/button';
import { MenuItem, MoreMenu } from '@/components/ui/menu';
import { Tooltip } from '@/components/ui/tooltip';
import { roomPath, spokenCode } from '@/lib/study/room/code';
import { isChimeOn, ring, setChime } from './chime';

function ChimeSwitch() {
  const t = useText();
  const [isOn, setOn] = useState(false);
  useEffect(() => setOn(isChimeOn()), []);
  const Icon = isOn ? Bell : BellOff;
  const label = isOn
    ? t('A chime sounds when a phase ends. Switch it off')
    : t('No sound when a phase ends. Switch the chime on');
  return (
    <Tooltip text={isOn ? t('Chime is on') : t('Chime is off')}>
      <IconButton
        label={label}
        aria-pressed={isOn}
        onClick={() => {
          setChime(!isOn);
          setOn(!isOn);
          // Heard once when it is switched on, which is also when a browser allows sound.
          if (!isOn) ring();
        }}
      >
        <Icon aria-hidden="true" className="size-4.5" />
      </IconButton>
    </Tooltip>
  );
}

function CodeButton({ code }: { code: string }) {
  const t = useText();
  const { state, copy } = useCopy();
  const Icon = state === 'copied' ? Check : Link2;
  return (
    <>
      <Tooltip text={state === 'failed' ? t('The browser does not allow copying') : t('Copy the link')}>
        <button
          type="button"
          aria-label={t('Room code {value}. Copy the link', { value: [...code].join(' ') })}
          onClick={() => void copy(`${location.origin}${roomPath(code)}`)}
          className={buttonClass({ variant: 'quiet', size: 'sm', className: 'max-md:px-2' })}
        >
          <Icon aria-hidden="true" className="size-4" />
          <span className="tabular max-[26rem]:hidden">{spokenCode(code)}</span>
        </button>
      </Tooltip>
      <span role="status" className="sr-only">
        {state === 'copied' ? t('Link copied') : ''}
      </span>
    </>
  );
}

type RoomHeaderProps = {
  title: string | null;
  code: string;
  isHost: boolean;
  onLeave: () => void;
  onClose: () => void;
};

export function RoomHeader({ title, code, isHost, onLeave, onClose }: RoomHeaderProps) {
  const t = useText();
  return (
    <header className="flex min-h-14 min-w-0 items-center gap-2.5 pr-2 pl-5 max-md:gap-1 md:pl-4">
      <h1 title={title ?? undefined} className="min-w-0 truncate font-semibold">
        {title ?? t('Study room')}
      </h1>
      <CodeButton code={code} />
      <span className="flex-1" />
      <ChimeSwitch />
      {isHost && (
        <MoreMenu about={t('the host')}>
          <MenuItem brick onSelect={onClose}>
            {t('Close the room for everybody')}
          </MenuItem>
        </MoreMenu>
      )}
      <Button size="sm" aria-keyshortcuts="L" onClick={onLeave}>
        {t('Leave')}
      </Button>
    </header>
  );
}
