import { notFound, redirect } from 'next/navigation';
import { RoomDoor } from '@/components/room/door';
import { NoSeat } from '@/components/room/no-seat';
import { RoomRecap } from '@/components/room/room-recap';
import { RoomView } from '@/components/room/room-view';
import { requireSession } from '@/lib/auth/session';
import { lookBehindCode, readRoom } from '@/lib/db/queries/room';
import { titled } from '@/lib/language/server-text';
import { readRoomCode, roomPath } from '@/lib/study/room/code';

export const generateMetadata = titled('Room');

type RoomPageProps = { params: Promise<{ code: string }> };

/** The room of a code for who sits there, its recap for who did, the door for who may come in. */
export default async function RoomPage({ params }: RoomPageProps) {
  const { db } = await requireSession();
  const given = decodeURIComponent((await params).code);
  const code = readRoomCode(given);
  if (code === null) notFound();
  if (code !== given) redirect(roomPath(code));

  const door = await lookBehindCode(db, { code });
  if (door.outcome === 'unknown') notFound();
  if (door.outcome === 'open') return <RoomDoor code={code} title={door.title} seated={door.seated} />;
  if (door.outcome === 'limited')
    return <NoSeat reason="limited" retryAfterSeconds={door.retryAfterSeconds} />;
  if (door.outcome === 'full' || door.outcome === 'closed') return <NoSeat reason={door.outcome} />;
  const room = await readRoom(db, { roomId: door.roomId });
  // Another stay is another run: what was on its way in the last one does not carry over.
  return room.access === 'seated' ? <RoomView key={room.id} initial={room} /> : <RoomRecap room={room} />;
}
