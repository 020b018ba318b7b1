import { beforeEach } from 'vitest'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { sampleDeclaration } from '../../seeds/samples.ts'
import { type Offices, openOffices } from './offices.ts'
import type { Seen } from './world.ts'

/** Whatever happened since: an office that is away moves the tag with every try. */
export const whatever = { 'if-match': '*' }
export const settled = (seen: Seen) => seen.changes.every(({ status }) => status !== 'pending')
const sentAll = ({ filings }: Seen) => filings.every(({ status }) => !['queued', 'sent', 'planned'].includes(status))

/** Two invented offices that say yes to everything unless told otherwise, and what a test of changes does with them. */
export async function openChanging() {
  const world: Offices = await openOffices()
  let run = 0
  let keys = 0
  beforeEach(() => {
    world.desk.answers = () => 'approved'
    world.heard.length = 0
  })
  const sample = (): Declaration => {
    const { particulars: _, ...declaration } = sampleDeclaration('laptops', {
      lrn: `CHANGE-${++run}`,
      on: new Date('2026-11-21T00:00:00Z'),
      run,
    })
    return { ...declaration, remarks: 'first' }
  }
  const etagOf = async (id: string) => (await world.call('GET', `/v1/declarations/${id}`)).headers.get('etag') ?? ''
  return {
    world,
    sample,
    etagOf,
    async ask(id: string, what: string, body: unknown, headers: Record<string, string> = {}) {
      return world.call('POST', `/v1/declarations/${id}/${what}`, {
        body,
        headers: { 'idempotency-key': `change-${++keys}`, 'if-match': await etagOf(id), ...headers },
      })
    },
    /** A declaration both offices have approved, or as they were told to. */
    async filed(): Promise<{ id: string; declaration: Declaration }> {
      const declaration = sample()
      const { body } = await world.post(declaration)
      await world.meanwhile(body.id, sentAll)
      return { id: body.id, declaration }
    },
    async changeOf(id: string) {
      const [change] = (await world.read(id)).changes
      return (await (await world.call('GET', change?.href ?? '')).json()) as {
        status: string
        filings: { agency: string; status: string; lastReceipt: { text: string } }[]
      }
    },
    documentOf: async (id: string) =>
      (await (await world.call('GET', `/v1/declarations/${id}/document`)).json()) as Declaration,
  }
}
