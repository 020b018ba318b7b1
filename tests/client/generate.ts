import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type * as z from 'zod'
import { createApp } from '../../src/app.ts'
import { type Operation as Described, operations } from '../../src/routes/describe.ts'
import type { Services } from '../../src/services.ts'
import { root } from '../support/source.ts'
import { type Named, namedSchemas, printType } from './print.ts'

/** An operation as the OpenAPI description tells it. */
interface Told {
  readonly summary: string
  readonly tags: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: { readonly [mediaType: string]: object } }
  readonly responses: { readonly [status: string]: { readonly content?: { readonly [mediaType: string]: object } } }
}
interface Parameter {
  readonly in: string
  readonly name: string
  readonly schema: { readonly type?: string; readonly enum?: readonly string[] }
}
interface Placed extends Told {
  readonly id: keyof typeof operations
  readonly method: string
  readonly path: string
}

/** What an operation answers beside what its schema says: a document is read as it came, too. */
const alsoAnswers: { readonly [id: string]: string } = { readDocument: 'string' }

/** Headers that are no input: the stream has a function of its own. */
const notInput = new Set(['Last-Event-ID'])

/**
 * The typed operations of the client, file by file: method, path and parameters from the gateway's OpenAPI description, types by the
 * names the schemas have in `schemas/`.
 */
export async function generateOperations(): Promise<ReadonlyMap<string, string>> {
  const named = await namedSchemas()
  const placed = await describedOperations()
  const tags = [...Map.groupBy(placed, ({ tags: [tag = ''] }) => tag)]
  const files = new Map(tags.map(([tag, inside]) => [`${kebabOf(tag)}.ts`, fileOf(tag, inside, named)]))
  files.set('index.ts', indexOf(tags.map(([tag]) => tag)))
  return formatted(files)
}

/** Described without being served: whatever a route takes from its services is this again, and none is ever asked. */
const nothing: unknown = new Proxy(() => undefined, { get: () => nothing, apply: () => nothing })

async function describedOperations(): Promise<Placed[]> {
  const app = createApp(nothing as Services)
  const { paths } = (await (await app.request('/openapi.json')).json()) as {
    paths: { [path: string]: { [method: string]: Told & { operationId: keyof typeof operations } } }
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => ({
      ...told,
      id: told.operationId,
      method: method.toUpperCase(),
      path,
    })),
  )
}

function fileOf(tag: string, inside: readonly Placed[], named: Named): string {
  const used = new Set<string>()
  const types = inside.map((operation) => typesOf(operation, named, used))
  const modules = Map.groupBy([...used].sort(), (one) => one.split('#')[0] ?? '')
  const imports = [...modules].map(
    ([module, names]) => `import type { ${names.map((one) => one.split('#')[1]).join(', ')} } from '../../${module}'`,
  )
  const text = types.join('\n')
  const helpers = ['Answer', 'RawBody'].filter((name) => new RegExp(`\\b${name}<`).test(text))
  return `${generatedNote}
${text.includes('z.') ? "import type * as z from 'zod'" : ''}
${imports.join('\n')}
import type { ${[...helpers, 'Operation'].join(', ')} } from '../operation.ts'

/** ${tag}: what goes in and what comes back. */
export interface ${pascalOf(tag)}Operations {
${text}
}

/** ${tag}: how each is asked. */
export const ${camelOf(tag)} = {
${inside.map(routeOf).join('\n')}
} as const satisfies Record<keyof ${pascalOf(tag)}Operations, Operation>
`
}

function indexOf(tags: readonly string[]): string {
  const sorted = tags.toSorted((one, other) => (kebabOf(one) < kebabOf(other) ? -1 : 1))
  return `${generatedNote}
${sorted.map((tag) => `import { ${camelOf(tag)}, type ${pascalOf(tag)}Operations } from './${kebabOf(tag)}.ts'`).join('\n')}

/** Every operation of the gateway: what goes in and what comes back. */
export interface Operations extends ${sorted.map((tag) => `${pascalOf(tag)}Operations`).join(', ')} {}

/** Every operation of the gateway: how it is asked. */
export const operationsById = {
${sorted.map((tag) => `...${camelOf(tag)},`).join('\n')}
} as const
`
}
const generatedNote = '// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.'

function typesOf(operation: Placed, named: Named, used: Set<string>): string {
  const described: Described = operations[operation.id]
  const placesInOrder = ['path', 'query', 'header'].map((place) =>
    (operation.parameters ?? []).filter((parameter) => parameter.in === place),
  )
  const [path = [], query = [], headers = []] = placesInOrder.map((parameters) =>
    parameters.flatMap((parameter) => inputOf(parameter, operation)),
  )
  const inputs = [...path, ...query, ...bodyOf(described, operation, named, used), ...headers]
  const { answer, otherAnswer } = described
  const answers = [answer, otherAnswer].flatMap((one) =>
    // What is no success is thrown.
    one === undefined || one.status >= 300
      ? []
      : [{ status: one.status, type: `Answer<${one.status}, ${answerOf(one, operation, named, used)}>` }],
  )
  const tries = takesDryRun(operation) && answers.length === 2
  const lines = tries
    ? [
        `answer: ${answers.find(({ status }) => status !== 200)?.type}`,
        `dryRun: ${answers.find(({ status }) => status === 200)?.type}`,
      ]
    : [`answer: ${answers.map(({ type }) => type).join(' | ')}`]
  return `/** ${operation.summary}: \`${operation.method} ${operation.path}\` */
  ${operation.id}: {
    input: {${inputs.map((one) => `\n${one}`).join('')} }
    ${lines.join('\n')}
  }`
}
const takesDryRun = ({ parameters = [] }: Told) => parameters.some(({ name }) => name === 'dryRun')

