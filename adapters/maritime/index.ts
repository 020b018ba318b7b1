import type { Declaration } from '../../schemas/declaration/index.ts'
import type { PlacedLeg } from '../../schemas/declaration/journey.ts'
import type { Text } from '../../schemas/text.ts'
import type { Adapter, Procedure, Submission } from '../adapter.ts'
import { checkDangerousShip, checkDeparture, checkInlandReport } from './check.ts'
import { checkAmendment, checkCancellation, missingAmendment } from './check-change.ts'
import { checkDangerousCargo } from './check-dangerous-cargo.ts'
import { decode } from './decode.ts'
import { encodeAmendment, encodeCancellation } from './encode-change.ts'
import { encodeDangerousCargo } from './encode-dangerous-cargo.ts'
import { encodeDangerousShip } from './encode-dangerous-ship.ts'
import { encodeDeparture } from './encode-departure.ts'
import { encodeInlandReport } from './encode-inland-report.ts'
import { dangerousItems, dangerousLeg, departureLeg, inlandLeg } from './journey.ts'
import { missingDangerousCargo, missingDangerousShip, missingDeparture, missingInlandReport } from './missing.ts'
import {
  type ChangeParticulars,
  change,
  type DangerousCargo,
  type DangerousShip,
  type Departure,
  dangerousCargo,
  dangerousShip,
  departure,
  type InlandReport,
  inlandReport,
} from './particulars.ts'
import { inquiryOf } from './parts.ts'
import { resultsOfCargo } from './results.ts'

const yes = (en: string, zh: string) => ({ files: true, because: { en, zh } })
const no = (en: string, zh: string) => ({ files: false, because: { en, zh } })

const inland: Procedure<InlandReport> = {
  name: { en: 'Inland voyage report', zh: '进出港报告' },
  replies: 'inline',
  // Nothing is approved, but a barge that has not reported may not sail.
  releases: true,
  statuses: ['closed', 'refused', 'withdrawn'],
  particulars: inlandReport,
  applies(declaration) {
    const placed = inlandLeg(declaration)
    return placed === undefined
      ? no('No leg within China goes by inland waterway', '没有境内内河运输段')
      : yes(`A barge carries the goods within China (${wayOf(placed)})`, `货物在境内由内河船舶运输（${wayOf(placed)}）`)
  },
  missing: missingInlandReport,
  check: checkInlandReport,
  encode: encodeInlandReport,
  encodeInquiry: (submission) => inquiryOf('inland-report', submission),
}

const cargo: Procedure<DangerousCargo> = {
  name: { en: 'Dangerous cargo declaration (shipper)', zh: '货报（危险货物安全适运申报）' },
  replies: 'pushed',
  releases: true,
  statuses: ['acknowledged', 'registered', 'in-review', 'approved', 'closed', 'refused', 'withdrawn'],
  particulars: dangerousCargo,
  applies: carriesDangerousGoods,
  missing: missingDangerousCargo,
  check: checkDangerousCargo,
  encode: encodeDangerousCargo,
  encodeInquiry: (submission) => inquiryOf('dangerous-cargo', submission),
  recognises: ['inspection'],
  results: resultsOfCargo,
}

const ship: Procedure<DangerousShip> = {
  name: { en: 'Dangerous cargo declaration (carrier)', zh: '船报（船舶载运危险货物申报）' },
  replies: 'pushed',
  releases: true,
  statuses: ['acknowledged', 'registered', 'in-review', 'approved', 'closed', 'refused', 'withdrawn'],
  particulars: dangerousShip,
  applies: carriesDangerousGoods,
  after: [{ agency: 'maritime', procedure: 'dangerous-cargo', status: 'approved' }],
  missing: missingDangerousShip,
  check: checkDangerousShip,
  encode: encodeDangerousShip,
  encodeInquiry: (submission) => inquiryOf('dangerous-ship', submission),
}

const leave: Procedure<Departure> = {
  name: { en: 'Departure permit', zh: '国际航行船舶出口岸许可' },
  replies: 'pushed',
  releases: true,
  statuses: ['acknowledged', 'registered', 'approved', 'closed', 'refused', 'withdrawn'],
  particulars: departure,
  applies(declaration) {
    const placed = departureLeg(declaration)
    if (declaration.direction === 'import')
      return no(
        "An import: the entry permit of a sea ship is applied for by the ship's agent at the port of entry",
        '进口：国际航行船舶进口岸手续由船舶代理在进境口岸办理',
      )
    return placed === undefined
      ? no('The goods do not leave China by ship', '货物不是由船舶运输出境')
      : yes(`A ship leaves China with the goods (${wayOf(placed)})`, `船舶载货出境（${wayOf(placed)}）`)
  },
  after: [
    { agency: 'customs', procedure: 'declare', status: 'approved' },
    { agency: 'border', procedure: 'departure', status: 'approved' },
    { agency: 'maritime', procedure: 'dangerous-ship', status: 'approved' },
  ],
  missing: missingDeparture,
  check: checkDeparture,
  encode: encodeDeparture,
  encodeInquiry: (submission) => inquiryOf('departure', submission),
}

