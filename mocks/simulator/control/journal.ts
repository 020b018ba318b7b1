/** Control of the journal 日志查询: searched, counted to assert on, cleared. */
import { type Context, Hono } from 'hono'
import type * as z from 'zod'
import type { Env } from '../connection.ts'
import { countsQuery, journalQuery, problemsOf } from '../journal-query.ts'
import { Refusal } from '../refusal.ts'
import type { Control } from './desk.ts'

export function journalControl({ worldOf }: Control): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/', async (c) => c.json((await worldOf(c)).journal.find(asked(c, journalQuery))))
  app.get('/counts', async (c) => c.json((await worldOf(c)).journal.count(asked(c, countsQuery))))
  app.delete('/', async (c) => {
    const { journal } = await worldOf(c)
    journal.clear()
    return c.body(null, 204)
  })
  return app
}

/** @throws {Refusal} 400 with every mistake */
function asked<S extends z.ZodType>(c: Context, schema: S): z.output<S> {
  const read = schema.safeParse(c.req.query())
  if (read.success) return read.data
  const problems = problemsOf(read.error)
  throw new Refusal(
    400,
    'invalid-query',
    { en: problems.join('; '), zh: `查询参数有 ${problems.length} 处错误：${problems.join('；')}` },
    { errors: problems.map((detail) => ({ detail })) },
  )
}