function inputOf({ in: place, name, schema }: Parameter, { responses }: Told): string[] {
  // A cursor is handed back as it was answered: a text.
  if (place === 'query' && name === 'after') return ['after?: string | number']
  if (place !== 'header') return [`${name}${place === 'path' ? '' : '?'}: ${parameterType(schema)}`]
  if (notInput.has(name)) return []
  if (name === 'Prefer')
    return ['/** How long the gateway may wait for more to say: `Prefer: wait`. */\nwaitSeconds?: number']
  // Where the gateway demands it (428), so does the type.
  const demanded = name === 'If-Match' && responses['428'] !== undefined
  return [`${camelOf(name)}${demanded ? '' : '?'}: string`]
}

function parameterType({ type, enum: values }: Parameter['schema']): string {
  if (values?.join() === 'true,false') return 'boolean'
  if (values !== undefined) return values.map((value) => `'${value}'`).join(' | ')
  return type === 'integer' || type === 'number' ? 'number' : 'string'
}

function bodyOf(described: Described, { requestBody }: Told, named: Named, used: Set<string>): string[] {
  if (requestBody === undefined) return []
  const json = described.body === undefined ? [] : [printType(described.body, 'input', named, used)]
  const others = Object.keys(requestBody.content).filter((mediaType) => mediaType !== 'application/json')
  if (json[0] === 'unknown') return ['body: unknown']
  const raw = others.filter((mediaType) => mediaType !== 'multipart/form-data').map((mediaType) => `'${mediaType}'`)
  const form = others.includes('multipart/form-data') ? ['FormData'] : []
  return [`body: ${[...json, ...(raw.length > 0 ? [`RawBody<${raw.join(' | ')}>`] : []), ...form].join(' | ')}`]
}

function answerOf(
  { status, schema, mediaType }: NonNullable<Described['answer']>,
  { id, path }: Placed,
  named: Named,
  used: Set<string>,
): string {
  if (status === 204) return 'undefined'
  if (schema !== undefined && (mediaType === undefined || mediaType === 'application/json'))
    return [printType(schema as z.ZodType, 'output', named, used), alsoAnswers[id] ?? []].flat().join(' | ')
  if (path.endsWith('.xlsx')) return 'Uint8Array'
  return mediaType !== undefined || /\.(csv|md|atom)$/.test(path) ? 'string' : 'unknown'
}

function routeOf({ id, method, path, parameters = [], responses }: Placed): string {
  const query = parameters.filter((one) => one.in === 'query').map(({ name }) => name)
  const headers = parameters.filter((one) => one.in === 'header' && !notInput.has(one.name)).map(({ name }) => name)
  const accepts = Object.entries(responses).flatMap(([status, { content }]) =>
    status < '300' ? Object.keys(content ?? {}) : [],
  )
  const parts = [
    `method: '${method}'`,
    `path: '${path}'`,
    ...(query.length > 0 ? [`query: [${query.map((name) => `'${name}'`).join(', ')}]`] : []),
    ...(headers.length > 0 ? [`headers: [${headers.map((name) => `'${name}'`).join(', ')}]`] : []),
    ...(accepts[0] === undefined ? [] : [`accepts: '${accepts[0]}'`]),
  ]
  return `${id}: { ${parts.join(', ')} },`
}

const wordsOf = (name: string) => name.toLowerCase().match(/[a-z0-9]+/g) ?? []
const kebabOf = (name: string) => wordsOf(name).join('-')
const pascalOf = (name: string) =>
  wordsOf(name)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
const camelOf = (name: string) => pascalOf(name).replace(/^./, (letter) => letter.toLowerCase())

/** As the tree's formatter writes them. */
function formatted(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'yuchuang-client-'))
  try {
    mkdirSync(join(folder, 'operations'))
    const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as {
      formatter: object
      javascript: object
    }
    writeFileSync(
      join(folder, 'biome.json'),
      JSON.stringify({
        root: true,
        formatter: config.formatter,
        javascript: config.javascript,
        linter: { enabled: false },
      }),
    )
    for (const [name, text] of files) writeFileSync(join(folder, 'operations', basename(name)), text)
    execFileSync(join(root, 'node_modules/.bin/biome'), ['check', '--write', 'operations'], {
      cwd: folder,
      stdio: 'pipe',
    })
    return new Map([...files.keys()].map((name) => [name, readFileSync(join(folder, 'operations', name), 'utf8')]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
