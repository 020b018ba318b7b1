import type { Door } from '../adapter.ts'
import { Unintelligible } from '../adapter.ts'
import { childOf, childrenOf, readXml, type XmlNode, type XmlValue } from '../xml.ts'
import { directionOf } from './codes.ts'
import { headDefaults, purposeOffice, readAttachment, readContainer, readHead, readShipment } from './door-head.ts'
import { readItem } from './door-items.ts'
import { readJourney } from './door-journey.ts'
import {
  byTable,
  compact,
  compactOrNone,
  type Fields,
  instantOf,
  open,
  ownOf,
  type Reading,
  type Text,
  unheld,
  unknownElement,
} from './door-reading.ts'
import type { SectionName } from './elements.ts'
import { carriedSections } from './particulars.ts'
import { vouchedMaterial } from './rules.ts'
import { readDocumentType } from './steps.ts'

const namespace = 'http://www.chinaport.gov.cn/dec'
const below = '/particulars/customs/declare'

/** Sections that hold rows, by the row they hold. */
const wrappers = {
  DecLists: 'DecList',
  DecLicenseDocus: 'LicenseDocu',
  DecContainers: 'Container',
  DecRequestCerts: 'DecRequestCert',
  DecOtherPacks: 'DecOtherPack',
  DecCopLimits: 'DecCopLimit',
  DecUsers: 'DecUser',
  DecCopPromises: 'DecCopPromise',
} as const satisfies { readonly [wrapper: string]: SectionName }
const once = new Set<string>([...Object.keys(wrappers), 'DecHead', 'DecSign', 'DecFreeTxt'])
const sections = new Set<string>([...once, 'EdocRealation', 'EcoRelation', ...carriedSections])

/** Sections stand in any order; unknown ones and a second DecHead are issues. */
function checkSections(reading: Reading, message: XmlNode): void {
  for (const [section, value] of Object.entries(message)) {
    const at = `/DecMessage/${section}`
    if (section.startsWith('@')) continue
    if (!sections.has(section)) unknownElement(reading, at, section)
    else if (once.has(section) && Array.isArray(value))
      unheld(reading, at, `${section} stands there twice`, `${section}重复`)
  }
  for (const [wrapper, row] of Object.entries(wrappers))
    for (const element of Object.keys(childOf(message, wrapper)))
      if (element !== row && !element.startsWith('@'))
        unknownElement(reading, `/DecMessage/${wrapper}/${element}`, element)
}

/** The rows of a section, each opened. */
function rowsOf(
  reading: Reading,
  message: XmlNode,
  wrapper: keyof typeof wrappers,
): readonly { readonly node: XmlNode; readonly row: Text }[] {
  const section = wrappers[wrapper]
  return childrenOf(childOf(message, wrapper), section).map((node, at) => ({
    node,
    row: open(reading, section, node, `/DecMessage/${wrapper}/${section}/${at}`),
  }))
}

/** Rows of which every element is a particular. */
const ownRows = (reading: Reading, message: XmlNode, wrapper: keyof typeof wrappers): Fields[] =>
  rowsOf(reading, message, wrapper).map(({ row }) => ownOf(reading, wrappers[wrapper], row, `${below}/${wrapper}`))

/** Rows by place, counted from 1; those that say nothing are left out. */
const numbered = (rows: readonly Fields[]): Fields =>
  compact(Object.fromEntries(rows.map((row, at) => [String(at + 1), row])))

/** Whether a section that is carried unread says anything. */
const says = (value: XmlValue): boolean =>
  typeof value === 'string'
    ? value !== ''
    : value !== undefined && Object.values(value).some((part) => says(part as XmlValue))

