import type { CertificateFacts } from '../../../schemas/certificates.ts'
import { alpha2Of } from '../../../schemas/codes/concordance.ts'
import { type Reply, Unintelligible } from '../../adapter.ts'
import type { Objection, Said } from '../../issuer.ts'
import { rowOf } from '../../tables.ts'
import { childOf, childrenOf, readXml, textOf, type XmlNode } from '../../xml.ts'
import { agrees, directions, noSuchBooking, registerAway, results, states, unitFrom } from './codes.ts'

/**
 * The one answer of the licence office 比对应答. Its register being away (8) is no answer: it stands for the office not being reached.
 * @throws {Unintelligible} not its document, no result, or its register is away
 */
export function decode({ body }: Reply): Said {
  const answer = childOf(readXml(body, 'LicenceResponse'), 'LicenceResponse')
  const code = textOf(answer, 'ResultCode')
  const text = textOf(answer, 'ResultText')
  if (code === '') throw new Unintelligible('A LicenceResponse without a ResultCode')
  if (code === registerAway) throw new Unintelligible(`The register is away: ${text}`)
  const objections = childrenOf(childOf(answer, 'Objections'), 'Objection').flatMap(objectionOf)
  const own = rowOf(results, code)
  return {
    verdict: code === agrees ? 'yes' : code === noSuchBooking ? 'not-here' : own === undefined ? 'unrecognised' : 'no',
    code,
    text,
    objections: objections.length > 0 || own === undefined ? objections : [{ code: own, theirCode: code, words: text }],
    ...bookingOf(childOf(answer, 'Booking')),
    ...certificateOf(childOf(answer, 'Licence')),
  }
}

function objectionOf(node: XmlNode): Objection[] {
  const theirCode = textOf(node, 'Code')
  const code = rowOf(results, theirCode)
  if (code === undefined) return []
  const line = Number(textOf(node, 'GNo'))
  const words = textOf(node, 'Text')
  return [{ code, theirCode, words, ...(Number.isInteger(line) && line > 0 ? { line: line - 1 } : {}) }]
}

function bookingOf(node: XmlNode): Pick<Said, 'state' | 'reference'> {
  const state = rowOf(states, textOf(node, 'State'))
  const reference = textOf(node, 'BookingNo')
  return { ...(state === undefined ? {} : { state }), ...(reference === '' ? {} : { reference }) }
}

const list = (text: string) => text.split(',').filter((one) => one !== '')
/** 20261121 as a day; what it is otherwise is kept as it came. */
const day = (text: string) => text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')

function certificateOf(node: XmlNode): { certificate?: CertificateFacts } {
  const holder = textOf(node, 'HolderCode')
  if (holder === '') return {}
  const [quantity, amount, uses] = [textOf(node, 'Quantity'), textOf(node, 'Amount'), textOf(node, 'UseTimes')]
  return {
    certificate: {
      holder,
      direction: rowOf(directions, textOf(node, 'IEFlag')) ?? 'both',
      hsPrefixes: list(textOf(node, 'CodeTS')),
      origins: list(textOf(node, 'OriginCountry')).map((code) => alpha2Of(code) ?? code),
      offices: list(textOf(node, 'CustomsCode')),
      validFrom: day(textOf(node, 'ValidFrom')),
      validTo: day(textOf(node, 'ValidTo')),
      ...(quantity === '' ? {} : { quantity: { value: quantity, unitCode: unitFrom(textOf(node, 'Unit')) } }),
      ...(amount === '' ? {} : { value: { amount, currency: textOf(node, 'Currency') } }),
      ...(/^\d{1,9}$/.test(uses) ? { uses: Number(uses) } : {}),
    },
  }
}
