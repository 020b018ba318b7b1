import { limits } from '../limits.ts'
import type { DrawRoom } from './drawer.ts'

export interface Drawer {
  /** Waits for what is under way. */
  stop(): Promise<void>
}

/** Tends the draws: whenever something was registered, and now and then. Not a background job: it needs the key secrets are sealed with, and agencies are not to wait. */
export async function startDrawer(room: DrawRoom, now: () => number = Date.now): Promise<Drawer> {
  const stopping = new AbortController()
  let working: Promise<void> | undefined
  let again = false
  const tend = async () => {
    again = false
    try {
      // Loaded when there is something to tend: a process starts without it.
      const { tendDraws } = await import('./drawer.ts')
      const { committed, closed, revealed } = await tendDraws(room, new Date(now()))
      if (committed.length + closed.length + revealed.length > 0)
        room.log.info({ committed, closed, revealed }, 'draws went on')
    } catch (error) {
      room.log.error({ err: error }, 'draws could not be tended')
    }
  }
  const work = () => {
    if (stopping.signal.aborted) return
    again = true
    working ??= tend().finally(() => {
      working = undefined
      // Woken meanwhile: something was registered after we looked.
      if (again) work()
    })
  }
  await room.database.listen('yuchuang_draws', work)
  const first = setTimeout(work, limits.drawStartMs)
  const timer = setInterval(work, limits.drawEveryMs)
  return {
    async stop() {
      stopping.abort()
      clearTimeout(first)
      clearInterval(timer)
      await working
    },
  }
}
