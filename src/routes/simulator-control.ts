import { type Context, Hono } from 'hono'
import type { Auth } from '../auth.ts'
import { readBody } from '../body.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { describe } from './describe.ts'
import type { simulatorOperations } from './describe-simulator.ts'
import { callSimulator, placeOf, sessionHeader } from './simulator-call.ts'

type Passed = Exclude<keyof typeof simulatorOperations, 'listOutcomes' | 'readSimulator'>

/** Everything that is passed on; nothing else is. */
const passed: { readonly [operation in Passed]: readonly [method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string] } = {
  readSimulatorHealth: ['GET', '/health'],
  listSimulatorUndelivered: ['GET', '/undelivered'],
  retrySimulatorUndelivered: ['POST', '/undelivered/:id/retry'],
  listSimulatorSessions: ['GET', '/sessions'],
  makeSimulatorSession: ['POST', '/sessions'],
  readSimulatorSession: ['GET', '/sessions/:id'],
  endSimulatorSession: ['DELETE', '/sessions/:id'],
  resetSimulatorSession: ['POST', '/sessions/:id/reset'],
  listSimulatorSnapshots: ['GET', '/sessions/:id/snapshots'],
  takeSimulatorSnapshot: ['POST', '/sessions/:id/snapshots'],
  dropSimulatorSnapshot: ['DELETE', '/sessions/:id/snapshots/:name'],
  restoreSimulatorSession: ['POST', '/sessions/:id/restore'],
  readSimulatorClock: ['GET', '/clock'],
  setSimulatorClock: ['PUT', '/clock'],
  advanceSimulatorClock: ['POST', '/clock/advance'],
  listSimulatorAgencies: ['GET', '/agencies'],
  listSimulatorFaults: ['GET', '/agencies/:id/faults'],
  orderSimulatorFault: ['PUT', '/agencies/:id/faults'],
  liftSimulatorFaults: ['DELETE', '/agencies/:id/faults'],
  listSimulatorScripts: ['GET', '/scripts'],
  loadSimulatorScript: ['POST', '/scripts'],
  unloadSimulatorScript: ['DELETE', '/scripts/:name'],
  readSimulatorJournal: ['GET', '/journal'],
  countSimulatorJournal: ['GET', '/journal/counts'],
  clearSimulatorJournal: ['DELETE', '/journal'],
  listSimulatorRecordings: ['GET', '/recordings'],
  beginSimulatorRecording: ['POST', '/recordings'],
  readSimulatorRecording: ['GET', '/recordings/:agency'],
  dropSimulatorRecording: ['DELETE', '/recordings/:agency'],
  readSimulatorRecordingScripts: ['GET', '/recordings/:agency/scripts'],
  stopSimulatorRecording: ['POST', '/recordings/:agency/stop'],
  listSimulatorCorridors: ['GET', '/corridors'],
  playSimulatorCorridor: ['POST', '/corridors/:id'],
}

/** By which member of which order the simulator is made to call an address. */
const calling: { readonly [operation in Passed]?: string } = {
  makeSimulatorSession: 'callbackUrl',
  beginSimulatorRecording: 'target',
}

/** Control of the simulator 模拟器控制 for integrators: passed on and back as it is, each call once. */
export function simulatorControlRoutes(services: Services, auth: Auth): Hono<Env> {
  const routes = new Hono<Env>()
  const integrator = auth('integrator', 'admin')
  for (const [operation, [method, path]] of Object.entries(passed) as [Passed, (typeof passed)[Passed]][])
    routes.on(method, path, describe(operation), integrator, async (context) => {
      const place = placeOf(services)
      const session = context.req.header(sessionHeader) ?? place.session
      const body = method === 'GET' || method === 'DELETE' ? undefined : await bodyOf(context)
      if (!services.notices.allowPrivate) mayName(context, calling[operation], body)
      const told = await callSimulator(place, {
        method,
        path: `/control${pathFor(context, path)}${new URL(context.req.url).search}`,
        session,
        key: services.simulatorKey,
        ...(body === undefined || body === '' ? {} : { body, contentType: context.req.header('content-type') }),
        timeoutMs: method === 'GET' ? limits.simulatorReadMs : limits.simulatorOrderMs,
      })
      // It asks for its key, which is ours to know and not the caller's.
      if (told.status === 401 || told.status === 403)
        throw new Problem('unavailable', {
          detail: {
            en: 'The simulator takes no orders from this gateway: give both the same SIMULATOR_KEY',
            zh: '模拟器不接受本网关的控制请求：请为两者设置相同的 SIMULATOR_KEY',
          },
        })
      context.header('X-Sim-Session', session)
      context.header('Cache-Control', 'no-store')
      if (told.contentType !== undefined) context.header('Content-Type', told.contentType)
      if (told.location?.startsWith('/control/')) context.header('Location', `/v1/simulator${told.location}`)
      if (told.status === 204) return context.body(null, 204)
      return context.body(told.body, told.status as 200)
    })
  return routes
}

/** The path as the simulator has it: what is named in it stays one part, whatever is in the name. @throws {Problem} not-found */
function pathFor(context: Context<Env>, path: string): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = context.req.param(name) ?? ''
    if (value === '' || value === '.' || value === '..') throw new Problem('not-found')
    return encodeURIComponent(value)
  })
}

/** What was sent, as text: what we look into is what goes on, to the letter. @throws {Problem} body-too-large, malformed-body */
async function bodyOf(context: Context<Env>): Promise<string> {
  const bytes = await readBody(context, limits.simulatorBodyBytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new Problem('malformed-body', { detail: { en: 'Not utf-8 text', zh: '不是有效的 utf-8 文本' }, cause })
  }
}

/**
 * The simulator calls from inside, and shows what it was answered. Where it calls only an admin says, unless the operator allows
 * calls to inside addresses anyway. @throws {Problem} forbidden
 */
function mayName(context: Context<Env>, member: string | undefined, body = ''): void {
  if (member === undefined || context.get('caller').role === 'admin') return
  let order: unknown
  try {
    order = JSON.parse(body)
  } catch {
    // The simulator says why it is no order.
    return
  }
  if (typeof order !== 'object' || order === null || !Object.hasOwn(order, member)) return
  throw new Problem('forbidden', {
    detail: {
      en: `Only an admin may say where the simulator calls (${member}), unless ALLOW_PRIVATE_WEBHOOKS is set`,
      zh: `仅管理员可以指定模拟器访问的地址（${member}），除非设置了 ALLOW_PRIVATE_WEBHOOKS`,
    },
  })
}
