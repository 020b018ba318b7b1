import { expect, test } from 'vitest'
import type { PublicLotAnswer } from '../../schemas/draw.ts'
import { openWorld } from '../support/world.ts'
import { furnishPublic } from '../web/public-places.ts'
import { problemOf } from './support.ts'

// What anybody sees of a day's lots 抽查结果公开: no key is ever sent here.
const world = await openWorld()
await furnishPublic({ world })
const get = (path: string) => world.call('GET', `/v1/draws/customs/${path}`, { key: '' })
interface Page {
  data: PublicLotAnswer[]
  nextCursor?: string
}
const read = async (path: string) => (await (await get(path)).json()) as Page

test('lots page by page are those of the file, with what came out', async () => {
  const file = (await (await get('2026-11-20/file')).text()).trimEnd().split('\n')
  const lines = file.map((line) => JSON.parse(line) as { kind: string } & PublicLotAnswer)
  const all: PublicLotAnswer[] = []
  for (let after: string | undefined = '0'; after !== undefined; ) {
    const page: Page = await read(`2026-11-20/lots?limit=7&after=${after}`)
    all.push(...page.data)
    after = page.nextCursor
  }
  const short = ({ number, lot, selected, officers, hash }: PublicLotAnswer) => ({
    number,
    lot,
    selected,
    officers,
    hash,
  })
  expect(all.map(short)).toEqual(lines.filter(({ kind }) => kind === 'lot').map(short))
  const { data: selected } = await read('2026-11-20/lots?only=selected&limit=200')
  expect(selected.map(short)).toEqual(all.filter((one) => one.selected).map(short))
})

test('a lot names no declaration', async () => {
  const { data } = await read('2026-11-20/lots')
  expect(Object.keys(data[0] ?? {})).not.toContain('declarationId')
})

test('while the seed is secret there are no lots to see', async () => {
  await problemOf(await get('2026-11-21/lots'), 'not-found')
  await problemOf(await get('1999-01-01/lots'), 'not-found')
  await problemOf(await get('2026-11-20/lots?only=mine'), 'invalid-parameter')
})
