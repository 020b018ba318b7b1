import { html } from 'hono/html'
import type { z } from 'zod'
import type { eventAnswer } from '../../../schemas/answers.ts'
import { type FilingStatus, statuses } from '../../../schemas/status.ts'
import type { Text } from '../../../schemas/text.ts'
import { type EventType, eventTypes } from '../../filing/case.ts'
import type { Language } from '../../problem.ts'
import { type IconName, icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { say } from '../words.ts'
import type { FilingShown } from './head.ts'
import { mark, toneOf } from './marks.ts'

export type EventShown = z.infer<typeof eventAnswer>

/** What happened, each type of event in words. */
const said: Readonly<Record<EventType, Text>> = {
  'declaration.accepted': { en: 'Taken in', zh: '已接收' },
  'declaration.revised': { en: 'Corrected and handed in again', zh: '修改后重新提交' },
  'declaration.recorded': { en: 'Recorded', zh: '已记录' },
  'declaration.change-requested': { en: 'A change was asked for', zh: '提出修撤申请' },
  'declaration.amended': { en: 'Amended', zh: '已修改' },
  'declaration.cancelled': { en: 'Cancelled', zh: '已撤销' },
  'declaration.change-refused': { en: 'The change was not granted', zh: '修撤未获准' },
  'declaration.change-withdrawn': { en: 'The change was taken back', zh: '修撤申请已收回' },
  'certificate.committed': { en: 'Certificate written off', zh: '监管证件已核销' },
  'certificate.refused': { en: 'Certificate refused by its issuer', zh: '发证机关不予预留' },
  'certificate.released': { en: 'Certificate given back', zh: '监管证件已释放' },
  'certificate.reserved': { en: 'Certificate reserved', zh: '监管证件已预留' },
  'certificate.unreachable': { en: 'The issuer of a certificate could not be reached', zh: '发证机关无法连接' },
  'filing.requested': { en: 'Asked for', zh: '提出申请' },
  'filing.amended': { en: 'Amended with the agency', zh: '机构已改单' },
  'filing.queued': { en: 'Queued', zh: '待发送' },
  'filing.particulars': { en: 'Particulars brought', zh: '已补充数据' },
  'filing.sent': { en: 'Sent', zh: '已发送' },
  'filing.unreachable': { en: 'The agency could not be reached: it is tried again', zh: '暂时无法送达，将自动重试' },
  'filing.unknown': { en: 'No answer came: the agency is asked', zh: '未收到应答，正在向机构查询' },
  'filing.receipt': { en: 'The agency says', zh: '机构回执' },
  'filing.status': { en: 'Now', zh: '状态变为' },
  'filing.lane-stopped': { en: 'Sending to the agency was stopped by the operator', zh: '运维已暂停向该机构发送' },
  'filing.lane-resumed': { en: 'Sending to the agency goes on', zh: '已恢复向该机构发送' },
  'filing.replayed': { en: 'Sent again by the operator', zh: '运维已重发' },
  'assistance.asked': { en: 'An agency asked another to act', zh: '机构请求协助' },
  'assistance.answered': { en: 'The asked agency answered', zh: '协助已答复' },
  'assistance.closed': { en: 'The request for assistance ended', zh: '协助已终结' },
  'assistance.escalated': { en: 'The request went to the superior', zh: '协助已升级督办' },
  'assistance.result': { en: 'Result of the inspection together', zh: '联合查验结果' },
  'deadline.near': { en: 'A deadline is near', zh: '期限临近' },
  'deadline.passed': { en: 'A deadline has passed', zh: '已逾期' },
  'movement.actual': { en: 'The goods moved', zh: '货物动态' },
  'movement.left': { en: 'The goods left', zh: '货物已离开' },
  'movement.retracted': { en: 'A report of the goods was taken back', zh: '货物动态已撤回' },
  'recognition.honoured': { en: 'A recognised result was honoured', zh: '互认结果已采信' },
  'recognition.recorded': { en: 'A result others may recognise', zh: '形成可互认结果' },
  'recognition.revoked': { en: 'A result no longer holds', zh: '互认结果已失效' },
  'recognition.used': { en: 'A recognised result went along', zh: '随附互认结果' },
}

const pictures: readonly (readonly [RegExp, IconName])[] = [
  [/refused|passed|unreachable|retracted|revoked/, 'exclamation-triangle'],
  [/receipt/, 'bell'],
  [/certificate|recognition/, 'shield-check'],
  [/deadline/, 'clock'],
  [/movement/, 'truck'],
  [/assistance/, 'scale'],
  [/sent|queued|replayed/, 'paper-airplane'],
]

/** The number of an event within its declaration: what its id ends with. */
export const numberOf = ({ id }: EventShown): number => Number(id.slice(id.lastIndexOf('.') + 1))

/** What an event tells, for people: of whom, what, and an agency's own words as they are. */
export function eventInWords(language: Language, event: EventShown, filings: readonly FilingShown[]): Html {
  const type = event.type.replace(/^yuchuang\./, '')
  const { data } = event
  const filing = filings.find(({ id }) => id === event.subject)
  const what = eventTypes.find((one) => one === type)
  const status = statusIn(data['status'])
  const picture = pictures.find(([of]) => of.test(type))?.[1] ?? 'information-circle'
  const words = what === undefined ? type : say(language, said[what])
  const whose =
    filing === undefined
      ? ''
      : html`<strong>${say(language, filing.agencyName)}</strong> <span class="of">${say(language, filing.procedureName)}</span> `
  if (type === 'filing.status' && status !== undefined)
    return html`${whose}${mark(toneOf(status), 'arrow-right', say(language, statuses[status]))}`
  return html`${icon(picture)} ${whose}<span>${words}</span>${ownWords(language, type, data)}`
}

const statusIn = (value: unknown): FilingStatus | undefined =>
  typeof value === 'string' && Object.hasOwn(statuses, value) ? (value as FilingStatus) : undefined
const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** What an agency, a deadline or a change says, as it was said. */
function ownWords(language: Language, type: string, data: EventShown['data']): Html | '' {
  if (type === 'filing.receipt')
    return html` <q lang="und">${textIn(data['text']) ?? textIn(data['code']) ?? ''}</q> <small><code>${textIn(data['code']) ?? ''}</code></small>`
  const what = data['what'] as Partial<Text> | undefined
  const about = [
    typeof what === 'object' ? textIn(what[language]) : undefined,
    textIn(data['error']),
    textIn(data['reason']),
    textIn(data['number']),
    certificateIn(data['certificate']),
  ].find((one) => one !== undefined)
  return about === undefined ? '' : html`: ${about}`
}
const certificateIn = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const { typeCode, number } = value as { typeCode?: unknown; number?: unknown }
  return [textIn(typeCode), textIn(number)].filter((one) => one !== undefined).join(' ')
}
