import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { certificateAnswer } from '../../../schemas/certificates.ts'
import type { Env, Services } from '../../services.ts'
import type { Html } from '../layout.ts'
import { atPort, fact, withQuery } from '../pieces.ts'
import { toneTag } from '../status.ts'
import { say } from '../words.ts'
import { certificateWords, entryNames } from './certificate-words.ts'
import { type Desk as AnyDesk, aged, cell, declarationHref, deskOf, morePages, shortId } from './desk.ts'
import type { List } from './lanes.ts'
import { certificateHref } from './stuck.ts'

type Certificate = z.infer<typeof certificateAnswer>
type Listed = Omit<Certificate, 'uses' | 'ledger'>
type Desk = AnyDesk<keyof typeof certificateWords>

/** The register of certificates 监管证件: found by number, type or holder; each with its uses and our ledger. */
export function certificatePages(pages: Hono<Env>, app: Hono<Env>, services: Services): void {
  pages.get('/operations/certificates', async (context) => {
    const desk = deskOf(app, context, services, 'certificates', certificateWords)
    const { t } = desk
    const { type = '', number = '', holder = '', unconfirmed, after } = context.req.query()
    const wanted = {
      type: type.trim(),
      number: number.trim(),
      holder: holder.trim(),
      unconfirmed: unconfirmed === 'true' ? 'true' : undefined,
    }
    const listed = await desk.api.get<List<Listed>>(withQuery('/v1/certificates', { ...wanted, after }))
    if (!listed.ok) return desk.refuse(listed)
    const field = (name: 'type' | 'number' | 'holder', value: string, max: number, help?: string) =>
      html`<label>${t(name)} <input name="${name}" value="${value}" maxlength="${max}"${help === undefined ? '' : html` placeholder="${help}"`}></label>`
    return desk.show(
      { title: t('title') },
      html`<h1>${t('title')}</h1><p class="note">${t('about')}</p>
<search><form method="get" action="/operations/certificates" class="filters">${field('number', number, 40, t('numberHelp'))}${field('type', type, 3)}${field('holder', holder, 40)}
<label class="tick"><input type="checkbox" name="unconfirmed" value="true"${unconfirmed === 'true' ? html` checked` : ''}> ${t('onlyUnconfirmed')}</label><button type="submit">${t('search')}</button></form></search>
${listed.body.data.length === 0 ? html`<p>${t('none')}</p>` : certificatesTable(desk, listed.body.data)}${morePages(desk, listed.body.nextCursor)}`,
    )
  })

  pages.get('/operations/certificates/:type/:number', async (context) => {
    const desk = deskOf(app, context, services, 'certificates', certificateWords)
    const [type, number] = [context.req.param('type'), context.req.param('number')].map(encodeURIComponent)
    const read = await desk.api.get<Certificate>(`/v1/certificates/${type}/${number}`)
    return read.ok ? certificatePage(desk, read.body) : desk.refuse(read)
  })
}

const unit = (amount: string | undefined, unitCode: string | undefined): string =>
  amount === undefined ? '' : `${amount}${unitCode === undefined ? '' : ` ${unitCode}`}`

function certificatesTable(desk: Desk, certificates: readonly Listed[]): Html {
  const { t, language } = desk
  return html`<table class="stack"><thead><tr><th scope="col">${t('number')}</th><th scope="col">${t('issuer')}</th><th scope="col">${t('holder')}</th><th scope="col" class="number">${t('remaining')}</th><th scope="col" class="number">${t('reserved')}</th><th scope="col" class="number">${t('committed')}</th><th scope="col" class="number">${t('usesTaken')}</th><th scope="col">${t('unconfirmed')}</th></tr></thead>
<tbody>${certificates.map(
    ({ typeCode, number, issuerName, facts, balance, unconfirmed }) =>
      html`<tr><th scope="row"><a href="${certificateHref(typeCode, number)}">${typeCode} · ${number}</a></th>${cell(t('issuer'), say(language, issuerName))}${cell(t('holder'), facts?.holder ?? '')}
${cell(t('remaining'), unit(balance.remaining, balance.unitCode), 'number')}${cell(t('reserved'), balance.reserved, 'number')}${cell(t('committed'), balance.committed, 'number')}${cell(t('usesTaken'), html`${balance.usesTaken}${balance.usesLeft === undefined ? '' : html`<small>${balance.usesLeft} ${t('usesLeft')}</small>`}`, 'number')}
${cell(t('unconfirmed'), unconfirmed === 0 ? '' : toneTag('care', 'clock', String(unconfirmed)))}</tr>`,
  )}</tbody></table>`
}

