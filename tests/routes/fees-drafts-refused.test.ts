import { describe, expect, test } from 'vitest'
import { draftAnswer, draftChecksAnswer } from '../../schemas/fees/drafts.ts'
import { makeKey } from '../../src/db/keys.ts'
import type { ProblemCode } from '../../src/problem.ts'
import { newFee } from '../fees/drafting.ts'
import { fee } from '../fees/support.ts'
import { broker } from '../support/world.ts'
import { openFeeDesk, wanted } from './fee-desk.ts'
import { freshKey, issuesIn, problemOf } from './support.ts'

const { world, officer, terminal, call, begin, tagOf, read, put, move } = await openFeeDesk()

describe('who may', () => {
  test.each<[string, string | undefined, ProblemCode]>([
    ['nobody without a key', '', 'unauthenticated'],
    ['no trader', world.keys.trader, 'forbidden'],
    ['no integrator', world.keys.integrator, 'forbidden'],
  ])('%s', async (_, key = '', code) => {
    const path = await begin()
    for (const [method, at] of [
      ['GET', '/v1/fee-drafts'],
      ['GET', path],
      ['GET', `${path}/checks`],
      ['POST', `${path}/approvals`],
    ] as const)
      await problemOf(await call(method, at, { key, match: '*' }), code)
  })
  test('a payee’s key approves nothing, and what is not its own is not there', async () => {
    const own = await begin(terminal)
    const others = await begin()
    await problemOf(
      await call('POST', `${own}/approvals`, { key: terminal, match: '*', body: { digest: '0'.repeat(64) } }),
      'forbidden',
    )
    for (const path of ['', '/entries', '/checks', '/differences', '/entries/fee/guoyuan-tally'])
      await problemOf(await call('GET', `${others}${path}`, { key: terminal }), 'not-found')
    const refused = await problemOf(
      await put(own, fee('guoyuan-tally', { payee: 'qingtian-tally', kind: 'tally' }), terminal),
      'forbidden',
    )
    expect(issuesIn(refused)).toEqual(['/payee not-your-payee'])
    expect((await put(own, fee('guoyuan-new', { kind: 'seal' }), terminal)).status).toBe(200)
    expect((await move(own, 'submissions', undefined, terminal)).status).toBe(200)
    // It may take back what it submitted; an officer may send it back.
    expect(draftAnswer.parse(await (await move(own, 'returns', { remark: 'Not yet' }, terminal)).json()).status).toBe(
      'returned',
    )
  })
  test('a key of a firm with no payee begins nothing', async () => {
    const nobody = await makeKey(world.database, { name: 'nobody', role: 'payee', tenant: broker })
    await problemOf(
      await call('POST', '/v1/fee-drafts', { key: nobody, body: wanted, headers: freshKey() }),
      'forbidden',
    )
  })
})

describe('what cannot be put', () => {
  const price = (rate: object) => ({
    ...newFee('x-fee').content,
    price: { kind: 'rates', currency: 'CNY', rates: [{ form: 'fixed', per: ['container'], ...rate }] },
  })
  test.each<[string, object, string[]]>([
    ['a negative amount', price({ amount: '-1' }), ['/price/rates/0/amount amount-negative']],
    ['an absurd one', price({ amount: '10000000.01' }), ['/price/rates/0/amount amount-absurd']],
    ['a float', price({ amount: 1.5 }), ['/price/rates/0/amount invalid-type']],
    ['five places', price({ amount: '1.00001' }), ['/price/rates/0/amount amount-malformed']],
    ['a field nobody knows', { ...newFee('x-fee').content, colour: 'red' }, ['/colour unknown-field']],
    ['a kind nobody knows', { ...newFee('x-fee').content, kind: 'bribe' }, ['/kind unknown-code']],
    ['a day that is none', { ...newFee('x-fee').content, validTo: '2027-02-29' }, ['/validTo invalid-format']],
  ])('%s', async (_, body, issues) => {
    const path = await begin()
    const response = await call('PUT', `${path}/entries/fee/x-fee`, { match: await tagOf(path), body })
    expect(issuesIn(await problemOf(response, 'body-invalid'))).toEqual(issues)
    expect(await read(path)).toMatchObject({ revision: 1, changes: { put: 0, removed: 0 } })
    await call('DELETE', path, { match: await tagOf(path) })
  })
  test('under a name that is none', async () => {
    const path = await begin()
    const at = (name: string) => call('PUT', `${path}/entries/${name}`, { match: '*', body: newFee('x-fee').content })
    await problemOf(await at('thing/x-fee'), 'not-found')
    await problemOf(await at('constructor/x-fee'), 'not-found')
    for (const id of ['X', 'a', 'a--b', `a${'b'.repeat(80)}`, '-a'])
      expect(issuesIn(await problemOf(await at(`fee/${id}`), 'invalid-parameter'))).toEqual(['/entryId invalid-format'])
  })
  test('what is out of order is told all at once, and not submitted', async () => {
    const path = await begin(officer, { validFrom: '2026-11-01' })
    await put(path, newFee('a-fee', { kind: 'port-construction' }))
    await put(path, newFee('b-fee', { payee: 'nobody' }))
    const issues = ['/fee/a-fee/kind kind-cancelled', '/fee/b-fee/payee unknown-entry', '/validFrom begins-in-the-past']
    expect(issuesIn(await problemOf(await move(path, 'submissions'), 'draft-invalid'))).toEqual(issues)
    const checks = draftChecksAnswer.parse(await (await call('GET', `${path}/checks`)).json())
    expect(
      checks.data
        .filter(({ severity }) => severity === 'error')
        .map(({ pointer, code }) => `${pointer} ${code}`)
        .sort(),
    ).toEqual(issues)
    expect(await read(path)).toMatchObject({ status: 'open', checks: { errors: 3 } })
  })
})
