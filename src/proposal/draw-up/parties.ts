import { isCreditCode } from '../../../schemas/formats.ts'
import type { GuessSource } from '../../../schemas/proposal.ts'
import type { Fact } from '../pairs.ts'
import type { Said } from '../papers.ts'
import { countryIn, countryNamed } from '../words/countries.ts'
import { hasHan } from '../words/fold.ts'
import { beside, type Gathering, lineOf, type Path, type Reason } from './gather.ts'

/** A firm as a document names it 当事人. */
export interface Firm {
  readonly name?: string
  readonly nameZh?: string
  readonly address?: string
  readonly country?: string
  readonly fact: Pick<Fact, 'said' | 'source'>
  readonly isGuess?: true
}
export interface Firms {
  readonly seller?: Firm
  readonly buyer?: Firm
  readonly consignee?: Firm
}

const isFirm =
  /有限公司|公司$|集团|\b(co\.?,?\s*ltd|limited|ltd|inc|corp|corporation|pte|gmbh|llc|llp|b\.?v|s\.?a|plc|sdn bhd|company)\b/i
const contact =
  /^(tel|fax|phone|电话|传真|email|e-mail|邮箱|attn|contact|联系人|邮编|zip|uscc|tax id)\b|^(电话|传真|邮箱|联系人|邮编|统一社会信用代码|信用代码)/i
const addressMark = /^(add|address|addr|地址)\s*[.:：]\s*/i

export function findFirms(said: Said): Firms {
  const firm = (...labels: ('seller' | 'buyer' | 'consignee')[]) => {
    const fact = labels.map((label) => said.fact(label)).find((one) => one !== undefined)
    return fact && firmOf(fact.lines, fact, said.fact(labels[0] === 'seller' ? 'sellerAddress' : 'buyerAddress'))
  }
  const [seller, buyer, consignee] = [firm('seller') ?? ofLetterhead(said), firm('buyer'), firm('consignee')]
  return {
    ...(seller === undefined ? {} : { seller }),
    ...(buyer === undefined ? {} : { buyer }),
    ...(consignee === undefined ? {} : { consignee }),
  }
}

/** A firm's name in either language, then its address. */
function firmOf(lines: readonly string[], fact: Pick<Fact, 'said' | 'source'>, own?: Fact): Firm | undefined {
  const names: string[] = []
  const address: string[] = own === undefined ? [] : [...own.lines]
  for (const line of lines.map((one) => lineOf(one).replace(/[,，;；]$/, ''))) {
    if (line === '' || contact.test(line)) continue
    if (names.length < 2 && address.length === 0 && (names.length === 0 || isFirm.test(line))) names.push(line)
    else address.push(line.replace(addressMark, ''))
  }
  const [first = ''] = names
  // 重庆样例电脑有限公司 CHONGQING EXAMPLE COMPUTER CO., LTD. on one line.
  const split = /^(.*\p{Script=Han}[）)]?)\s+([A-Za-z][\s\S]*)$/u.exec(first) ?? undefined
  const both = split === undefined ? names : [split[1] ?? '', split[2] ?? '']
  const nameZh = both.find(hasHan)
  const name = both.find((one) => !hasHan(one))
  // EXAMPLE TECH PTE LTD, 10 EXAMPLE ROAD, SINGAPORE: the name ends where the form of the firm does.
  const cut =
    /^(.{3,80}?\b(?:co\.?,?\s*ltd|limited|ltd|inc|gmbh|llc|llp|corp|plc|company)\b\.?)\s*[,，]\s*(.{5,})$/i.exec(
      name ?? '',
    )
  const lineOfAddress = [...(cut === null ? [] : [cut[2] ?? '']), ...address].join(', ')
  const country =
    countryIn(lineOfAddress) ?? (nameZh === undefined || name !== undefined ? countryNamedIn(name ?? '') : undefined)
  if (name === undefined && nameZh === undefined) return undefined
  return {
    ...(name === undefined ? {} : { name: cut?.[1] ?? name }),
    ...(nameZh === undefined ? {} : { nameZh }),
    ...(lineOfAddress === '' ? {} : { address: lineOfAddress }),
    ...((country ?? ofName(nameZh)) ? { country: country ?? ofName(nameZh) ?? '' } : {}),
    fact,
  }
}

/** A Chinese firm's name says where it is from; a foreign firm's in Chinese characters says nothing of it. */
const ofName = (nameZh: string | undefined) => (nameZh === undefined ? undefined : countryIn(nameZh))
/** Of a Latin name the country is told by a Chinese city in front. */
const countryNamedIn = (name: string): string | undefined =>
  /^(chongqing|sichuan|chengdu|shanghai|beijing|shenzhen|guangdong|ningbo|zhejiang|jiangsu|shandong)\b/i.test(name)
    ? 'CN'
    : countryNamed(/\(([A-Za-z ]{4,30})\)/.exec(name)?.[1] ?? '')