function certificatePage(desk: Desk, certificate: Certificate): Promise<Response> {
  const { t, language } = desk
  const { typeCode, number, issuerName, facts, balance, seenAt, uses, ledger } = certificate
  const title = `${typeCode} · ${number}`
  return desk.show(
    { title: `${t('title')} ${title}` },
    html`<p class="crumbs"><a href="/operations/certificates">${t('title')}</a></p><h1>${title} <small>${say(language, issuerName)}</small></h1>
<dl class="sums"><div class="main"><dt>${t('remaining')}</dt><dd>${balance.remaining === undefined ? '—' : unit(balance.remaining, balance.unitCode)}</dd></div><div><dt>${t('reserved')}</dt><dd>${balance.reserved}</dd></div><div><dt>${t('committed')}</dt><dd>${balance.committed}</dd></div><div><dt>${t('usesTaken')}</dt><dd>${balance.usesTaken}${balance.usesLeft === undefined ? '' : ` · ${balance.usesLeft} ${t('usesLeft')}`}</dd></div></dl>
<dl class="facts">${fact(t('holder'), facts?.holder)}${fact(t('valid'), facts && `${facts.validFrom} – ${facts.validTo}`)}${fact(t('quantity'), facts?.quantity && unit(facts.quantity.value, facts.quantity.unitCode))}${fact(t('goods'), facts?.hsPrefixes.join(', '))}${fact(t('seen'), seenAt === undefined ? t('never') : atPort(seenAt))}</dl>
<section aria-labelledby="uses"><h2 id="uses">${t('uses')}</h2>${uses.length === 0 ? html`<p>${t('noUses')}</p>` : usesTable(desk, uses)}</section>
<section aria-labelledby="ledger"><h2 id="ledger">${t('ledger')}</h2>${ledger.length === 0 ? html`<p>${t('noLedger')}</p>` : ledgerTable(desk, ledger)}</section>`,
  )
}

const tones = {
  wanted: ['idle', 'clock'],
  reserved: ['busy', 'lock-closed'],
  refused: ['bad', 'x-circle'],
  committed: ['good', 'check-circle'],
  released: ['idle', 'arrow-path'],
} as const

function usesTable(desk: Desk, uses: Certificate['uses']): Html {
  const { t, language } = desk
  return html`<table class="stack"><thead><tr><th scope="col">${t('declaration')}</th><th scope="col">${t('state')}</th><th scope="col" class="number">${t('quantity')}</th><th scope="col">${t('unconfirmed')}</th><th scope="col">${t('at')}</th></tr></thead>
<tbody>${uses.map((use) => {
    const [tone, picture] = tones[use.status]
    const findings = use.findings.map((one) => (language === 'zh' ? one.detailZh : one.detail)).join(' ')
    return html`<tr><th scope="row"><a href="${declarationHref(use.declarationId, use.filingId)}">${shortId(use.declarationId)}</a></th>
${cell(t('state'), html`${toneTag(tone, picture, say(language, use.statusName))}${findings === '' ? '' : html`<small>${findings}</small>`}`)}${cell(t('quantity'), use.quantity === undefined ? '' : unit(use.quantity.value, use.quantity.unitCode), 'number')}
${cell(t('unconfirmed'), html`${use.asking === undefined ? '' : toneTag('care', 'clock', t(use.asking))}${use.unreachableSince === undefined ? '' : html`<small>${t('noAnswer')} ${aged(desk, use.unreachableSince)}</small>`}${use.error === undefined ? '' : html`<small class="error">${use.error}</small>`}`)}${cell(t('at'), atPort(use.at), 'nowrap')}</tr>`
  })}</tbody></table>`
}

const ledgerTable = ({ t, language }: Desk, ledger: Certificate['ledger']): Html =>
  html`<table class="stack"><thead><tr><th scope="col">${t('at')}</th><th scope="col">${t('entry')}</th><th scope="col" class="number">${t('reserved')}</th><th scope="col" class="number">${t('committed')}</th><th scope="col" class="number">${t('usesTaken')}</th></tr></thead>
<tbody>${ledger.map(
    ({ kind, reserved, committed, uses, at }) =>
      html`<tr><th scope="row" class="nowrap">${atPort(at)}</th>${cell(t('entry'), say(language, entryNames[kind] ?? { en: kind, zh: kind }))}${cell(t('reserved'), reserved, 'number')}${cell(t('committed'), committed, 'number')}${cell(t('usesTaken'), uses, 'number')}</tr>`,
  )}</tbody></table>`
