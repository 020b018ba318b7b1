/** The table of faults 故障表: how an agency misbehaves on request, the same for every agency. */
import type { Text } from '../../../schemas/text.ts'
import { limits } from '../limits.ts'
import type { FaultName } from './order.ts'

export interface Fault {
  readonly fault: FaultName
  /** What it spoils: the exchange (request and answer), or the documents the agency sends of its own accord. */
  readonly on: 'exchange' | 'document' | 'both'
  /** Whether a reference can ask for it; a header, a script and a control call always can. */
  readonly byReference: boolean
  readonly does: Text
}

const hours = (ms: number): number => ms / 3_600_000
const seconds = (ms: number): number => ms / 1_000

/** What each does when its name alone is given; `faultOrder` in `order.ts` has the parameters that change the numbers. */
export const faults: readonly Fault[] = [
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
    fault: 'LOST',
    on: 'document',
    byReference: true,
    does: {
      en: 'Documents are lost on their way: the agency goes on, and nobody hears of it who does not ask',
      zh: '回执在途中丢失：监管部门照常办理，不主动查询则无从得知',
    },
  },
  {
    fault: 'CORRUPT',
    on: 'document',
    byReference: true,
    does: {
      en: 'The first document comes with damaged bytes, and once more, sound',
      zh: '首份回执字节受损，随后完好的一份再次到达',
    },
  },
  {
    fault: 'UNKNOWNCODE',
    on: 'document',
    byReference: true,
    does: {
      en: 'Before the first document comes one whose status code the specification does not know',
      zh: '首份回执之前先到一份状态代码不在规范之内的回执',
    },
  },
  {
    fault: 'OLDER',
    on: 'document',
    byReference: true,
    does: {
      en: 'Documents come in the schema of the version before the one in force',
      zh: '回执按现行版本之前的旧版格式发出',
    },
  },
  {
    fault: 'NEWER',
    on: 'document',
    byReference: true,
    does: {
      en: 'Documents come in the schema of a later version, with elements not known today',
      zh: '回执按后续新版格式发出，含现行版本没有的元素',
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
    fault: 'BURST5XX',
    on: 'exchange',
    byReference: false,
    does: {
      en: 'The next exchanges, polls included, are answered 503 and not processed',
      zh: '接下来的请求（含轮询）均返回 503，不予处理',
    },
  },
  {
    fault: 'BUSY',
    on: 'exchange',
    byReference: true,
    does: {
      en: `The first exchange is answered 429 with Retry-After of ${limits.busyRetryAfterS} second, and not processed`,
      zh: `首次请求返回 429（Retry-After 为 ${limits.busyRetryAfterS} 秒），不予处理`,
    },
  },
  {
    fault: 'MAINTENANCE',
    on: 'both',
    byReference: true,
    does: {
      en: `For ${hours(limits.maintenanceSimulatedMs)} simulated hour from the first exchange the agency's notice of maintenance comes with 503 and Retry-After; documents wait until it is over`,
      zh: `自首次请求起 ${hours(limits.maintenanceSimulatedMs)} 小时（模拟时间）内返回停机维护通知（503，附 Retry-After）；回执待维护结束后发出`,
    },
  },
  {
    fault: 'LATENCY',
    on: 'exchange',
    byReference: true,
    does: {
      en: `Answers take a drawn real time, half of them under ${limits.latencyMedianMs} ms and 95 of 100 under ${limits.latencyP95Ms} ms`,
      zh: `应答耗时按对数正态分布抽取（真实时间）：中位数 ${limits.latencyMedianMs} 毫秒，95 分位 ${limits.latencyP95Ms} 毫秒`,
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
    fault: 'TRUNCATED',
    on: 'exchange',
    byReference: true,
    does: {
      en: 'The first exchange is processed; its answer announces its whole length and ends in the middle',
      zh: '首次请求已处理；应答声明完整长度，却在中途断开',
    },
  },
  {
    fault: 'DRIBBLE',
    on: 'exchange',
    byReference: true,
    does: {
      en: `The body of each answer comes in small pieces, ${limits.dribbleBytesPerSecond} bytes a second of real time`,
      zh: `每次应答正文零碎到达，每秒 ${limits.dribbleBytesPerSecond} 字节（真实时间）`,
    },
  },
]

const names: ReadonlySet<unknown> = new Set(faults.map(({ fault }) => fault))

export function isFault(name: unknown): name is FaultName {
  return names.has(name)
}
