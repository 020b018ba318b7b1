import { expect, test } from 'vitest'
import type { Desk } from '../../mocks/agency.ts'
import { issuers } from '../../mocks/issuers.ts'
import { agencies } from '../../mocks/registry.ts'

/** A desk that notes what is done at it. */
function watchedDesk(): { readonly desk: Desk; readonly done: string[] } {
  const done: string[] = []
  const desk = new Proxy({} as Desk, {
    get: (_, name) =>
      name === 'began'
        ? 0
        : () => {
            done.push(String(name))
          },
  })
  return { desk, done }
}

// When an office is opened depends on who comes to it: a replay would not find it as it was.
test.each([...agencies, ...issuers].map((agency) => [agency.id, agency] as const))(
  '%s neither looks at the clock nor does anything while it opens',
  (_, agency) => {
    const { desk, done } = watchedDesk()
    agency.open(desk)
    expect(done).toEqual([])
  },
)