/** What every change has in common. It is filed for what the office holds, whatever the declaration has become. */
const changing = {
  particulars: change,
  applies: () => yes('Changes what the maritime office holds', '变更海事已接收的申报'),
  encodeInquiry: (submission: Submission) => inquiryOf('change', submission),
}

/** Puts another document in the place of one that the office holds. */
const amending = (
  name: Text,
  of: Pick<Procedure, 'amends' | 'replies' | 'statuses'>,
): Procedure<ChangeParticulars> => ({
  name,
  ...of,
  ...changing,
  missing: (_declaration, _given, about) => missingAmendment(about),
  check: (_declaration, _given, about) => checkAmendment(about),
  encode: encodeAmendment,
})

/** Takes a document back. */
const cancelling = (
  name: Text,
  of: Pick<Procedure, 'cancels' | 'replies' | 'statuses'>,
): Procedure<ChangeParticulars> => ({
  name,
  ...of,
  ...changing,
  missing: () => [],
  check: (_declaration, _given, about) => checkCancellation(about),
  encode: encodeCancellation,
})

const examined = ['dangerous-cargo', 'dangerous-ship', 'departure']

const amendment = amending(
  { en: 'Amendment of a maritime declaration', zh: '海事申报修改' },
  {
    amends: examined,
    replies: 'pushed',
    statuses: ['acknowledged', 'registered', 'in-review', 'approved', 'refused'],
  },
)

const cancellation = cancelling(
  { en: 'Cancellation of a maritime declaration', zh: '海事申报撤销' },
  { cancels: examined, replies: 'pushed', statuses: ['acknowledged', 'registered', 'approved', 'refused'] },
)

const inlandAmendment = amending(
  { en: 'Amendment of an inland voyage report', zh: '进出港报告修改' },
  { amends: ['inland-report'], replies: 'inline', statuses: ['closed', 'refused'] },
)

const inlandCancellation = cancelling(
  { en: 'Cancellation of an inland voyage report', zh: '进出港报告撤销' },
  { cancels: ['inland-report'], replies: 'inline', statuses: ['closed', 'refused'] },
)

function carriesDangerousGoods(declaration: Declaration) {
  const numbers = [...new Set(dangerousItems(declaration).map(({ dangerous }) => `UN ${dangerous.undgId}`))].join(', ')
  const placed = dangerousLeg(declaration)
  if (numbers === '') return no('No item is dangerous goods', '没有危险货物')
  return placed === undefined
    ? no(
        `Dangerous goods (${numbers}), but no ship from, to or within China carries them`,
        `有危险货物（${numbers}），但不由船舶运输`,
      )
    : yes(
        `A ship carries dangerous goods (${numbers}; ${wayOf(placed)})`,
        `船舶载运危险货物（${numbers}；${wayOf(placed)}）`,
      )
}

const wayOf = ({ leg }: PlacedLeg) =>
  `${leg.from.unLocode ?? leg.from.countryCode} – ${leg.to.unLocode ?? leg.to.countryCode}`

/** Maritime safety 海事: inland voyages, dangerous goods on ships, and the permit to leave for abroad. */
export const maritime: Adapter = {
  name: { en: 'Maritime safety', zh: '海事' },
  procedures: {
    'inland-report': inland,
    'dangerous-cargo': cargo,
    'dangerous-ship': ship,
    departure: leave,
    amendment,
    cancellation,
    'inland-amendment': inlandAmendment,
    'inland-cancellation': inlandCancellation,
  },
  references: {
    'receipt-number': { en: 'Voyage report number', zh: '进出港报告编号' },
    'acceptance-number': { en: 'Acceptance number', zh: '受理编号' },
    'cargo-approval-number': { en: 'Cargo approval number', zh: '货报批准编号' },
    'ship-approval-number': { en: 'Ship approval number', zh: '船报批准编号' },
    'permit-number': { en: 'Departure permit number', zh: '出口岸许可证编号' },
    'change-number': { en: 'Change number', zh: '变更编号' },
  },
  decode,
}
