/** Makes a script that has been read ready to run 编译. What cannot be made is refused where it stands. */
import type { Text } from '../../../schemas/text.ts'
import { alwaysOf } from './directed.ts'
import { readPath } from './match.ts'
import { compilePattern } from './pattern.ts'
import type { Condition, Match, Program, ReplyTemplate, Sending, Step } from './program.ts'
import type { Spot } from './request.ts'
import type { Script, ScriptReply, ScriptSending, ScriptStep, Test } from './schema.ts'
import type { Path } from './source.ts'
import { BadPart, type Form, formOf, partOfRequest, readJsonTemplate, readTemplate, type Template } from './template.ts'

/** Told of what cannot be made; `part` is the piece of the text it is about. */
export type Refuse = (path: Path, code: string, said: Text, part?: string, names?: readonly string[]) => void

const nothing: Template = { form: 'plain', parts: [] }

export function compile(script: Script, refuse: Refuse): Program {
  const stateOf = script.stateOf?.flatMap((written, index) => {
    const spot = readSpot(written)
    if (spot !== undefined) return [spot]
    refuse(['stateOf', index], 'bad-spot', {
      en: `Expected body:/…, query:…, header:… or path:1, not "${written}"`,
      zh: `应为 body:/…、query:…、header:… 或 path:1，而非“${written}”`,
    })
    return []
  })
  return {
    name: script.name,
    starts: script.starts ?? 'start',
    stateOf,
    refuses: script.unmatched === 'refuse',
    steps: script.steps.map((step, place) => compileStep(script, step, place, refuse)),
  }
}

function compileStep(script: Script, step: ScriptStep, place: number, refuse: Refuse): Step {
  const at = ['steps', place]
  const match = step.match === undefined ? undefined : compileMatch(step.match, [...at, 'match'], refuse)
  const wanting = {
    name: step.name,
    outcomes: step.outcome ?? [],
    faults: step.faults ?? [],
    reply: step.reply === undefined ? undefined : compileReply(step.reply, [...at, 'reply'], refuse),
    delayMs: step.delay ?? 0,
  }
  return {
    ...wanting,
    always: alwaysOf(script.name, wanting),
    place,
    agency: step.agency ?? script.agency,
    in: step.in === undefined ? undefined : new Set(step.in),
    match,
    afterMs: step.after ?? 0,
    times: step.times,
    enters: step.then,
    sends: (step.send ?? []).map((one, index) => {
      const path = [...at, 'send', index]
      const sending = compileSending(script, step, one, path, refuse)
      if (match === undefined) refuseRequestParts(sending, path, refuse)
      return sending
    }),
  }
}

function compileMatch(match: NonNullable<ScriptStep['match']>, path: Path, refuse: Refuse): Match {
  const named = (from: 'query' | 'header', tests: { readonly [name: string]: Test }, where: string) =>
    Object.entries(tests).map(([name, test]) => compileTest({ from, name }, test, [...path, where, name], refuse))
  return {
    methods: match.method,
    path: match.path === undefined ? undefined : readPath(match.path),
    conditions: [
      ...named('query', match.query ?? {}, 'query'),
      ...named('header', match.headers ?? {}, 'headers'),
      ...(match.body ?? []).map(({ at, ...test }, index) =>
        compileTest(at === undefined ? wholeBody : { from: 'body', name: at }, test, [...path, 'body', index], refuse),
      ),
    ],
  }
}

const wholeBody: Spot = { from: 'text', name: '' }

function compileTest(spot: Spot, { equals, contains, matches, absent }: Test, path: Path, refuse: Refuse): Condition {
  if (matches === undefined) return { spot, equals, contains, absent }
  try {
    return { spot, equals, contains, matches: { written: matches, finds: compilePattern(matches) } }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    refuse([...path, 'matches'], 'bad-pattern', {
      en: `No regular expression of the kind that is taken (no backreferences, no lookaround): ${why}`,
      zh: `不是可接受的正则表达式（不支持反向引用与环视）：${why}`,
    })
    return { spot, equals, contains }
  }
}

function compileReply({ status, headers, body, json }: ScriptReply, path: Path, refuse: Refuse): ReplyTemplate {
  const given = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  const contentType = given ?? (json === undefined ? typeOf(body) : 'application/json')
  const written = Object.entries(headers).map(
    ([name, value]) => [name, templateOf(value, 'header', [...path, 'headers', name], refuse)] as const,
  )
  const ownType = [['content-type', templateOf(contentType ?? '', 'header', path, refuse)]] as const
  return {
    status,
    headers: given !== undefined || contentType === undefined ? written : [...ownType, ...written],
    body:
      json === undefined
        ? templateOf(body ?? '', formOf(contentType ?? ''), [...path, 'body'], refuse)
        : attempt(() => readJsonTemplate(json), [...path, 'json'], refuse),
  }
}

/** What a body looks like whose type nobody says. */
function typeOf(body: string | undefined): string | undefined {
  if (body === undefined) return undefined
  const [first = ''] = body.trimStart()
  if (first === '<') return 'application/xml; charset=utf-8'
  return first === '{' || first === '[' ? 'application/json' : 'text/plain; charset=utf-8'
}

function compileSending(script: Script, step: ScriptStep, sending: ScriptSending, path: Path, refuse: Refuse): Sending {
  const part = (name: 'reference' | 'name' | 'contentType' | 'body', form: Form, text: string) =>
    templateOf(text, form, [...path, name], refuse)
  const agency = sending.agency ?? step.agency ?? script.agency
  if (agency === undefined)
    refuse(path, 'missing', { en: 'No agency that sends it: here, in its step or in the script', zh: '缺少发送机构' })
  if (sending.reference === undefined && script.stateOf === undefined)
    refuse(path, 'missing', { en: 'No reference that it answers', zh: '缺少所答复的编号（reference）' })
  return {
    afterMs: sending.after,
    agency: agency ?? '',
    // With a state machine for each reference, the document is about that one.
    reference: part('reference', 'plain', sending.reference ?? `\${key}`),
    name: part('name', 'header', sending.name),
    contentType: part('contentType', 'header', sending.contentType),
    body: part('body', formOf(sending.contentType), sending.body),
  }
}

/** An automatic step has no request to take values from. */
function refuseRequestParts(sending: Sending, path: Path, refuse: Refuse): void {
  for (const name of ['reference', 'name', 'contentType', 'body'] as const) {
    const part = partOfRequest(sending[name])
    if (part === undefined) continue
    const said = {
      en: `"${part}": a step that goes by itself has no request; the value of stateOf is \${key}`,
      zh: `“${part}”：自动步骤没有请求；stateOf 的值为 \${key}`,
    }
    refuse([...path, name], 'bad-template', said, part)
  }
}

const templateOf = (text: string, form: Form, path: Path, refuse: Refuse): Template =>
  attempt(() => readTemplate(text, form), path, refuse)

function attempt(read: () => Template, path: Path, refuse: Refuse): Template {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof BadPart)) throw error
    refuse(path, 'bad-template', error.said, error.part, error.names)
    return nothing
  }
}

function readSpot(written: string): Spot | undefined {
  const [, from, name = ''] = /^(body|query|header|path):(.+)$/.exec(written) ?? []
  if (from === 'body') return name.startsWith('/') ? { from, name } : undefined
  if (from === 'path') return /^[1-9]\d?$/.test(name) ? { from, name } : undefined
  return from === 'query' || from === 'header' ? { from, name } : undefined
}
