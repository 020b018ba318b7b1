import { describe, expect, test } from 'vitest'
import { readEditionEntries } from '../../src/db/catalogue-reads.ts'
import { type Desk, newFee, openDesk, orderlyEntries, refusalOf } from './drafting.ts'
import { fee } from './support.ts'

const standing = (desk: Desk) =>
  Promise.all(
    ['catalogue_edition', 'catalogue_edition_entry', 'catalogue_revision', 'feed', 'catalogue_key'].map(desk.count),
  )

describe('a list to begin with', async () => {
  const desk = await openDesk()

  test('may hold from a day that is over, is checked as any draft is, and nobody is told', async () => {
    const broken = [...orderlyEntries(), fee('x-fee', { payee: 'nobody' })]
    expect(await refusalOf(desk.seed(broken))).toEqual({
      code: 'draft-invalid',
      issues: ['/fee/x-fee/payee unknown-entry'],
    })
    const malformed = [fee('x-fee', { telephone: 'call us' })]
    expect(await refusalOf(desk.seed(malformed))).toMatchObject({
      code: 'draft-invalid',
      issues: ['/fee/x-fee/telephone invalid-format'],
    })
    expect(await standing(desk)).toEqual([0, 0, 0, 0, 0])
    expect(await desk.seed()).toMatchObject({ number: 1 })
    expect(await desk.count('feed')).toBe(0)
  })
  test('stands once, may be followed by others, and takes out what they do not have', async () => {
    const again = await desk.seed()
    expect(again.number).toBe(1)
    const later = await desk.seed(
      [...orderlyEntries().filter(({ id }) => id !== 'guoyuan-lashing'), newFee('later')],
      '2026-06-01',
    )
    expect(later.number).toBe(2)
    const ids = (await readEditionEntries(desk.database.pool, 2)).map(({ id }) => id)
    expect(ids).toContain('later')
    expect(ids).not.toContain('guoyuan-lashing')
  })
  test('is for nobody who has published', async () => {
    await desk.publish([newFee('real', { applies: { sizes: ['40'] } })])
    await expect(desk.seed(orderlyEntries(), '2026-09-01')).rejects.toThrow('somebody published')
  })
})
