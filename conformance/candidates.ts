/** What a command wants judged 判定对象: opened when its turn comes, closed when it has been judged. */
import { readFile } from 'node:fs/promises'

import { adapters } from '../adapters/registry.ts'
import { adapterScenarios } from './adapter/index.ts'
import { folderUrl, loadSubject } from './adapter/load.ts'
import type { Subject } from './adapter/subject.ts'
import {
  type AgencySubject,
  agencyScenarios,
  openAgencySubject,
  openReceiver,
  readRefused,
  refusedFolder,
} from './agency/index.ts'
import { gatewayScenarios, openGatewaySubject } from './gateway/index.ts'
import { withExchanges } from './http.ts'
import type { Options } from './options.ts'
import { judge, type RunOptions } from './run.ts'
import { WrongUsage } from './usage.ts'
import type { Report, Scenario } from './verdict.ts'

export interface Candidate {
  readonly kind: Report['kind']
  readonly name: string
  /** Ids of its scenarios. */
  readonly ids: readonly string[]
  judge(options: RunOptions): Promise<Report>
}

/** Secrets that need not stand on the command line. */
export type Environment = { readonly [name: string]: string | undefined }

/** @throws {WrongUsage} */
export async function candidatesFor(options: Options, environment: Environment): Promise<readonly Candidate[]> {
  const { kind, subject, given } = options
  if (kind === 'own') return ownCandidates(given['simulator'])
  if (kind === 'adapter') {
    const { id, mock, golden } = given
    return [adapterCandidate(await loadSubject({ which: subject, id, mock, golden }))]
  }
  return kind === 'agency'
    ? [await endpoint(subject, given, environment)]
    : [await gateway(subject, given, environment)]
}

async function ownCandidates(simulator: string | undefined): Promise<readonly Candidate[]> {
  const ids = Object.keys(adapters)
  const own = await Promise.all(ids.map(async (which) => adapterCandidate(await loadSubject({ which }))))
  if (simulator === undefined) return own
  const base = addressOf(simulator)
  const running = await Promise.all(
    ids.map((agency) => endpoint(`${base}/${agency}`, { agency, control: `${base}/control` }, {})),
  )
  return [...own, ...running]
}

const adapterCandidate = (subject: Subject): Candidate =>
  candidate('adapter', subject.agency, adapterScenarios, () => ({ subject }))

/** A subject, and what is to be closed when it has been judged. */
interface Opened<S> {
  readonly subject: S
  close?(): Promise<void>
}

function candidate<S>(
  kind: Report['kind'],
  name: string,
  scenarios: readonly Scenario<S>[],
  open: () => Opened<S> | Promise<Opened<S>>,
): Candidate {
  return {
    kind,
    name,
    ids: scenarios.map(({ id }) => id),
    async judge(options) {
      const { subject, close } = await open()
      try {
        return await judge({ kind, name, subject, scenarios }, options)
      } finally {
        await close?.()
      }
    },
  }
}

/** Without a slash at its end. @throws {WrongUsage} no address of HTTP */
function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw new WrongUsage(`${text} is no http address`)
  return text.replace(/\/+$/, '')
}

async function endpoint(url: string, given: Options['given'], environment: Environment): Promise<Candidate> {
  const { adapter: module, agency: id, golden, control, session } = given
  const which = module ?? id
  if (which === undefined) throw new WrongUsage(`Which agency is ${url}? --agency <id> or --adapter <module>`)
  const { agency, adapter, cases } = await loadSubject({ which, id, golden })
  const refused = given['refused'] ?? (module === undefined ? refusedFolder(agency) : undefined)
  const apiKey = given['api-key'] ?? environment['YUCHUANG_API_KEY']
  const secret = given['secret'] ?? environment['YUCHUANG_WEBHOOK_SECRET']
  const options = {
    url: addressOf(url),
    agency,
    adapter: withExchanges(adapter),
    cases,
    refused: refused === undefined ? [] : refusedIn(refused, Object.keys(adapter.procedures)),
    ...(control === undefined ? {} : { controlUrl: addressOf(control) }),
    ...(session === undefined ? {} : { session }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(secret === undefined ? {} : { secret }),
  }
  const receiver = receiverAt(given)
  const receives = adapter.mailbox === undefined && (given['callback-port'] ?? control) !== undefined
  return candidate<AgencySubject>('agency', options.url, agencyScenarios, async () => {
    if (!receives) return { subject: openAgencySubject(options) }
    const callback = await openReceiver(receiver)
    return { subject: openAgencySubject({ ...options, callback }), close: () => callback.close() }
  })
}

function refusedIn(folder: string | URL, procedures: readonly string[]) {
  try {
    return readRefused(typeof folder === 'string' ? folderUrl(folder) : folder, procedures)
  } catch (cause) {
    throw new WrongUsage(`What must be refused cannot be read: ${(cause as Error).message}`, { cause })
  }
}

function receiverAt(given: Options['given']) {
  const port = given['callback-port'] ?? '0'
  const publicUrl = given['callback-url']
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new WrongUsage(`${port} is no port`)
  // Whoever is told another address comes from elsewhere.
  return {
    port: Number(port),
    ...(publicUrl === undefined ? {} : { publicUrl: addressOf(publicUrl), host: '0.0.0.0' }),
  }
}

async function gateway(url: string, given: Options['given'], environment: Environment): Promise<Candidate> {
  const apiKey = given['api-key'] ?? environment['YUCHUANG_API_KEY']
  const otherApiKey = given['other-api-key'] ?? environment['YUCHUANG_OTHER_API_KEY']
  if (apiKey === undefined) throw new WrongUsage('A gateway wants a key: --api-key <key>, or YUCHUANG_API_KEY')
  if (given['sample'] === undefined)
    throw new WrongUsage('--sample <file>: a declaration in JSON that the firm of the key may hand in')
  const options = {
    url: addressOf(url),
    apiKey,
    sample: sampleIn(await textOf(given['sample'])),
    ...(given['xml'] === undefined ? {} : { xml: await textOf(given['xml']) }),
    ...(otherApiKey === undefined ? {} : { otherApiKey }),
  }
  return candidate('gateway', options.url, gatewayScenarios, () => ({ subject: openGatewaySubject(options) }))
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new WrongUsage(`${file} cannot be read: ${(cause as Error).message}`, { cause })
  }
}

function sampleIn(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch (cause) {
    throw new WrongUsage(`The sample is no JSON: ${(cause as Error).message}`, { cause })
  }
  throw new WrongUsage('The sample is no declaration: not a JSON object')
}
