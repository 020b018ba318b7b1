/** Requests that meet nothing 未匹配请求: refused loudly, each with what came closest. */
import type { Hono } from 'hono'
import type { Text } from '../../schemas/text.ts'
import type { Agency } from '../agency.ts'
import type { Miss } from './direction.ts'
import type { Answered, Asked } from './exchange.ts'
import { limits } from './limits.ts'
import { problemText, problemType } from './refusal.ts'

export interface Unmatched {
  readonly refused: Answered
  /** In one line, for the journal. */
  readonly what: string
  readonly closest: readonly Miss[]
}

/** A script of the session takes only what it knows, and knows nothing like this. */
export function refuseNoStep(
  { agency, method, path }: { readonly agency: string; readonly method: string; readonly path: string },
  closest: readonly Miss[],
): Unmatched {
  const [nearest] = closest
  const hint =
    nearest === undefined
      ? 'no script has a step for this agency'
      : `closest: "${nearest.script} / ${nearest.step}" differs in ${nearest.differs.join('; ')}`
  return refusal(404, 'no-scenario-matched', closest, {
    en: `No scenario matched ${method} ${path} of ${agency}; ${hint}`,
    zh: `没有场景匹配 ${agency} 的 ${method} ${path}；${nearest === undefined ? '脚本中没有该机构的步骤' : `最接近的是“${nearest.script} / ${nearest.step}”`}`,
  })
}

/** The agency publishes no such address. */
export function refuseRoute(app: Hono, { method, path }: Asked): Unmatched {
  const asked = path.split('?', 1)[0] ?? path
  const routes = app.routes.filter((route) => route.method !== 'ALL')
  const closest = routes
    .map((route) => ({ route, far: distance(route.path, asked), takes: takes(route.path, asked) }))
    .toSorted((a, b) => Number(b.takes) - Number(a.takes) || a.far - b.far)
    .slice(0, limits.nearMisses)
    .map(({ route, takes }) => ({
      script: 'specification',
      step: `${route.method} ${route.path}`,
      differs: [
        ...(takes ? [] : [`path: expected ${route.path}, got ${asked}`]),
        ...(route.method === method ? [] : [`method: expected ${route.method}, got ${method}`]),
      ],
    }))
  const allowed = routes.filter((route) => takes(route.path, asked)).map((route) => route.method)
  const nearest = closest[0]
  const said = {
    en: `No address of this agency takes ${method} ${asked}; closest: ${nearest?.step ?? 'none'} (${nearest?.differs.join('; ') ?? 'it publishes none'})`,
    zh: `该机构没有接收 ${method} ${asked} 的地址；最接近的是 ${nearest?.step ?? '无'}`,
  }
  if (allowed.length === 0) return refusal(404, 'no-such-address', closest, said)
  return refusal(405, 'method-not-allowed', closest, said, [['allow', [...new Set(allowed)].join(', ')]])
}

/** The header asks for what no table has. */
export function refuseScenario(
  { letter, id }: Agency,
  { value, closest }: { readonly value: string; readonly closest: string },
): Unmatched {
  const near = { script: 'outcomes', step: closest, differs: [`X-Sim-Scenario: expected ${closest}, got ${value}`] }
  return refusal(400, 'unknown-scenario', [near], {
    en: `X-Sim-Scenario: ${value} is no outcome of ${id} (letter ${letter}) and no fault; closest: ${closest}. All of them: GET /control/outcomes`,
    zh: `X-Sim-Scenario：${value} 不是 ${id}（字母 ${letter}）的结果，也不是故障；最接近的是 ${closest}。全部见 GET /control/outcomes`,
  })
}

function refusal(
  status: number,
  code: string,
  closest: readonly Miss[],
  said: Text,
  more: readonly (readonly [string, string])[] = [],
): Unmatched {
  const body = Uint8Array.from(Buffer.from(problemText(status, code, said, { closest })))
  return { refused: { status, headers: [['content-type', problemType], ...more], body }, what: said.en, closest }
}

/** Whether a path is one of a route's, whose parts beginning with a colon are anything. */
function takes(route: string, path: string): boolean {
  const [wanted, got] = [route.split('/'), path.split('/')]
  return wanted.length === got.length && wanted.every((part, at) => part.startsWith(':') || part === got[at])
}

/** How many parts of two paths differ, and by how many characters at most. */
function distance(route: string, path: string): number {
  const [wanted, got] = [route.split('/'), path.split('/')]
  const parts = Math.max(wanted.length, got.length)
  let far = 0
  for (let at = 0; at < parts; at += 1) {
    const [a = '', b = ''] = [wanted[at], got[at]]
    if (a === b || a.startsWith(':')) continue
    let common = 0
    while (common < Math.min(a.length, b.length) && a[common] === b[common]) common += 1
    far += 1 + (Math.max(a.length, b.length) - common) / 1_000
  }
  return far
}
