/**
 * Misbehaviour on request 故障注入, the same for every agency: one table. A fault is asked for in the sender's own
 * reference (`EV1121-C.LATE` for the agency with the letter C), or ordered by a control call.
 */

import type { Text } from '../../schemas/text.ts'
import type { Agency } from '../agency.ts'
import { magicOf } from '../agency.ts'
import { limits } from './limits.ts'

export interface Fault {
  readonly fault: string
  /** What it spoils: the exchange (request and answer), or the documents the agency sends of its own accord. */
  readonly on: 'exchange' | 'document'
  /** Whether a reference can ask for it; a control call always can. */
  readonly byReference: boolean
  readonly does: Text
}

const hours = (ms: number): number => ms / 3_600_000
const seconds = (ms: number): number => ms / 1_000

export const faults = [
  {
    fault: 'LATE',
    on: 'document',
    byReference: true,
    does: {
      en: `Documents leave ${hours(limits.lateSimulatedMs)} simulated hours late`,
      zh: `回执延迟 ${hours(limits.lateSimulatedMs)} 小时（模拟时间）发出`,
    },
  },
  {
    fault: 'TWICE',
    on: 'document',
    byReference: true,
    does: {
      en: 'Each document is sent twice, as two messages with ids of their own',
      zh: '每份回执发送两次，消息编号各不相同',
    },
  },
  {
    fault: 'DISORDER',
    on: 'document',
    byReference: true,
    does: {
      en: `Documents are swapped in pairs; one without a partner leaves after ${hours(limits.disorderSimulatedMs)} simulated hours`,
      zh: `回执两两颠倒次序；无后续回执的在 ${hours(limits.disorderSimulatedMs)} 小时（模拟时间）后单独发出`,
    },
  },
  {
    fault: 'NONSENSE',
    on: 'document',
    byReference: true,
    does: {
      en: 'A page "502 Bad Gateway" comes in place of the first document, which follows it',
      zh: '首份回执之前先发来一页“502 Bad Gateway”，真回执随后到达',
    },
  },
  {
    fault: 'DOWN',
    on: 'exchange',
    byReference: true,
    does: {
      en: `The first ${limits.downExchanges} exchanges are answered 503 and not processed`,
      zh: `前 ${limits.downExchanges} 次请求返回 503，不予处理`,
    },
  },
  {
    fault: 'SLOW',
    on: 'exchange',
    byReference: true,
    does: {
      en: `Each answer takes ${seconds(limits.slowReplyMs)} seconds of real time`,
      zh: `每次应答耗时 ${seconds(limits.slowReplyMs)} 秒（真实时间）`,
    },
  },
  {
    fault: 'TIMEOUT',
    on: 'exchange',
    byReference: true,
    does: {
      en: `The first exchange is processed but not answered: the connection stays open for ${seconds(limits.timeoutHoldMs)} seconds`,
      zh: `首次请求已处理但不应答：连接保持 ${seconds(limits.timeoutHoldMs)} 秒`,
    },
  },
  {
    fault: 'RESET',
    on: 'exchange',
    byReference: true,
    does: {
      en: 'The first exchange is processed, then the connection is torn down without an answer',
      zh: '首次请求已处理，随后连接被中断，无应答',
    },
  },
  {
    fault: 'BURST5XX',
    on: 'exchange',
    byReference: false,
    does: {
      en: 'The next exchanges, polls included, are answered 503 and not processed',
      zh: '接下来的请求（含轮询）均返回 503，不予处理',
    },
  },
] as const satisfies readonly Fault[]

export type FaultName = (typeof faults)[number]['fault']
/** A fault somebody ordered. */
export interface FaultOrder {
  readonly fault: FaultName
}
export type Ending = 'SLOW' | 'TIMEOUT' | 'RESET'

export function isFault(name: unknown): name is FaultName {
  return faults.some(({ fault }) => fault === name)
}

/** A page a broken proxy puts where a document should be. */
export const nonsense = {
  name: '502.html',
  contentType: 'text/html; charset=utf-8',
  body: '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>\r\n',
} as const

export interface ExchangeFaults {
  /** 503, and the agency never sees the request. */
  readonly unavailable: FaultName | undefined
  /** How the answer of the agency is spoilt. */
  readonly ending: Ending | undefined
  /** Whether a fault was looked up at all: such an exchange is kept, because it counts. */
  readonly counted: boolean
}

