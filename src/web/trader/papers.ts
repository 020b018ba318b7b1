import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { z } from 'zod'
import type { assistanceAnswer } from '../../../schemas/assistance.ts'
import type { certificateUseAnswer } from '../../../schemas/certificates.ts'
import type { lotAnswer } from '../../../schemas/draw.ts'
import type { DeclarationMovements } from '../../../schemas/movement.ts'
import type { RiskAnswer } from '../../../schemas/risk.ts'
import { limits } from '../../limits.ts'
import type { Env } from '../../services.ts'
import type { Answered } from '../api.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { atPort, fact, scrolling, withQuery } from '../pieces.ts'
import { say } from '../words.ts'
import { type DeclarationShown, declarationHead, selfOf } from './head.ts'
import { movementsBox } from './movements.ts'
import { openPartDesk, type PartDesk } from './part-desk.ts'

type Use = z.infer<typeof certificateUseAnswer>
type Assistance = z.infer<typeof assistanceAnswer>
interface List<T> {
  readonly data: readonly T[]
}
type Lot = z.infer<typeof lotAnswer>

/** Goods and papers 货物与单证: where the goods are, certificates, how likely an inspection is, results that are recognised, what agencies ask of one another. */
export function papersPage(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/declarations/:id/papers', async (context) => {
    const desk = openPartDesk(app, context)
    const id = context.req.param('id')
    const self = selfOf(id)
    const [read, movements, certificates, risks, draws, assistance] = await Promise.all([
      desk.api.get<DeclarationShown>(self),
      desk.api.get<DeclarationMovements>(`${self}/movements`),
      desk.api.get<List<Use>>(`${self}/certificates`),
      desk.api.get<List<RiskAnswer>>(`${self}/risk`),
      desk.api.get<List<Lot>>(`${self}/draws`),
      desk.api.get<List<Assistance>>(
        withQuery('/v1/assistance', { declarationId: id, limit: String(limits.readsShown) }),
      ),
    ])
    if (!read.ok) return desk.refuse(read)
    const declaration = read.body
    return desk.show(
      { title: `${desk.trader.t('papers')} · ${declaration.functionalReferenceId}` },
      html`${declarationHead(desk.trader, declaration, 'papers')}
${movements.ok ? movementsBox(desk, movements.body) : ''}
${certificatesBox(desk, listOf(certificates))}${riskBox(desk, declaration, listOf(risks), listOf(draws))}
${recognitionsBox(desk, declaration)}${assistanceBox(desk, declaration, listOf(assistance))}`,
    )
  })
}

const listOf = <T>(answered: Answered<List<T>>): readonly T[] => (answered.ok ? answered.body.data : [])

/** The certificates a declaration uses, and how each stands with its issuer. */
export function certificatesBox({ language, t }: PartDesk, uses: readonly Use[]): Html {
  const heads = [t('certificates'), t('issuer'), t('quantity'), t('details')] as const
  return html`<section aria-labelledby="certificates"><h2 id="certificates">${t('certificates')}</h2>${
    uses.length === 0
      ? html`<p class="note">${t('noCertificates')}</p>`
      : scrolling(
          t('certificates'),
          html`<table class="stack"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${uses.map(
            (
              use,
            ) => html`<tr><th scope="row">${use.typeCode} <code>${use.number}</code></th><td data-label="${heads[1]}">${say(language, use.issuerName)}</td>
<td data-label="${heads[2]}">${use.quantity === undefined ? '–' : `${use.quantity.value} ${use.quantity.unitCode}`}</td>
<td data-label="${heads[3]}"><div><span class="standing ${use.status === 'refused' ? 'bad' : use.status === 'wanted' ? 'moving' : 'good'}">${icon(use.status === 'refused' ? 'x-circle' : 'shield-check')} <span>${say(language, use.statusName)}</span></span>${use.reference === undefined ? '' : html` <code>${use.reference}</code>`}
${use.unreachableSince === undefined ? '' : html`<small>${t('issuerUnreachable')} ${atPort(use.unreachableSince)}</small>`}${use.findings.length === 0 ? '' : html`<ul>${use.findings.map((one) => html`<li>${language === 'zh' ? one.detailZh : one.detail}</li>`)}</ul>`}</div></td></tr>`,
          )}</tbody></table>`,
        )
  }</section>`
}

