/** The one table that decides 办理结果: what the licence office does with a magic value in the enterprise's own number. */
import type { Outcome } from '../../agency.ts'

export interface CommerceOutcome extends Outcome {
  readonly procedure: 'verify' | 'reserve'
  /** The result it answers with, whatever the register says. */
  readonly code: string
  readonly text: string
}

export const outcomes: readonly CommerceOutcome[] = [
  {
    magic: 'AWAY',
    procedure: 'verify',
    code: '8',
    text: '系统超时',
    does: { en: 'Its register is away when a licence is compared; bookings go on', zh: '比对时系统超时，预留照常' },
  },
  {
    magic: 'BOOKEDOUT',
    procedure: 'reserve',
    code: '6',
    text: '数量超出',
    does: {
      en: 'Agrees when compared, and refuses the booking: somebody else was faster',
      zh: '比对相符，预留时剩余数量不足',
    },
  },
  {
    magic: 'STRANGECODE',
    procedure: 'reserve',
    code: '77',
    text: '另行通知',
    does: { en: 'Answers the booking with a code nobody has published', zh: '预留时返回未公布的结果代码' },
  },
]
