import { expect } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { problemAnswer } from '../../schemas/problem.ts'
import type { Adapters } from '../../src/filing/plan.ts'
import { type ProblemCode, problems } from '../../src/problem.ts'
import { evBatteries, openWorld, type World } from '../support/world.ts'

export interface ProblemDocument {
  type: string
  title: string
  status: number
  detail: string
  instance: string
  code: string
  requestId: string
  errors?: { pointer: string; code: string; agency?: string | undefined; detail: string; detailZh: string }[]
  moreErrors?: true
}

/** Demands a whole problem document (RFC 9457) with its headers, of one kind, and gives it. */
export async function problemOf(response: Response, code: ProblemCode): Promise<ProblemDocument> {
  const text = await response.text()
  expect({ status: response.status, text }).toMatchObject({
    status: problems[code].status,
    text: expect.stringMatching(/^\{"type"/) as string,
  })
  const document = JSON.parse(text) as ProblemDocument
  expect(document).toMatchObject({ code, type: `/problems/${code}`, status: response.status })
  problemAnswer.strict().parse(document)
  const chinese = document.title === problems[code].zh
  expect(document.title).toBe(problems[code][chinese ? 'zh' : 'en'])
  expect(document.detail).not.toBe('')
  expect(document.instance).toMatch(/^\//)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.headers.get('content-language')).toBe(chinese ? 'zh-CN' : 'en')
  if (response.headers.get('idempotent-replayed') === null)
    expect(response.headers.get('request-id')).toBe(document.requestId)
  for (const found of document.errors ?? []) {
    expect(found.pointer).toMatch(/^(\/|$)/)
    expect(found.code).toMatch(/^[a-z0-9-]+$/)
    expect(found.detail).not.toBe('')
    expect(found.detailZh).not.toBe('')
  }
  return document
}

/** Where each issue is and what it is, sorted: `/goodsShipment/items/0/hsCode unknown-code`. */
export const issuesIn = (document: { errors?: ProblemDocument['errors'] }): string[] =>
  (document.errors ?? [])
    .map(({ pointer, code, agency }) => [pointer, code, ...(agency === undefined ? [] : [agency])].join(' '))
    .sort()

const counted = [
  'declaration',
  'declaration_version',
  'filing',
  'event',
  'message',
  'delivery',
  'receipt',
  'idempotency',
] as const
export type Rows = { readonly [table in (typeof counted)[number]]: number }

/** How many rows each table holds now. */
export async function countRows({ database }: World): Promise<Rows> {
  const { rows } = await database.pool.query<Rows>(
    `SELECT ${counted.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`).join(', ')}`,
  )
  return rows[0] as Rows
}

/** Runs `work` and demands that it leaves nothing behind but what `but` names. */
export async function keepingNothing<T>(world: World, work: () => Promise<T>, but: Partial<Rows> = {}): Promise<T> {
  const before = await countRows(world)
  const result = await work()
  const added = Object.fromEntries(
    Object.entries(but).map(([table, count]) => [table, before[table as keyof Rows] + count]),
  )
  expect(await countRows(world)).toEqual({ ...before, ...added })
  return result
}

let keys = 0
/** Headers of a creating request with a key of its own. */
export const freshKey = (): { 'idempotency-key': string } => ({ 'idempotency-key': `test-${++keys}` })

/** A deep copy with one place changed, e.g. `changed(declaration, 'goodsShipment.items.0.hsCode', '0')`; undefined removes it. */
export function changed(document: unknown, path: string, value: unknown): Record<string, unknown> {
  const copy = structuredClone(document) as Record<string, unknown>
  const segments = path.split('.')
  const last = segments.pop() ?? ''
  let at = copy
  for (const segment of segments) at = at[segment] as Record<string, unknown>
  if (value === undefined) delete at[last]
  else at[last] = value
  return copy
}

const few = ['customs', 'border']
/** The agencies of a small world. */
export const fewAgencies: Adapters = Object.fromEntries(
  Object.entries(adapters).filter(([agency]) => few.includes(agency)),
)

/** A world of few agencies: it comes to rest sooner, and then tags and pages stand still. */
export const smallWorld = (): Promise<World> => openWorld({ adapters: fewAgencies })

/** The sample with the particulars of the agencies of a small world only. */
export function smallSample(magic = ''): Declaration {
  const declaration = evBatteries(magic)
  const particulars = Object.entries(declaration.particulars ?? {}).filter(([agency]) => few.includes(agency))
  return { ...declaration, particulars: Object.fromEntries(particulars) }
}
