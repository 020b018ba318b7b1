import type * as z from 'zod'
import { type Declaration, transportModes } from '../../schemas/declaration/index.ts'
import { domesticLegs, internationalLeg } from '../../schemas/declaration/journey.ts'
import type { Text } from '../../schemas/text.ts'
import type { Adapter, Procedure } from '../adapter.ts'
import { check, missing } from './check.ts'
import { checkAmendment, checkCancellation, missingAmendment } from './check-change.ts'
import { decode } from './decode.ts'
import { type BorderProcedure, encode, encodeAmendment, encodeCancellation, encodeInquiry } from './encode.ts'
import {
  arrivalParticulars,
  type ChangeParticulars,
  changeParticulars,
  departureParticulars,
  type Particulars,
} from './particulars.ts'

/** Modes without a conveyance that passes a border station with a crew of its own: mail, pipelines, other. */
const unmanned = new Set(['5', '7', '9'])

const procedure = (id: BorderProcedure, name: Text, particulars: z.ZodType<Particulars>): Procedure<Particulars> => ({
  name,
  replies: 'pushed',
  releases: true,
  statuses: ['acknowledged', 'in-review', 'approved', 'closed', 'refused', 'withdrawn'],
  particulars,
  applies: (declaration) => applies(id, declaration),
  missing: (declaration, given) => missing(id, declaration, given),
  check: (declaration, given) => check(id, declaration, given),
  encode: (submission) => encode(id, submission),
  encodeInquiry,
  ...(id === 'departure' ? { recognises: ['inspection'] } : {}),
})

/** A change is filed for what border inspection holds, whatever the declaration has become. */
const concerns = () => ({
  files: true,
  because: { en: 'Changes what border inspection holds', zh: '变更边检已接收的申报' },
})

const amendment: Procedure<ChangeParticulars> = {
  name: { en: 'Amendment of a border clearance', zh: '边防检查申报修改' },
  amends: ['departure', 'arrival'],
  replies: 'pushed',
  statuses: ['acknowledged', 'in-review', 'approved', 'refused'],
  particulars: changeParticulars,
  applies: concerns,
  missing: (declaration, _given, about) => missingAmendment(declaration, about),
  check: (declaration, _given, about) => checkAmendment(declaration, about),
  encode: encodeAmendment,
  encodeInquiry,
}

const cancellation: Procedure<ChangeParticulars> = {
  name: { en: 'Cancellation of a border clearance', zh: '边防检查申报撤销' },
  cancels: ['departure', 'arrival'],
  replies: 'pushed',
  statuses: ['acknowledged', 'approved', 'refused'],
  particulars: changeParticulars,
  applies: concerns,
  missing: () => [],
  check: (declaration, _given, about) => checkCancellation(declaration, about),
  encode: encodeCancellation,
  encodeInquiry,
}

function applies(id: BorderProcedure, declaration: Declaration): { files: boolean; because: Text } {
  const leaves = id === 'departure'
  const leg = internationalLeg(declaration)?.leg
  if (leaves !== (declaration.direction === 'export'))
    return no(
      leaves ? 'An import: the conveyance enters China' : 'An export: the conveyance leaves China',
      leaves ? '进口：运输工具为入境' : '出口：运输工具为出境',
    )
  if (leg === undefined)
    return no(
      `No leg ${leaves ? 'leaves' : 'enters'} China; a domestic leg does not concern border inspection`,
      `没有${leaves ? '出境' : '入境'}运输段；境内运输段不涉及边检`,
    )
  const mode = transportModes[leg.modeCode]
  if (unmanned.has(leg.modeCode))
    return no(
      `The goods cross the border by ${mode.en}: no conveyance with a crew to inspect`,
      `货物以${mode.zh}方式跨境，没有须边检的运输工具和人员`,
    )
  const barges = domesticLegs(declaration).length > 0
  const way = `${leg.from.unLocode ?? leg.from.countryCode} – ${leg.to.unLocode ?? leg.to.countryCode}`
  return {
    files: true,
    because: {
      en: `The conveyance of the international leg (${mode.en}, ${way}) and its persons ${leaves ? 'leave' : 'enter'} China${
        barges ? '; the domestic leg does not concern border inspection' : ''
      }`,
      zh: `国际运输段（${mode.zh}，${way}）的运输工具及人员${leaves ? '出境' : '入境'}${barges ? '；境内运输段不涉及边检' : ''}`,
    },
  }
}

const no = (en: string, zh: string) => ({ files: false, because: { en, zh } })

/** Border inspection 边检: the conveyance that crosses the border, its crew and its passengers. */
export const border: Adapter = {
  name: { en: 'Border inspection', zh: '边检' },
  procedures: {
    departure: procedure(
      'departure',
      { en: 'Exit inspection of the conveyance', zh: '运输工具出境边防检查' },
      departureParticulars,
    ),
    arrival: procedure(
      'arrival',
      { en: 'Entry inspection of the conveyance', zh: '运输工具入境边防检查' },
      arrivalParticulars,
    ),
    amendment,
    cancellation,
  },
  references: {
    'clearance-number': { en: 'Border clearance number', zh: '边检放行编号' },
    'change-number': { en: 'Change number', zh: '变更编号' },
  },
  decode,
}