export interface DocumentFaults {
  readonly late: boolean
  readonly twice: boolean
  readonly nonsense: boolean
  /** The documents with the same key are swapped in pairs. */
  readonly disorder: string | undefined
}

/** Who is to misbehave, how, and how often it has already. Counts only: replaying the same calls gives the same book. */
export interface FaultBook {
  onExchange(agency: Agency, text: string): ExchangeFaults
  onDocument(agency: Agency, reference: string): DocumentFaults
  /** The next `times` exchanges or documents of the agency misbehave; without `times` all until cleared. */
  order(agency: string, fault: FaultName, times: number | undefined): void
  clear(agency: string, fault?: FaultName): void
  ordered(agency: string): { readonly fault: FaultName; readonly times: number | undefined }[]
}

export function createFaultBook(): FaultBook {
  const counts = new Map<string, number>()
  const orders = new Map<string, Map<FaultName, number>>()

  const count = (agency: Agency, fault: FaultName, reference: string): number => {
    const key = `${agency.id}|${fault}|${reference}`
    const times = (counts.get(key) ?? 0) + 1
    counts.set(key, times)
    return times
  }
  const take = (agency: Agency, fault: FaultName): boolean => {
    const left = orders.get(agency.id)?.get(fault)
    if (left === undefined) return false
    if (left > 1) orders.get(agency.id)?.set(fault, left - 1)
    else orders.get(agency.id)?.delete(fault)
    return true
  }

  return {
    onExchange(agency, text) {
      const asked = askedIn(text, agency.letter)
      const some = (fault: FaultName, times: number): boolean =>
        asked.filter((one) => one.fault === fault && count(agency, fault, one.reference) <= times).length > 0
      const spoil = <F extends FaultName>(fault: F, times: number): F | undefined =>
        some(fault, times) || take(agency, fault) ? fault : undefined
      const unavailable = spoil('BURST5XX', 0) ?? spoil('DOWN', limits.downExchanges)
      const ending =
        unavailable === undefined
          ? (spoil('TIMEOUT', 1) ?? spoil('RESET', 1) ?? spoil('SLOW', Number.POSITIVE_INFINITY))
          : undefined
      return { unavailable, ending, counted: asked.length > 0 || unavailable !== undefined || ending !== undefined }
    },
    onDocument(agency, reference) {
      const asked = magicOf(reference, agency.letter)
      const spoilt = (fault: FaultName): boolean => asked.includes(fault) || take(agency, fault)
      return {
        late: spoilt('LATE'),
        twice: spoilt('TWICE'),
        nonsense:
          (asked.includes('NONSENSE') && count(agency, 'NONSENSE', reference) === 1) || take(agency, 'NONSENSE'),
        disorder: asked.includes('DISORDER')
          ? `${agency.id}|${reference}`
          : take(agency, 'DISORDER')
            ? `${agency.id}|`
            : undefined,
      }
    },
    order(agency, fault, times = Number.POSITIVE_INFINITY) {
      const mine = orders.get(agency) ?? new Map<FaultName, number>()
      orders.set(agency, mine.set(fault, times))
    },
    clear(agency, fault) {
      if (fault === undefined) orders.delete(agency)
      else orders.get(agency)?.delete(fault)
    },
    ordered: (agency) =>
      [...(orders.get(agency) ?? [])].map(([fault, left]) => ({
        fault,
        times: Number.isFinite(left) ? left : undefined,
      })),
  }
}

/**
 * The faults a text asks of an agency, each with the reference that carries it. The reference is the unbroken word around
 * the magic value; it is looked for outwards from there, since a pattern that begins with "any word" is quadratic on base64.
 */
export function askedIn(text: string, letter: string): { reference: string; fault: FaultName }[] {
  const found = [...text.matchAll(/-([A-Z])\.([A-Z0-9]+)/g)].flatMap(({ 0: token, 1: who, 2: fault, index }) => {
    if (who !== letter || !isFault(fault)) return []
    const before = text.slice(Math.max(0, index - limits.referenceCharacters), index)
    const behind = text.slice(index + token.length, index + token.length + limits.referenceCharacters)
    const reference = `${/[\w./-]*$/.exec(before)?.[0] ?? ''}${token}${/^[\w./-]*/.exec(behind)?.[0] ?? ''}`
    return [{ reference, fault }]
  })
  // A reference that stands twice in one request asks once.
  return [...new Map(found.map((one) => [`${one.reference}|${one.fault}`, one])).values()]
}
