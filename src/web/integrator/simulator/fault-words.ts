import type { Text } from '../../../../schemas/text.ts'
import type { Language } from '../../../problem.ts'

/** Faults in two or three words; one that is not here goes by its code. */
const faultNames: { readonly [fault: string]: Text } = {
  LATE: { en: 'documents late', zh: '回执延迟' },
  TWICE: { en: 'documents twice', zh: '回执重复' },
  DISORDER: { en: 'documents out of order', zh: '回执乱序' },
  NONSENSE: { en: 'a 502 page instead', zh: '回执变成 502 页面' },
  LOST: { en: 'documents lost', zh: '回执丢失' },
  CORRUPT: { en: 'documents damaged', zh: '回执损坏' },
  UNKNOWNCODE: { en: 'an unknown status code', zh: '未知状态代码' },
  OLDER: { en: 'an older schema', zh: '旧版格式' },
  NEWER: { en: 'a newer schema', zh: '新版格式' },
  DOWN: { en: 'down for two requests', zh: '宕机（前两次）' },
  BURST5XX: { en: 'down: 5xx', zh: '宕机（5xx）' },
  BUSY: { en: 'too busy: 429', zh: '限流（429）' },
  MAINTENANCE: { en: 'under maintenance', zh: '停机维护' },
  LATENCY: { en: 'uneven latency', zh: '延时波动' },
  SLOW: { en: 'slow answers', zh: '应答缓慢' },
  TIMEOUT: { en: 'no answer: timeout', zh: '超时无应答' },
  RESET: { en: 'connection reset', zh: '连接中断' },
  TRUNCATED: { en: 'answer cut short', zh: '应答截断' },
  DRIBBLE: { en: 'answer dribbles', zh: '应答零碎到达' },
}
export const faultName = (language: Language, fault: string): string => faultNames[fault]?.[language] ?? fault

/** Parameters of faults, with their units. */
const parameterNames: { readonly [name: string]: Text } = {
  byS: { en: 'Late by (simulated seconds)', zh: '延迟（模拟秒）' },
  waitS: { en: 'Waits at most (simulated seconds)', zh: '最长等待（模拟秒）' },
  thenSound: { en: 'A sound one follows', zh: '随后补发完好的一份' },
  status: { en: 'Status', zh: '状态码' },
  retryAfterS: { en: 'Retry-After (seconds)', zh: 'Retry-After（秒）' },
  from: { en: 'From (instant, simulated)', zh: '开始时刻（模拟时间）' },
  until: { en: 'Until (instant, simulated)', zh: '结束时刻（模拟时间）' },
  forS: { en: 'For (simulated seconds)', zh: '时长（模拟秒）' },
  medianMs: { en: 'Median (ms)', zh: '中位数（毫秒）' },
  p95Ms: { en: '95 of 100 under (ms)', zh: '95 分位（毫秒）' },
  delayMs: { en: 'Kept back (ms)', zh: '延时（毫秒）' },
  holdMs: { en: 'Held open (ms)', zh: '保持连接（毫秒）' },
  bytesPerSecond: { en: 'Bytes a second', zh: '每秒字节数' },
}
export const parameterName = (language: Language, name: string): string => parameterNames[name]?.[language] ?? name
