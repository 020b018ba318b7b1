/** Becoming again what one was 重放: a ledger run once more against fresh agencies, at the instants it happened. */
import { recordedIn, resultOf, serve, unpacked } from './exchange.ts'
import type { Exchanged, Kept } from './ledger.ts'
import { receiptsPath } from './push.ts'
import { noteAttempt, type World } from './world.ts'

/** Replays what the ledger kept. Nothing leaves and nothing is kept again; the clock ends at the last instant kept. */
export async function replay(world: World): Promise<void> {
  for (const line of world.ledger.before) {
    world.replaying = line.real
    await repeat(world, line)
  }
}

async function repeat(world: World, line: Kept): Promise<void> {
  switch (line.kept) {
    case 'opened':
      return
    case 'moved':
      return world.clock.moveTo(line.at)
    case 'exchange':
      return repeatExchange(world, line)
    case 'fault':
      // A maintenance that does not say from when begins when it was ordered.
      world.clock.moveTo(line.at)
      return world.faults.order(line.agency, line)
    case 'script':
      return world.scripts.load(line.script)
    case 'unscripted':
      return void world.scripts.remove(line.name)
    case 'cleared':
      return world.faults.clear(line.agency, line.fault)
    default: {
      const state = line.kept === 'again' ? 'waiting' : line.kept
      const parcel = world.pusher.mark(line.id, state)
      if (parcel === undefined)
        return world.defect('post', `replay: ${line.id} was ${line.kept} and is not sent any more`)
      if (line.kept === 'again') return
      noteAttempt(world, { parcel, path: receiptsPath(parcel.agency), status: line.status, error: undefined, state })
    }
  }
}

async function repeatExchange(world: World, line: Exchanged): Promise<void> {
  world.clock.moveTo(line.at)
  const office = world.officeOf(line.agency)
  if (office === undefined) return world.defect(line.agency, `replay: there is no agency ${line.agency} any more`)
  const { answer } = await serve(world, office, unpacked(line), recordedIn(line))
  const { status, digest } = resultOf(answer)
  if (status === line.status && digest === line.digest) return
  world.defect(
    line.agency,
    `replay: ${line.method} ${line.path} was answered ${line.status}, now ${status}, or with another body`,
  )
}
