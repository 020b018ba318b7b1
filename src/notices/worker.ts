import { placeEvents } from '../db/feed.ts'
import { sweepNotices } from '../db/notices.ts'
import { limits } from '../limits.ts'
import { createSender, type PostRoom } from './sender.ts'

export interface NoticeWorker {
  /** Takes nothing new, finishes what is under way. */
  stop(): Promise<void>
}

/** Starts notices 通知: events into the feed, and from there to every endpoint. Any number of workers may share one database. */
export async function startNotices(room: PostRoom): Promise<NoticeWorker> {
  const { database, log } = room
  const sender = createSender(room)
  let stopped = false
  const goesOn = () => !stopped
  let placing: Promise<void> | undefined
  let again = false
  let soon: NodeJS.Timeout | undefined
  let heldMs = 0

  const place = async () => {
    do {
      again = false
      const { more, queued, held } = await placeEvents(database, new Date(room.now()))
      if (queued > 0) sender.wake()
      if (more) again = true
      // Nobody tells when the transaction that is in the way ends: soon, or else at a poll.
      heldMs = held ? Math.max(limits.noticeHeldMs, heldMs * 2) : 0
      clearTimeout(soon)
      if (held && goesOn() && heldMs < limits.noticePollMs) soon = setTimeout(move, heldMs)
    } while (again && goesOn())
  }
  const move = () => {
    if (stopped) return
    again = true
    placing ??= place()
      .catch((error: unknown) => log.error({ err: error }, 'events could not be put into the feed'))
      .finally(() => {
        placing = undefined
        if (again) move()
      })
  }
  let sweeping: Promise<unknown> = Promise.resolve()
  const sweep = async () => {
    while (goesOn() && (await sweepNotices(database, new Date(room.now()))));
  }
  await database.listen('yuchuang_events', move)
  await database.listen('yuchuang_notices', () => sender.wake())
  const poll = setInterval(() => {
    move()
    sender.wake()
  }, limits.noticePollMs)
  const clean = setInterval(() => {
    sweeping = sweeping
      .then(sweep)
      .catch((error: unknown) => log.error({ err: error }, 'old notices could not be taken away'))
  }, limits.noticeSweepMs)
  move()
  sender.wake()
  return {
    async stop() {
      stopped = true
      clearInterval(poll)
      clearInterval(clean)
      await Promise.all([placing, sweeping])
      clearTimeout(soon)
      await sender.stop()
    },
  }
}
