/** Control of scripts 脚本控制: loaded as YAML or JSON, listed with their states and counts, removed. */
import { Hono } from 'hono'
import type { Env } from '../connection.ts'
import { faults } from '../faults.ts'
import { Refusal, refuse } from '../refusal.ts'
import { readScript, ScriptRefused } from '../script/index.ts'
import { type Control, textOf } from './desk.ts'

export function scriptControl({ agencies, issuers, worldOf }: Control): Hono<Env> {
  const known = {
    agencies: [...agencies, ...issuers].map(({ id, outcomes }) => ({
      id,
      outcomes: outcomes.map(({ magic }) => magic),
    })),
    faults: faults.map(({ fault }) => fault),
  }
  const app = new Hono<Env>()
  app.get('/', async (c) => c.json({ data: (await worldOf(c)).scripts.list() }))
  app.post('/', async (c) => {
    const text = await textOf(c)
    const script = refusing(() => readScript(text, known))
    const world = await worldOf(c)
    const { clock, scripts } = world
    await clock.still(() => {
      refusing(() => scripts.load(script))
      world.keep({ kept: 'script', script })
    })
    return c.json(
      scripts.list().find(({ name }) => name === script.name),
      201,
    )
  })
  app.delete('/:name', async (c) => {
    const world = await worldOf(c)
    const { clock, scripts } = world
    const name = c.req.param('name')
    const removed = await clock.still(() => {
      if (!scripts.remove(name)) return false
      world.keep({ kept: 'unscripted', name })
      return true
    })
    if (removed) return c.body(null, 204)
    return refuse(c, 404, 'no-such-script', { en: `There is no script ${name}`, zh: `没有脚本 ${name}` })
  })
  return app
}

/** @throws {Refusal} 400 `script-invalid` with every problem, its line and its column */
function refusing<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof ScriptRefused)) throw error
    const { problems } = error
    const said = {
      en: problems.map(({ line, column, detail }) => `line ${line}, column ${column}: ${detail}`).join('; '),
      zh: problems.map(({ line, column, detailZh }) => `第 ${line} 行第 ${column} 列：${detailZh}`).join('；'),
    }
    throw new Refusal(400, 'script-invalid', said, { errors: problems })
  }
}
