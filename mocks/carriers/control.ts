/** Control of corridors 通道控制: which scripts there are, and an order to play one. Nothing of it outlives the process. */
import { Hono } from 'hono'
import { isContainerNumber } from '../../schemas/formats.ts'
import { corridors } from './corridors.ts'
import type { Player } from './player.ts'
import { type Disorder, disorders, isDisorder } from './script.ts'

/** An order, read out of JSON that may be anything. */
interface Order {
  readonly equipment: string
  readonly startAt: number
  readonly speed: number
  readonly delayHours: number
  readonly papers: readonly string[]
  readonly disorder: ReadonlySet<Disorder>
  readonly keyOf: (publisher: string) => string
}

export function corridorControl(player: Player, now: () => number): Hono {
  const app = new Hono().basePath('/control/corridors')
  app.get('/', (c) =>
    c.json({
      corridors: [...corridors.values()].map(({ id, name, source, publishers, steps }) => ({
        id,
        name,
        source,
        publishers,
        steps: steps.length,
      })),
      disorders,
      played: player.played(),
    }),
  )
  app.post('/:id', async (c) => {
    const corridor = corridors.get(c.req.param('id'))
    if (corridor === undefined) return refuse(404, `corridors: ${[...corridors.keys()].join(', ')}`)
    const order = orderOf(await c.req.json().catch(() => undefined), now())
    if (typeof order === 'string') return refuse(400, order)
    const { keyOf, ...journey } = order
    return c.json(player.play(corridor, journey, keyOf), 202)
  })
  return app
}

const texts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= 20 && value.every((one) => typeof one === 'string' && one.length <= 100)
const isKey = (value: unknown): value is string => typeof value === 'string' && /^[\w-]{20,200}$/.test(value)

/** @returns what is wrong with it, where it is no order */
function orderOf(body: unknown, now: number): Order | string {
  if (typeof body !== 'object' || body === null) return 'a JSON object with equipment and key'
  const {
    equipment,
    start,
    speed = 1,
    delayHours = 0,
    papers = [],
    disorder = [],
    key,
    keys = {},
  } = body as Record<string, unknown>
  if (typeof equipment !== 'string' || !isContainerNumber(equipment))
    return 'equipment is a container number (ISO 6346)'
  const startAt = start === undefined ? now : typeof start === 'string' ? Date.parse(start) : Number.NaN
  if (Number.isNaN(startAt)) return 'start is an instant, RFC 3339'
  if (typeof speed !== 'number' || !(speed > 0 && speed <= 100_000)) return 'speed is a number above 0, at most 100000'
  if (typeof delayHours !== 'number' || !(Math.abs(delayHours) <= 1_000)) return 'delayHours is a number, -1000 to 1000'
  if (!texts(papers)) return 'papers is a list of up to 20 numbers'
  if (!Array.isArray(disorder) || !disorder.every(isDisorder))
    return `disorder is a list of ${Object.keys(disorders).join(', ')}`
  if (typeof keys !== 'object' || keys === null || !Object.values(keys).every(isKey))
    return 'keys are API keys by publisher'
  const byPublisher = new Map(Object.entries(keys as Record<string, string>))
  if (!isKey(key) && byPublisher.size === 0) return 'key is the API key of a carrier; or keys, one for each publisher'
  const keyOf = (publisher: string) => byPublisher.get(publisher) ?? (isKey(key) ? key : '')
  return { equipment, startAt, speed, delayHours, papers, disorder: new Set(disorder), keyOf }
}

function refuse(status: 400 | 404, detail: string): Response {
  const title = status === 400 ? 'Bad Request' : 'Not Found'
  return Response.json(
    { type: 'about:blank', title, status, detail },
    { status, headers: { 'content-type': 'application/problem+json' } },
  )
}
