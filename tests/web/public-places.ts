import { changeRoster } from '../../src/draw/roster.ts'
import { agency, lotsOf, registered, roomOf, tend } from '../draw/desk.ts'
import { frozenBeef } from '../support/world.ts'
import type { Place } from './pages.ts'
import type { Site } from './site.ts'

/** Pages for everybody that there are without anything having happened. */
export const publicStanding: readonly Place[] = [
  { path: '/' },
  { path: '/', as: 'trader' },
  { path: '/', as: 'admin' },
  { path: '/draws' },
  { path: '/draws/nobody/2026-11-21' },
  { path: '/codes' },
  { path: '/codes/tariff?q=85076000' },
  { path: '/codes/countries' },
  { path: '/codes/packaging' },
  { path: '/codes/countries?q=nothing-is-called-so' },
  { path: '/codes/tariff/8507600090' },
  { path: '/codes/nowhere' },
  { path: '/problems/declaration-invalid' },
]

/** Lots of the day that is told. */
const lotsAtOnce = 20
const mostLots = 200

const officers = ['OF-1', 'OF-2', 'OF-3', 'OF-4'].map((code) => ({
  code,
  name: `Officer ${code}`,
  onDuty: true,
  excused: [],
}))

/** What was registered for the draw alone was handed in nowhere: only its lots are left, so that everything kept is vouched for. */
const forget = `SET session_replication_role = replica;
DELETE FROM declaration_version WHERE declaration_id IN (SELECT id FROM declaration WHERE tenant = 'tenant');
DELETE FROM declaration WHERE tenant = 'tenant';
SET session_replication_role = DEFAULT`

/** A day of draws that is over and told, and one that is under way. */
export async function furnishPublic({ world }: Pick<Site, 'world'>): Promise<readonly Place[]> {
  const { database } = world
  const room = roomOf(database)
  await changeRoster(database, agency, { officers }, agency, () => undefined, new Date('2026-11-19T09:00:00Z'))
  // Six in the morning in Chongqing is 22:00 of the day before in UTC.
  await tend(room, '2026-11-19T21:00:00Z')
  const beginning = Date.parse('2026-11-19T22:00:00Z')
  const beef = frozenBeef()
  // Until somebody was selected: the seed is nobody's to choose.
  for (let lots = 0; lots < mostLots; lots += lotsAtOnce) {
    for (let at = lots; at < lots + lotsAtOnce; at++)
      await registered(database, new Date(beginning + at * 60_000), at % 2 === 0 ? beef : undefined)
    await tend(room, '2026-11-20T05:00:00Z')
    if ((await lotsOf(database, '2026-11-20')).some(({ officers: drawn }) => drawn !== null)) break
  }
  await tend(room, '2026-11-20T21:30:00Z')
  await tend(room, '2026-11-20T22:15:00Z')
  await tend(room, '2026-11-20T22:30:00Z')
  await database.pool.query(forget)
  const day = `/draws/${agency}/2026-11-20`
  return [{ path: day }, { path: `${day}?only=selected` }, { path: `/draws/${agency}/2026-11-21` }, ...publicStanding]
}