/** The namespace its root declares for itself; undefined for none. The parser drops namespaces, so the tag itself is asked. */
function namespaceOf(text: string): string | undefined {
  const [, prefix, attributes = ''] = /<(?:([\w.-]+):)?DecMessage(\s[^>]*)?>/.exec(text) ?? []
  const declared = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`
  return new RegExp(`\\s${declared}\\s*=\\s*["']([^"']*)["']`).exec(attributes)?.[1]
}

/** A declaration as brokers' software writes it 报关单报文, in canonical form. */
function read(text: string): ReturnType<Door['read']> {
  const message = childOf(readXml(text, 'DecMessage'), 'DecMessage')
  const named = namespaceOf(text)
  if (named !== undefined && named !== namespace) throw new Unintelligible(`A DecMessage of the namespace ${named}`)
  const reading: Reading = { issues: [], warnings: [] }
  checkSections(reading, message)
  const head = open(reading, 'DecHead', childOf(message, 'DecHead'), '/DecMessage/DecHead')
  const sign = open(reading, 'DecSign', childOf(message, 'DecSign'), '/DecMessage/DecSign')
  const free = open(reading, 'DecFreeTxt', childOf(message, 'DecFreeTxt'), '/DecMessage/DecFreeTxt')
  const operation = sign('OperType')
  if (operation !== '' && operation !== 'C')
    unheld(
      reading,
      '/DecMessage/DecSign/OperType',
      `Operation "${operation}": only C, declare, is taken in here`,
      `操作类型“${operation}”：此处仅受理申报（C）`,
    )
  const declaration = readDeclaration(reading, message, { head, sign, free })
  return { declaration, ...reading }
}

interface Sections {
  readonly head: Text
  readonly sign: Text
  readonly free: Text
}

function readDeclaration(reading: Reading, message: XmlNode, { head, sign, free }: Sections): Fields {
  const exporting = head('IEFlag') === 'E'
  const { step, type } = readDocumentType(head('Type'))
  const journey = readJourney(reading, head, free)
  const items = childrenOf(childOf(message, 'DecLists'), 'DecList').map((node, at) =>
    readItem(reading, node, at, exporting),
  )
  const containers = rowsOf(reading, message, 'DecContainers')
  const papers = childrenOf(message, 'EdocRealation').map((node, at) =>
    open(reading, 'EdocRealation', node, `/DecMessage/EdocRealation/${at}`),
  )
  const declare = compact({
    ...ownOf(reading, 'DecHead', head, below, headDefaults(head, sign)),
    ...ownOf(reading, 'DecSign', sign, below, headDefaults(head, sign)),
    ...ownOf(reading, 'DecFreeTxt', free, below),
    type,
    purpOrgCode: purposeOffice(head).purpOrgCode,
    ...journey.particulars,
    measureWords: Object.assign({}, ...items.map(({ measureWords }) => measureWords)) as Fields,
    items: numbered(items.map(({ own }) => own)),
    containers: numbered(containers.map(({ row }) => ownOf(reading, 'Container', row, `${below}/containers`))),
    attachments: numbered(papers.map((row) => ownOf(reading, 'EdocRealation', row, `${below}/attachments`))),
    ...readOwnSections(reading, message, exporting),
  })
  const particulars = compactOrNone(declare)
  return compact({
    declarationStep: step,
    direction: byTable(reading, directionOf, head('IEFlag'), '/direction', '进出口标志'),
    issueDateTime: instantOf(reading, sign('SignDate'), '/issueDateTime'),
    ...readHead(reading, head, sign, free),
    goodsShipment: compact({
      ...readShipment(reading, head, free),
      additionalDocuments: rowsOf(reading, message, 'DecLicenseDocus').map(({ row }) =>
        compact({ typeCode: row('DocuCode'), id: row('CertCode') }),
      ),
      attachments: papers.map((row, at) => readAttachment(reading, row, at)),
      consignment: compact({
        legs: journey.legs,
        entryExitPortId: head('EntyPortCode'),
        containers: containers.map(({ row }, at) => readContainer(reading, row, at)),
        goodsLocation: head('GoodsPlace'),
        warehouseId: free('BonNo'),
        transitLocation: journey.transitLocation,
      }),
      items: items.map(({ item }) => item),
    }),
    particulars: particulars && { customs: { [step === 'summary' ? 'summary' : 'declare']: particulars } },
  })
}

/** Sections that are particulars as a whole: rows only customs asks for, and what is carried unread. */
function readOwnSections(reading: Reading, message: XmlNode, exporting: boolean): Fields {
  const promises = ownRows(reading, message, 'DecCopPromises')
  const usual = vouchedMaterial[exporting ? 'export' : 'import']
  const carried = carriedSections
    .filter((section) => says(message[section]))
    .map((section) => [section, message[section]])
  const relations = childrenOf(message, 'EcoRelation').map((node, at) =>
    ownOf(reading, 'EcoRelation', open(reading, 'EcoRelation', node, `/DecMessage/EcoRelation/${at}`), below),
  )
  return {
    requestCerts: ownRows(reading, message, 'DecRequestCerts'),
    otherPacks: ownRows(reading, message, 'DecOtherPacks'),
    copLimits: ownRows(reading, message, 'DecCopLimits'),
    users: ownRows(reading, message, 'DecUsers'),
    ecoRelations: relations,
    copPromises: promises.length === 1 && promises[0]?.['declaratioMaterialCode'] === usual ? undefined : promises,
    sections: Object.fromEntries(carried) as Fields,
  }
}

/** Brokers' software writes DecMessage: this adapter reads it as it stands. */
export const door: Door = { mediaType: 'application/xml', read }
