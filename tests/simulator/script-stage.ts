/** What the tests of scripts share: a host with time in hand, and short ways to write a script and a request. */
import { createHash } from 'node:crypto'
import type { Outgoing } from '../../mocks/agency.ts'
import {
  createScripts,
  readScript,
  type ScriptHost,
  ScriptRefused,
  type ScriptRequest,
} from '../../mocks/simulator/script/index.ts'

export const known = {
  agencies: [
    { id: 'harbour', outcomes: ['FINE', 'INSPECT'] },
    { id: 'island', outcomes: ['LATER'] },
  ],
  faults: ['LATENCY', 'TIMEOUT', 'RESET'],
}

export const startAt = Date.UTC(2026, 10, 2, 1, 0)

/** A host whose clock moves when told to, doing what is due in order. */
export function handHost(seed = 'seed') {
  let now = startAt
  const due: { at: number; act: () => void }[] = []
  const sent: { agency: string; reference: string; at: string; document: Outgoing }[] = []
  const notes: { script: string; step?: string; state?: string; stopped?: string }[] = []
  const host: ScriptHost = {
    now: () => now,
    after(delayMs, act) {
      const at = now + delayMs
      const before = due.findLastIndex((one) => one.at <= at)
      due.splice(before + 1, 0, { at, act })
    },
    draw: (key) =>
      Number.parseInt(createHash('sha256').update(`${seed}|${key}`).digest('hex').slice(0, 13), 16) / 2 ** 52,
    send: (agency, reference, document) => sent.push({ agency, reference, at: new Date(now).toISOString(), document }),
    note: (what) => notes.push(what),
  }
  const advance = (ms: number) => {
    const until = now + ms
    for (let next = due[0]; next !== undefined && next.at <= until; next = due[0]) {
      due.shift()
      now = next.at
      next.act()
    }
    now = until
  }
  return { host, sent, notes, advance, due: () => due.length }
}

export type ScriptLike = {
  readonly name?: string
  readonly steps: readonly object[]
  readonly [field: string]: unknown
}

export const scriptOf = (script: ScriptLike) =>
  readScript(JSON.stringify({ name: 'one', agency: 'harbour', ...script }), known)

/** Scripts loaded in a session of their own. */
export function loaded(...scripts: readonly ScriptLike[]) {
  const stage = handHost()
  const all = createScripts(stage.host)
  for (const script of scripts) all.load(scriptOf(script))
  const ask = (request: Partial<ScriptRequest> = {}) => all.direct(requestOf(request))
  return { ...stage, scripts: all, ask, by: (request: Partial<ScriptRequest> = {}) => ask(request)?.by }
}

export const requestOf = (request: Partial<ScriptRequest> = {}): ScriptRequest => ({
  agency: 'harbour',
  method: 'POST',
  path: '/declare',
  headers: [],
  body: '',
  ...request,
})

/** What a script is refused for: `line:column code pointer`, and the words. */
export function problemsOf(text: string) {
  try {
    readScript(text, known)
    return []
  } catch (error) {
    if (!(error instanceof ScriptRefused)) throw error
    return error.problems.map(({ line, column, code, pointer, detail, detailZh }) => ({
      where: `${line}:${column} ${code} ${pointer}`,
      detail,
      detailZh,
    }))
  }
}
