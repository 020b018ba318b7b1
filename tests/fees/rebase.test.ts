import { describe, expect, test } from 'vitest'
import { readChanges } from '../../src/db/draft-entries.ts'
import { returnDraft } from '../../src/fees/draft.ts'
import { rebaseDraft } from '../../src/fees/rebase.ts'
import { lin, newFee, openDesk, orderlyEntries, refusalOf, wang, zhao } from './drafting.ts'
import { fee } from './support.ts'

const desk = await openDesk()
const { database } = desk
await desk.seed()
const changesOf = async (id: string) =>
  (await readChanges(database.pool, await desk.read(id), { after: undefined, limit: 50 })).map(
    ({ type, id: entry, before }) => `${type}/${entry} ${before === null ? 'added' : 'changed'}`,
  )
const tally = orderlyEntries().find(({ id }) => id === 'guoyuan-tally')
if (tally?.type !== 'fee') throw new Error('No tally')
const dearer = { ...tally, content: { ...tally.content, note: { en: 'dearer', zh: '上调' } } }

describe('on a newer edition', () => {
  test('what both changed is refused by name; the rest goes over, and what is there already is no change any more', async () => {
    const { id } = await desk.begin()
    const same = newFee('same', { applies: { sizes: ['40'] } })
    await desk.put(
      id,
      lin,
      dearer,
      same,
      newFee('mine', { applies: { sizes: ['45'] } }),
      newFee('both', { kind: 'seal' }),
    )
    await desk.remove(id, lin, { type: 'fee', id: 'guoyuan-weighing' }, 'Not done')
    await desk.remove(id, lin, { type: 'fee', id: 'guoyuan-fumigation' }, 'Not done')
    await desk.submit(id)

    const other = await desk.begin(zhao)
    const theirs = { ...tally, content: { ...tally.content, note: { en: 'cheaper', zh: '下调' } } }
    await desk.put(other.id, zhao, theirs, same, newFee('both', { kind: 'seal', telephone: '023-0000000' }))
    await desk.remove(other.id, zhao, { type: 'fee', id: 'guoyuan-fumigation' }, 'They too')
    const weighing = fee('guoyuan-weighing', { telephone: '023-9999999' })
    await desk.put(other.id, zhao, weighing)
    await desk.submit(other.id, zhao)
    const { number } = await desk.approve(other.id, wang)

    expect(await refusalOf(desk.approve(id))).toMatchObject({ code: 'draft-stale' })
    const before = await desk.read(id)
    expect(await refusalOf(rebaseDraft(database, desk.about(id, lin)))).toEqual({
      code: 'rebase-conflict',
      issues: [
        '/fee/both added-meanwhile',
        '/fee/guoyuan-tally changed-meanwhile',
        '/fee/guoyuan-weighing changed-meanwhile',
      ],
    })
    expect(await desk.read(id)).toEqual(before)

    await returnDraft(database, desk.about(id, zhao), 'Stale')
    await desk.remove(id, lin, { type: 'fee', id: 'both' })
    await desk.put(id, lin, tally, fee('guoyuan-weighing', { name: { en: 'Weighing', zh: '过磅费' } }))
    expect(await rebaseDraft(database, desk.about(id, wang))).toMatchObject({
      base: number,
      status: 'open',
      contributors: before.contributors,
    })
    expect(await changesOf(id)).toEqual(['fee/mine added'])
    await desk.submit(id)
    expect(await desk.approve(id, wang)).toMatchObject({ number: number + 1 })
  })
  test('on the newest already it stays as it is', async () => {
    const draft = await desk.begin()
    expect(await rebaseDraft(database, desk.about(draft.id, lin))).toEqual(draft)
  })
})
