import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { codeLists } from '../../schemas/codes/index.ts'
import { verifyDraw } from '../../src/draw/verify.ts'
import { limits } from '../../src/limits.ts'
import { openWorld } from '../support/world.ts'
import { clerkOf } from './clerk.ts'
import { furnishPublic } from './public-places.ts'

const world = await openWorld()
const shut = await openWorld({ demonstrates: false })
const [drawDay] = await furnishPublic({ world })
const [visitor, chinese] = await Promise.all([clerkOf(world), clerkOf(world, undefined, 'zh-CN')])

describe('the front page', () => {
  test('shows one declaration going to each agency there is, in both languages', async () => {
    const [english, own] = [(await visitor.get('/')).html, (await chinese.get('/')).html]
    for (const { name } of Object.values(adapters)) {
      expect(english).toContain(`<strong>${name.en}</strong>`)
      expect(own).toContain(`<strong>${name.zh}</strong>`)
    }
    expect(english.match(/<path d="M0 /g)).toHaveLength(Object.keys(adapters).length)
  })

  test('offers a sample to who has no key, and the way to their work to who has', async () => {
    expect((await visitor.get('/')).forms.map(({ action }) => action)).toContain('/try')
    const trader = await clerkOf(world, world.keys.trader)
    const { html, forms } = await trader.get('/')
    expect(forms.map(({ action }) => action)).not.toContain('/try')
    expect(html).toContain('href="/declarations"')
  })

  test('says what stands now: the draw that is under way', async () => {
    const { html } = await visitor.get('/')
    expect(html).toContain('href="/draws/customs/2026-11-21"')
    expect(html).toContain('None is published yet.')
  })

  test('is light: no picture, no script, and nothing of anybody else', async () => {
    const { html } = await visitor.get('/')
    expect(html).not.toMatch(/<script|<img|style="|(src|href|action)="https?:/)
  })
})

describe('trying it', () => {
  test.each(['ev-batteries', 'laptops', 'frozen-beef'])(
    '%s is handed in with one click, and who clicked may see it',
    async (sample) => {
      const somebody = await clerkOf(world)
      const tried = await somebody.post('/try', { sample })
      expect(tried.status).toBe(303)
      const id = tried.location.split('/').at(-1) ?? ''
      const seen = await world.call('GET', `/v1/declarations/${id}`, { key: '', headers: { cookie: somebody.cookie } })
      expect(seen.status).toBe(200)
      expect(((await seen.json()) as { filings: unknown[] }).filings.length).toBeGreaterThan(2)
      const again = await somebody.get('/')
      expect(again.html).toContain('demonstration (trader)')
      expect(again.html).toContain('What you have tried so far')
      expect(again.forms.map(({ action }) => action)).toContain('/try')
    },
  )

  test('a sample there is none of, and a page of another site, hand in nothing', async () => {
    const refused = await visitor.post('/try', { sample: 'elephants' })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('There is no such sample')
    expect(refused.forms.map(({ action }) => action)).toContain('/try')
    expect((await visitor.post('/try', { sample: 'laptops' }, { origin: 'https://elsewhere.test' })).status).toBe(403)
    expect(visitor.cookie).toBe('')
  })

  test('where nobody may, no sample is offered', async () => {
    const closed = await clerkOf(shut)
    const { html, forms } = await closed.get('/')
    expect(forms.map(({ action }) => action)).not.toContain('/try')
    expect(html).toContain('Run it yourself')
    expect((await closed.post('/try', { sample: 'laptops' })).status).toBe(404)
  })

  test('who came by a link is shown where to begin', async () => {
    expect(await visitor.get('/try')).toMatchObject({ status: 303, location: '/' })
  })
})

describe('the open draw', () => {
  test('days, newest first, each with what was sealed', async () => {
    const { html } = await visitor.get('/draws')
    const days = [...html.matchAll(/href="\/draws\/customs\/([\d-]+)"/g)].map(([, day]) => day)
    expect(days).toEqual(['2026-11-21', '2026-11-20', '2026-11-19'])
    expect(html).toContain('Published, can be re-checked')
  })

  test('a day that is told: its seed, its lots, and a command that checks exactly what is shown', async () => {
    const { html } = await visitor.get(drawDay?.path ?? '')
    const [, draw, root] = /--draw ([0-9a-f]{64}) --root ([0-9a-f]{64})/.exec(html) ?? []
    const file = /href="(\/v1\/draws\/[^"]*\/file)"/.exec(html)?.[1] ?? ''
    const text = await (await world.call('GET', file, { key: '' })).text()
    const verified = await verifyDraw(Readable.from([text]), { draw, root })
    expect(verified.lots).toBeGreaterThan(0)
    expect(html.match(/<tr/g)).toHaveLength(1 + Math.min(verified.lots, limits.pageDefault))
    const selected = await visitor.get(`${drawDay?.path}?only=selected`)
    expect(selected.html.match(/class="picked"/g) ?? []).toHaveLength(verified.selected)
    // Who handed anything in is not told: neither its number nor its firm.
    expect(html).not.toMatch(/9150|01[0-9A-HJKMNP-TV-Z]{24}/)
  })

  test('a day that is not over keeps its seed, says when the file comes, and shows no lots', async () => {
    const { html } = await visitor.get('/draws/customs/2026-11-21')
    expect(html).toContain('The file appears here once the day is over')
    expect(html).not.toMatch(/draw:verify|<table/)
  })

  test('a day there is none of', async () => {
    expect((await visitor.get('/draws/customs/1999-01-01')).status).toBe(404)
    expect((await visitor.get('/draws/nobody/2026-11-20')).status).toBe(404)
  })
})

