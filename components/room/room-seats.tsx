'use client';

import { clsx } from 'clsx';
import { useState } from 'react';
import { useText } from '#use-text';
import { PersonAvatar } from '@/components/people/presence';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/menu';
import { SEATS } from '@/lib/domain/room';
import { GoalDialog } from './goal-dialog';
import { type Seat, stateWords } from './seats';

const tile =
  'min-w-0 md:grid md:min-h-21 md:grid-cols-[36px_minmax(0,1fr)] md:items-center md:gap-3 md:rounded-3 md:border md:border-rule md:bg-page md:px-4 md:py-3.5 max-md:w-18 max-md:text-center';

/** A square sits here, a grey ring is away; who is not connected has none, and words beside it. */
const activityOf = ({ state }: Seat) => (state === 'here' ? 'in_session' : state === 'away' ? 'idle' : null);

function Name({ name, isHost }: { name: string; isHost: boolean }) {
  const t = useText();
  return (
    <span className="flex min-w-0 items-baseline gap-1.5 max-md:justify-center">
      <b className="truncate font-semibold">{name}</b>
      {isHost && <span className="shrink-0 text-ink-3 text-xs max-md:sr-only">{t('host')}</span>}
    </span>
  );
}

type OthersSeatProps = {
  seat: Seat;
  nowMs: number;
  canRemove: boolean;
  onRemove: (seat: Seat) => void;
  onBlock: (seat: Seat) => void;
};

function OthersSeat({ seat, nowMs, canRemove, onRemove, onBlock }: OthersSeatProps) {
  const t = useText();
  return (
    <li className={tile}>
      <Menu>
        <MenuTrigger
          aria-label={t('{name}: more', { name: seat.name })}
          className="rounded-[11px] max-md:mx-auto max-md:mb-1 max-md:block"
        >
          <PersonAvatar name={seat.name} activity={activityOf(seat)} />
        </MenuTrigger>
        <MenuContent align="start">
          <p className="max-w-64 px-3 py-2 text-ink-2 text-xs wrap-anywhere">
            {seat.goal ? t('Wants to do: {goal}', { goal: seat.goal }) : t('No goal written')}
          </p>
          {canRemove && (
            <MenuItem brick onSelect={() => onRemove(seat)}>
              {t('Remove {name} from the room', { name: seat.name })}
            </MenuItem>
          )}
          <MenuItem onSelect={() => onBlock(seat)}>{t('Block {name}', { name: seat.name })}</MenuItem>
        </MenuContent>
      </Menu>
      <div className="min-w-0">
        <Name name={seat.name} isHost={seat.isHost} />
        <span className="line-clamp-2 text-ink-3 text-xs md:line-clamp-1">
          {stateWords(seat, nowMs, t) ?? seat.goal}
        </span>
      </div>
    </li>
  );
}

function OwnSeat({ seat, onGoal }: { seat: Seat; onGoal: (goal: string | null) => Promise<boolean> }) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <li className={tile}>
      <div className="max-md:mb-1 max-md:flex max-md:justify-center">
        <PersonAvatar name={seat.name} activity="in_session" />
      </div>
      <div className="min-w-0">
        <Name name={t('You')} isHost={seat.isHost} />
        <button
          type="button"
          aria-label={
            seat.goal ? t('Your goal: {goal}. Change it', { goal: seat.goal }) : t('Write your goal')
          }
          onClick={() => setOpen(true)}
          className={clsx(
            'block min-h-6 w-full text-xs hover:underline md:text-left',
            seat.goal ? 'truncate text-ink-3' : 'font-medium text-pen',
          )}
        >
          {seat.goal ?? t('Write your goal')}
        </button>
      </div>
      <GoalDialog open={isOpen} onOpenChange={setOpen} goal={seat.goal} onGoal={onGoal} />
    </li>
  );
}

type RoomSeatsProps = Omit<OthersSeatProps, 'seat'> & {
  seats: readonly Seat[];
  onGoal: (goal: string | null) => Promise<boolean>;
};

/** Who sits here, each with one line they want to get done, and how many seats are free. */
export function RoomSeats({ seats, onGoal, ...others }: RoomSeatsProps) {
  const t = useText();
  const free = SEATS - seats.length;
  return (
    <ul
      aria-label={t('Seats')}
      className={clsx(
        'flex flex-wrap justify-center gap-2 px-5 pb-3.5 md:grid md:grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] md:pr-2 md:pb-2 md:pl-4',
        free === 0 ? 'xl:grid-cols-5' : 'xl:grid-cols-4',
      )}
    >
      {seats.map((seat) =>
        seat.isMe ? (
          <OwnSeat key={seat.userId} seat={seat} onGoal={onGoal} />
        ) : (
          <OthersSeat key={seat.userId} seat={seat} {...others} />
        ),
      )}
      {free > 0 && (
        <li className="grid min-h-21 place-items-center rounded-3 border border-edge border-dashed px-4 text-ink-3 max-md:hidden">
          {free === 1 ? t('One seat free') : t('{free} seats free', { free })}
        </li>
      )}
    </ul>
  );
}
