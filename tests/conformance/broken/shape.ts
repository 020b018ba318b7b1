import { Hono } from 'hono'
import type { Adapter } from '../../../adapters/adapter.ts'
import type { RuleId } from '../../../conformance/adapter/index.ts'
import type { Subject } from '../../../conformance/adapter/subject.ts'
import type { Desk } from '../../../mocks/agency.ts'

/** An agency's own adapter and mock with one thing broken, and the promises that are then broken: those, and no others. */
export interface Broken {
  readonly agency: string
  readonly how: string
  breaks(sound: Subject): Subject
  readonly fails: readonly RuleId[]
}

/** With another adapter, in the registry as well. */
export const withAdapter = (subject: Subject, change: (adapter: Adapter) => Partial<Adapter>): Subject => {
  const adapter = { ...subject.adapter, ...change(subject.adapter) }
  return { ...subject, adapter, registry: { ...subject.registry, [subject.agency]: adapter } }
}

/** What stands before an office: sees what is asked, and may answer otherwise. */
type Front = (request: Request, office: (request: Request) => Promise<Response>, desk: Desk) => Promise<Response>

/** With a mock whose offices have something before them. `each` makes one for each office. */
export const withFront = (subject: Subject, each: () => Front): Subject => {
  const { mock } = subject
  if (mock === undefined) throw new Error(`There is no mock ${subject.agency}`)
  return {
    ...subject,
    mock: {
      ...mock,
      open(desk) {
        const office = mock.open(desk)
        const front = each()
        return new Hono().all('*', (c) => front(c.req.raw, async (request) => office.fetch(request), desk))
      },
    },
  }
}
