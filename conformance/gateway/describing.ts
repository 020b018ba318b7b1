/** The description a gateway serves of itself 接口描述: OpenAPI 3.1, and every answer is as it says. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { type Answer, found } from '../http.ts'
import type { Finding } from '../verdict.ts'
import { declarations, fieldsOf, type GatewayScenario, type GatewaySubject } from './subject.ts'

interface Operation {
  readonly responses?: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >
}
interface Description {
  readonly openapi?: unknown
  readonly components?: object
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const answersAreAsDescribed: GatewayScenario = {
  id: 'answers-are-as-described',
  group: 'schema',
  title: {
    en: 'It serves an OpenAPI 3.1 description of itself, and every JSON answer seen validates against it',
    zh: '提供 OpenAPI 3.1 自描述，所见 JSON 应答均符合描述',
  },
  async judge(subject) {
    await lookAround(subject)
    const served = await subject.call('GET', '/openapi.json', { key: null })
    const description = fieldsOf(served) as Description
    if (served.status !== 200 || !String(description.openapi).startsWith('3.1.'))
      return [found(`no OpenAPI 3.1: ${served.status}, ${String(description.openapi)}`, served.exchange, '/openapi')]
    const book = bookOf(served.body, description)
    const base = new URL(subject.options.url).pathname.replace(/\/+$/, '')
    return subject.seen.filter((answer) => answer !== served).flatMap((answer) => book(answer, base))
  },
}

/** So that there is something to hold against the description, whatever was judged before. */
async function lookAround(subject: GatewaySubject): Promise<void> {
  const path = `${declarations}/${await subject.declaration()}`
  for (const place of [
    path,
    `${path}/events`,
    `${path}/messages`,
    `${path}/document`,
    `${declarations}?limit=2`,
    '/v1/agencies',
  ])
    await subject.call('GET', place)
}

type Book = (answer: Answer, base: string) => Finding[]

let latest: { readonly text: string; readonly book: Book } | undefined

/** Compiling takes longer than asking: what was compiled for the very same description is used again. */
function bookOf(text: string, description: Description): Book {
  if (latest?.text !== text) latest = { text, book: openBook(description) }
  return latest.book
}

/** Holds answers against a description; each schema is compiled once. */
function openBook({ paths = {}, components = {} }: Description): Book {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false })
  const compiled = new Map<string, ValidateFunction>()
  const templates = Object.keys(paths)
    .map((template) => ({ template, segments: template.split('/') }))
    // What is written out goes before what is only named: /declarations/export before /declarations/{id}.
    .sort((a, b) => placeholders(a.segments) - placeholders(b.segments))
  return ({ status, contentType, body, exchange }, base) => {
    const path = new URL(exchange.request.url).pathname.slice(base.length)
    const segments = path.split('/')
    const method = exchange.request.method.toLowerCase()
    const template = templates.find(
      (one) => fits(one.segments, segments) && paths[one.template]?.[method] !== undefined,
    )?.template
    if (template === undefined) return status < 400 ? [found(`${path} is not described`, exchange)] : []
    // What is known already has no body, and belongs to HTTP itself.
    if (status === 304) return []
    const described = paths[template]?.[method]?.responses?.[String(status)]
    if (described === undefined)
      return [found(`${method} ${template} does not describe ${status}`, exchange, '/response/status')]
    const type = contentType.split(';')[0]?.trim() ?? ''
    const { content } = described
    // A description may leave a body open; only JSON has a schema to be held against.
    if (content === undefined || !type.endsWith('json')) return []
    const schema = content[type]?.schema
    if (schema === undefined)
      return [
        found(`${method} ${template} ${status} does not describe ${type}`, exchange, '/response/headers/content-type'),
      ]
    const key = `${method} ${template} ${status} ${type}`
    const validate = compiled.get(key) ?? ajv.compile({ ...schema, components })
    compiled.set(key, validate)
    if (validate(JSON.parse(body))) return []
    const [error] = validate.errors ?? []
    return [found(`${method} ${template} ${status}: ${error?.message}`, exchange, error?.instancePath ?? '')]
  }
}

const placeholders = (segments: readonly string[]) => segments.filter((one) => one.startsWith('{')).length

const fits = (template: readonly string[], path: readonly string[]): boolean =>
  template.length === path.length && template.every((one, at) => one.startsWith('{') || one === path[at])

export const describing: readonly GatewayScenario[] = [answersAreAsDescribed]
