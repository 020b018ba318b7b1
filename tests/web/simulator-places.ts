import { agencies } from '../../mocks/registry.ts'
import { hostile } from './hostile-names.ts'
import type { Place } from './pages.ts'
import type { Site } from './site.ts'

const as = 'admin'
const [agency] = agencies
const session = 'sweep'

/** The simulator's pages as there are of themselves. */
export const simulatorPlaces: readonly Place[] = [
  { path: '/simulator', as },
  { path: '/simulator?session=nowhere', as },
  { path: '/simulator/scenarios', as },
  { path: `/simulator/agencies/${agency?.id}`, as },
  { path: '/simulator/journal', as },
  { path: '/simulator/recordings', as },
  { path: '/simulator', as: 'trader' },
]

/** A session in which agencies are broken, scripts stand, and requests met nothing. */
export async function furnishSimulator({ world }: Site): Promise<readonly Place[]> {
  const order = async (method: string, path: string, body: unknown) => {
    const response = await world.call(method, `/v1/simulator/control${path}`, {
      key: world.keys.admin,
      headers: { 'x-sim-session': session },
      body,
    })
    if (response.status >= 400) throw new Error(`${response.status}: ${await response.text()}`)
  }
  await order('POST', '/sessions', { id: session, seed: hostile, startAt: '2026-11-20T02:00:00Z' })
  await order('PUT', `/agencies/${agency?.id}/faults`, { fault: 'BUSY', times: 3 })
  await order('PUT', `/agencies/${agency?.id}/faults`, { fault: 'MAINTENANCE', forS: 600 })
  await order('POST', '/scripts', {
    name: hostile,
    agency: agencies[1]?.id,
    starts: hostile,
    unmatched: 'refuse',
    steps: [{ name: hostile, in: hostile, match: { method: 'POST', path: '/long/'.repeat(20) } }],
  })
  await order('POST', `/sessions/${session}/snapshots`, { name: 'kept' })
  await order('POST', '/recordings', { agency: agencies[2]?.id, target: 'https://nowhere.example/agency' })
  const address = `${world.simulatorUrl}/sessions/${session}`
  const body = JSON.stringify({ name: hostile, price: 1.1, long: 'x'.repeat(300) })
  await fetch(`${address}/${agencies[1]?.id}/long/${'x'.repeat(200)}`, { method: 'POST', body })
  await fetch(`${address}/${agency?.id}/mailbox?after=0`)
  const of = (path: string, more = '') => `/simulator${path}?session=${session}${more}`
  const shown = (path: string, shows?: string): Place => ({ path, as, ...(shows === undefined ? {} : { shows }) })
  return [
    shown(of(''), hostile),
    shown(of('/scenarios', '&q=a'), hostile),
    shown(of('/scenarios', '&example=1')),
    shown(of(`/agencies/${agency?.id}`)),
    shown(of('/journal'), hostile),
    shown(of('/journal', '&misses=yes&agency=none')),
    shown(of('/journal', '&status=teapot')),
    shown(of('/journal/1'), hostile),
    shown(of('/recordings')),
  ]
}