const agencyName = ({ language }: PartDesk, { filings }: DeclarationShown, agency: string): string => {
  const filing = filings.find((one) => one.agency === agency)
  return filing === undefined ? agency : say(language, filing.agencyName)
}

function riskBox(
  desk: PartDesk,
  declaration: DeclarationShown,
  risks: readonly RiskAnswer[],
  lots: readonly Lot[],
): Html | '' {
  const { language, t } = desk
  if (risks.length === 0 && lots.length === 0) return ''
  return html`<section aria-labelledby="risk"><h2 id="risk">${t('risk')}</h2>${risks.map(
    (
      risk,
    ) => html`<h3>${agencyName(desk, declaration, risk.agency)} <span class="tag">${(risk.ppm / 10_000).toFixed(2)} %</span></h3><p>${say(language, risk.words)}</p>
<ul class="rules">${risk.factors.map(({ because, changes, value, acts, rule }) => html`<li>${say(language, because)} <small>${acts === 'factor' ? '×' : ''}${value} · ${rule.source}</small><br><small>${t('wouldChange')}: ${say(language, changes)}</small></li>`)}</ul>`,
  )}${lots.map((lot) => lotBox(desk, declaration, lot))}</section>`
}

/** The lot a declaration has in the open draw; what to keep of it to check the draw by oneself. */
function lotBox(desk: PartDesk, declaration: DeclarationShown, lot: Lot): Html {
  const { t } = desk
  const drawn = lot.selected === undefined ? t('notDrawn') : t(lot.selected ? 'selected' : 'notSelected')
  return html`<h3>${t('draw')}: ${agencyName(desk, declaration, lot.agency)} <span class="tag">${drawn}</span></h3>
<dl class="facts">${fact(t('when'), html`<a href="/draws/${lot.agency}/${lot.day}"><time datetime="${lot.day}">${lot.day}</time></a>`)}${fact(t('lot'), html`${lot.number} · <code>${lot.lot}</code>`)}${fact(t('keepHash'), html`<code>${lot.hash}</code>`)}${fact(t('salt'), lot.salt === undefined ? undefined : html`<code>${lot.salt}</code>`)}</dl>`
}

function recognitionsBox(desk: PartDesk, declaration: DeclarationShown): Html | '' {
  const { t } = desk
  const { recognitions = [] } = declaration
  if (recognitions.length === 0) return ''
  return html`<section aria-labelledby="recognitions"><h2 id="recognitions">${t('recognitions')}</h2><ul>${recognitions.map(
    ({ agency, category, number, status }) =>
      html`<li>${agencyName(desk, declaration, agency)} · ${category} <code>${number}</code> <span class="tag${status === 'revoked' ? ' late' : ''}">${t(status === 'revoked' ? 'revoked' : 'holds')}</span></li>`,
  )}</ul></section>`
}

const acts = {
  hold: { en: 'hold', zh: '暂缓' },
  release: { en: 'release', zh: '解除暂缓' },
  verify: { en: 'verify', zh: '核实' },
  'inspect-together': { en: 'inspect together', zh: '联合查验' },
  inform: { en: 'inform', zh: '通报' },
} as const
const standings = {
  open: { en: 'open', zh: '待答复' },
  'in-force': { en: 'in force', zh: '生效中' },
  answered: { en: 'answered', zh: '已答复' },
  declined: { en: 'declined', zh: '已谢绝' },
  cancelled: { en: 'cancelled', zh: '已取消' },
  released: { en: 'released', zh: '已解除' },
  expired: { en: 'expired', zh: '已到期' },
} as const

function assistanceBox(desk: PartDesk, declaration: DeclarationShown, asked: readonly Assistance[]): Html | '' {
  const { language, t } = desk
  if (asked.length === 0) return ''
  return html`<section aria-labelledby="assistance"><h2 id="assistance">${t('assistance')}</h2><ul>${asked.map(
    (one) =>
      html`<li><time datetime="${one.at}">${atPort(one.at)}</time> ${agencyName(desk, declaration, one.from)} → ${agencyName(desk, declaration, one.to)}: ${say(language, acts[one.act])} · ${one.reason} <span class="tag">${say(language, standings[one.status])}</span></li>`,
  )}</ul></section>`
}
