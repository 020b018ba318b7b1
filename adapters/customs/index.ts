import type { Adapter, Procedure } from '../adapter.ts'
import { check, missing } from './check.ts'
import { decode, mailbox } from './decode.ts'
import { door } from './door.ts'
import { encodeDeclare, encodeInquiry } from './encode.ts'
import { type Particulars, particulars } from './particulars.ts'

/** Declaring to customs 报关单申报: the window answers at once whether it took the declaration in, receipts come by mailbox. */
const declare: Procedure<Particulars> = {
  name: { en: 'Customs declaration', zh: '报关单申报' },
  replies: 'polled',
  releases: true,
  statuses: ['acknowledged', 'registered', 'in-review', 'approved', 'closed', 'refused', 'withdrawn'],
  particulars,
  applies: ({ direction }) => ({
    files: true,
    because:
      direction === 'export'
        ? { en: 'Goods that leave China are declared to customs', zh: '货物出境须向海关申报' }
        : { en: 'Goods that enter China are declared to customs', zh: '货物进境须向海关申报' },
  }),
  missing,
  check,
  encode: encodeDeclare,
  encodeInquiry,
}

/** China Customs 海关 through the Single Window's goods declaration 货物申报. */
export const customs: Adapter = {
  name: { en: 'Customs', zh: '海关' },
  procedures: { declare } as unknown as Adapter['procedures'],
  references: {
    'entry-number': { en: 'Customs declaration number', zh: '报关单号' },
    'unified-number': { en: 'Unified number', zh: '统一编号' },
    'client-number': { en: 'Client number', zh: '客户端编号' },
  },
  mailbox,
  decode,
  door,
}
