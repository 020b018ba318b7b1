/**
 * A recording as scripts 录制转脚本: the same requests get the same answers again, in the order they had them; the last answer of
 * a request stays. A request that was never recorded is refused.
 */
import { limits } from './limits.ts'
import type { RecordedExchange, Recording } from './recorder.ts'
import { bodiless } from './recorder-forward.ts'
import { mask } from './recorder-text.ts'
import { problemText, problemType } from './refusal.ts'

interface Step {
  readonly name: string
  readonly match: object
  readonly times?: number
  readonly faults?: readonly string[]
  readonly reply?: object
}

/** Requests that a script cannot tell from one another: method, path and the first value of each parameter. */
interface Request {
  readonly method: string
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  readonly answers: { does: Pick<Step, 'faults' | 'reply'>; times: number }[]
}

/**
 * The scripts of a recording, as documents of the scripts' language (`script/script.md`): one, or as many as the limits of a
 * script ask for. They are loaded in this order.
 */
export function toScripts({ agency, exchanges }: Recording): object[] {
  const requests = new Map<string, Request>()
  for (const exchange of exchanges) take(requests, exchange)
  // A step without a parameter takes requests with it too, so those that ask for more come first.
  const steps = [...requests.values()].sort((a, b) => b.query.length - a.query.length).flatMap(stepsOf)
  const parts: Step[][] = []
  let room = 0
  for (const [index, step] of steps.entries()) {
    const named = { ...step, name: `${index + 1}: ${step.name}`.slice(0, limits.scriptNameCharacters) }
    const size = JSON.stringify(named).length
    const last = parts.at(-1)
    if (last === undefined || last.length === limits.scriptSteps || size > room) {
      parts.push([named])
      room = stepCharacters - size
    } else {
      last.push(named)
      room -= size
    }
  }
  return parts.map((part, index) => ({
    name: index === 0 ? `recorded ${agency}` : `recorded ${agency} ${index + 1}`,
    agency,
    unmatched: 'refuse',
    steps: part,
  }))
}

/** What all steps of one script may have, a little left for the rest of it. */
const stepCharacters = limits.scriptCharacters - 2_000

function take(requests: Map<string, Request>, exchange: RecordedExchange): void {
  const { method, path } = exchange
  const cut = path.indexOf('?')
  const params = new URLSearchParams(cut < 0 ? '' : path.slice(cut))
  const query = [...new Set(params.keys())]
    .filter(isPlain)
    .sort()
    .map((name) => [name, params.get(name) ?? ''] as const)
  const bare = cut < 0 ? path : path.slice(0, cut)
  const key = JSON.stringify([method, bare, query])
  const request = requests.get(key) ?? { method, path: bare, query, answers: [] }
  requests.set(key, request)
  const does = replayOf(exchange)
  const last = request.answers.at(-1)
  if (last !== undefined && JSON.stringify(last.does) === JSON.stringify(does)) last.times += 1
  else request.answers.push({ does, times: 1 })
}

function stepsOf({ method, path, query, answers }: Request): Step[] {
  const match = {
    method,
    path,
    ...(query.length === 0
      ? {}
      : {
          query: Object.fromEntries(query.map(([name, value]) => [name, value === mask ? { present: true } : value])),
        }),
  }
  return answers.map(({ does, times }, at) => ({
    name: `${method} ${path}${answers.length === 1 ? '' : `, answer ${at + 1}`}`,
    match,
    ...(at === answers.length - 1 ? {} : { times }),
    ...does,
  }))
}

/** What a step does to give the answer again. */
function replayOf({ method, answer, error }: RecordedExchange): Pick<Step, 'faults' | 'reply'> {
  if (error === 'timeout') return { faults: ['TIMEOUT'], reply: noAnswer('the endpoint gave no answer in time') }
  if (error === 'unreachable') return { faults: ['RESET'], reply: noAnswer('the endpoint could not be reached') }
  if (answer === undefined) return { reply: noAnswer('the exchange was not carried out') }
  if (answer.missing !== undefined) return { reply: noAnswer(answer.missing) }
  const hasBody = method !== 'HEAD' && answer.body !== '' && !bodiless.includes(answer.status)
  const reply = {
    status: answer.status,
    headers: headersOf(answer.headers),
    ...(hasBody ? { body: literally(answer.body) } : {}),
  }
  if (JSON.stringify(reply).length > stepCharacters / 2) return { reply: noAnswer('it is too large for a script') }
  return answer.body.split('${').length > limits.templateParts / 2
    ? { reply: noAnswer('it has too many marks of templates for a script') }
    : { reply }
}

/** An answer that cannot be given again is said to be missing, loudly. */
function noAnswer(why: string): object {
  const said = { en: `This answer cannot be replayed: ${why}`, zh: '该应答无法回放' }
  return { status: 501, headers: { 'content-type': problemType }, body: problemText(501, 'not-replayable', said) }
}

function headersOf(headers: readonly (readonly [string, string])[]): { readonly [name: string]: string } {
  const values = Map.groupBy(
    headers.filter(([name]) => isPlain(name)),
    ([name]) => name,
  )
  return Object.fromEntries(
    [...values].map(([name, all]) => [name, literally([...new Set(all.map(([, value]) => value))].join(', '))]),
  )
}

/** A name that a script can use as a key. */
const isPlain = (name: string): boolean => name !== '__proto__'

/** In a script, `${` begins something to be put in. */
const literally = (text: string): string => text.replaceAll('${', () => '$${')