describe('code lists', () => {
  test('every list stands on the page of all lists, and has a page with its source', async () => {
    const { html } = await visitor.get('/codes')
    for (const id of Object.keys(codeLists)) expect(html).toContain(`href="/codes/${id}"`)
    const { html: list } = await visitor.get('/codes/packaging')
    expect(list).toContain('China Single Window standard-edition parameter tables')
    expect(list).toContain('/v1/codes/packaging/export.csv')
  })

  test('are searched by code and by name, and paged with the search kept', async () => {
    expect((await visitor.get('/codes/countries?q=新加坡')).html).toContain('<th scope="row">SGP</th>')
    const first = await visitor.get('/codes/tariff?q=85')
    const next = /href="([^"]*)" rel="next"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(next).toContain('q=85')
    const second = await visitor.get(next)
    expect(second.html).toContain('First page')
    const codesIn = (html: string) => [...html.matchAll(/\/codes\/tariff\/(\d+)"/g)].map(([, code]) => code)
    expect(codesIn(second.html).filter((code) => codesIn(first.html).includes(code))).toEqual([])
  })

  test('nothing found says what to do next; what was asked stays in the field, as text', async () => {
    const { html } = await visitor.get(`/codes/countries?q=${encodeURIComponent('"><b data-hostile>')}`)
    expect(html).toContain('value="&quot;&gt;&lt;b data-hostile&gt;"')
    expect(html).toContain('Nothing found')
  })

  test('a tariff line: units, rates, supervision and what is to be declared, said to be a sample', async () => {
    const { html } = await chinese.get('/codes/tariff/8507600090')
    for (const text of ['其他锂离子蓄电池', '千克', '13 %', '检验检疫', '品牌类型', '非现行税则'])
      expect(html).toContain(text)
  })

  test('a list, a line and a kind of problem there is none of', async () => {
    for (const path of ['/codes/nowhere', '/codes/tariff/0000000000', '/codes/constructor', '/problems/nothing'])
      expect((await visitor.get(path)).status).toBe(404)
  })
})

test('a kind of problem has a page in both languages', async () => {
  const { html } = await visitor.get('/problems/declaration-invalid')
  expect(html).toContain('The declaration cannot be accepted')
  expect(html).toContain('申报单不能受理')
})
