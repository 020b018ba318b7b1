import { test } from 'vitest'
import { openWorld, evBatteries } from '../support/world.ts'
test('probe', async () => {
  const w = await openWorld()
  const o = await (await w.call('GET', '/openapi.json')).json() as any
  for (const [p, ms] of Object.entries(o.paths) as any) for (const [m, op] of Object.entries(ms) as any) console.log(m, p, op.operationId, Object.keys(op.responses).join(), op.parameters?.map((x: any) => `${x.in}:${x.name}`).join(), JSON.stringify(op.requestBody)?.length)
  console.log(Object.keys(o.components), Object.keys(o.components.schemas ?? {}))
  console.log(w.app.routes.map(r => r.method + ' ' + r.path).join('\n'))
  console.log(JSON.stringify(w.app.router.match('GET', '/v1/declarations/x')[0].map((h: any) => h[0][1])))
})