const headRows = 6

/** Who wrote the invoice, where it says so only at its head. */
function ofLetterhead({ papers }: Said): Firm | undefined {
  for (const { grid, kind, facts } of papers) {
    if (kind === 'other') continue
    const cells = grid.rows.slice(0, headRows).flatMap((row) => row.filter((cell) => cell !== undefined))
    const isFact = (source: GuessSource) => facts.some((fact) => fact.source.cell === source.cell)
    const heads = cells.filter(({ text, source }) => text.length < 120 && !isFact(source) && isFirm.test(text))
    const [first] = heads
    if (first === undefined) continue
    const firm = firmOf(
      heads.slice(0, 2).map(({ text }) => text),
      { said: '', source: first.source },
    )
    if (firm !== undefined) return { ...firm, isGuess: true }
  }
  return undefined
}

const reasonOf = ({ fact, isGuess }: Firm): Reason =>
  isGuess
    ? {
        sure: 'guessed',
        because: { en: 'Stands at the head of the document', zh: '见单证抬头' },
        source: fact.source,
      }
    : { sure: 'read', because: beside(fact.said), source: fact.source }

/** Puts the firms to their places: which one is at home, and which abroad, the direction says. */
export function putParties(into: Gathering, said: Said, { seller, buyer, consignee }: Firms): void {
  const shipment = (...steps: Path) => ['goodsShipment', ...steps]
  if (into.at(['direction']) === 'import') {
    if (seller !== undefined) putAbroad(into, shipment('consignor'), seller)
    const home = consignee?.country === 'CN' ? consignee : (buyer ?? consignee)
    if (home !== undefined) putAtHome(into, said, 'importer', home)
    return
  }
  if (into.at(['direction']) !== 'export') return
  if (seller !== undefined) putAtHome(into, said, 'exporter', seller)
  const abroad = consignee ?? buyer
  if (abroad !== undefined) putAbroad(into, shipment('consignee'), abroad)
  if (buyer !== undefined && consignee !== undefined && buyer.name !== consignee.name)
    putAbroad(into, shipment('buyer'), buyer)
}

function putAbroad(into: Gathering, path: Path, firm: Firm): void {
  const reason = reasonOf(firm)
  into.putText([...path, 'name'], firm.name, 100, reason)
  into.putText([...path, 'nameZh'], firm.nameZh, 150, reason)
  into.putText([...path, 'address'], firm.address, 100, reason)
  const because = { en: 'By its address', zh: '据其地址' }
  into.put([...path, 'countryCode'], firm.country, { ...reason, sure: 'derived', because })
}

function putAtHome(into: Gathering, said: Said, as: 'exporter' | 'importer', firm: Firm): void {
  const reason = reasonOf(firm)
  const id = creditCodeIn(into, said, as)
  const registration = said.fact('sellerRegistration')
  const number = /(?<![0-9A-Z])[0-9A-Z]{10}(?![0-9A-Z])/.exec(registration?.lines[0] ?? '')?.[0]
  const owner: Reason = {
    sure: 'guessed',
    because: {
      en: as === 'exporter' ? 'Taken to be the exporter as well' : 'Taken to be the importer as well',
      zh: as === 'exporter' ? '推测生产销售单位与发货人相同' : '推测消费使用单位与收货人相同',
    },
    source: firm.fact.source,
  }
  for (const place of [as, 'owner']) {
    const path = ['goodsShipment', place]
    const why = (own: Reason) => (place === 'owner' ? { ...owner, source: own.source } : own)
    into.putText([...path, 'name'], firm.nameZh ?? firm.name, 70, why(reason))
    if (id !== undefined) into.put([...path, 'id'], id.value, why(id.reason))
    if (number !== undefined && registration !== undefined)
      into.put(
        [...path, 'customsRegistrationId'],
        number,
        why({ sure: 'read', because: beside(registration.said), source: registration.source }),
      )
  }
}

/** The social credit code 统一社会信用代码 that stands in the documents, where its check character is right. */
function creditCodeIn(into: Gathering, said: Said, as: string): { value: string; reason: Reason } | undefined {
  const facts = (['sellerId', 'seller', 'buyer', 'consignee'] as const).flatMap((label) => said.facts(label))
  for (const fact of facts)
    for (const line of fact.lines) {
      const code = /(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])/.exec(line.normalize('NFKC').toUpperCase())?.[0]
      if (code === undefined) continue
      if (isCreditCode(code))
        return { value: code, reason: { sure: 'read', because: beside(fact.said), source: fact.source } }
      into.warn(['goodsShipment', as, 'id'], 'credit-code-invalid', {
        en: `“${code}” is not a unified social credit code: its check character is wrong`,
        zh: `“${code}”不是有效的统一社会信用代码：校验码错误`,
      })
    }
  return undefined
}
