import { expectTypeOf, test } from 'vitest'
import type * as z from 'zod'
import { type Client, createClient } from '../../client/index.ts'
import type { acceptedAnswer, declarationAnswer, dryRunAnswer } from '../../schemas/answers.ts'
import type { declaration } from '../../schemas/declaration/index.ts'

/** Never called: what it says is for the compiler. */
async function typed(client: Client, body: z.input<typeof declaration>, tag: string, perhaps: boolean) {
  const accepted = await client.acceptDeclaration({ body })
  expectTypeOf(accepted.status).toEqualTypeOf<202>()
  expectTypeOf(accepted.body).toEqualTypeOf<z.output<typeof acceptedAnswer>>()

  const tried = await client.acceptDeclaration({ body, dryRun: true })
  expectTypeOf(tried.body).toEqualTypeOf<z.output<typeof dryRunAnswer>>()
  const either = await client.acceptDeclaration({ body, dryRun: perhaps })
  expectTypeOf(either.status).toEqualTypeOf<200 | 202>()

  const read = await client.readDeclaration({ id: 'x' })
  expectTypeOf(read.body).toEqualTypeOf<z.output<typeof declarationAnswer>>()
  const again = await client.readDeclaration({ id: 'x', ifNoneMatch: tag })
  expectTypeOf(again.status).toEqualTypeOf<200 | 304>()
  if (again.status === 304) expectTypeOf(again.body).toEqualTypeOf<undefined>()
  else expectTypeOf(again.body.filings).toEqualTypeOf<z.output<typeof declarationAnswer>['filings']>()

  const sheet = await client.readFeesXlsx({ day: '2026-11-21' })
  expectTypeOf(sheet.body).toEqualTypeOf<Uint8Array>()
  const csv = await client.readFeesCsv()
  expectTypeOf(csv.body).toEqualTypeOf<string>()

  for await (const one of client.each('listDeclarations', { direction: 'export' }))
    expectTypeOf(one).toEqualTypeOf<z.output<typeof declarationAnswer>>()

  // @ts-expect-error: it cannot be asked without its id
  await client.readDeclaration({})
  // @ts-expect-error: no such filter
  await client.listDeclarations({ directoin: 'export' })
  // @ts-expect-error: no such value
  await client.listDeclarations({ direction: 'outward' })
  // @ts-expect-error: a change names the state it changes
  await client.changeEndpoint({ id: 'x', body: { enabled: false } })
  // @ts-expect-error: a declaration is not this
  await client.acceptDeclaration({ body: { goods: 1 } })
  // @ts-expect-error: one thing has no pages
  client.each('readDeclaration', { id: 'x' })
  // @ts-expect-error: no such operation
  await client.eraseDeclaration({ id: 'x' })
}

test('the compiler knows what goes in and what comes back', () => {
  expectTypeOf(typed).parameter(0).toEqualTypeOf<ReturnType<typeof createClient>>()
})
