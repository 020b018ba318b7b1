import type { Hono } from 'hono'
import { html } from 'hono/html'
import type {
  SimulatorAgency,
  SimulatorFaultParameter,
  SimulatorFaultRow,
  SimulatorOutcomes,
} from '../../../../schemas/simulator.ts'
import { Problem } from '../../../problem.ts'
import type { Env } from '../../../services.ts'
import type { Refused } from '../../desk.ts'
import { given, labelled, readForm, wrongAt } from '../../form.ts'
import { icon } from '../../icons.ts'
import type { Html } from '../../layout.ts'
import { choice, problemBox } from '../../pieces.ts'
import { say } from '../../words.ts'
import { agencyPath, spanName, spans, standing } from './agencies.ts'
import { type Bench, benchOf, headingOf, headOf, noSimulator } from './bench.ts'
import { faultName, parameterName } from './fault-words.ts'
import type { Word } from './words.ts'

interface Tried {
  readonly form: URLSearchParams
  readonly refused: Refused
}

/** One agency, and every way to break it now 制造故障. */
export function breakPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/simulator/agencies/:id', (context) =>
    agencyPage(benchOf(app, context, 'simulator'), context.req.param('id')),
  )
  pages.post('/simulator/agencies/:id', async (context) => {
    const bench = benchOf(app, context, 'simulator')
    const id = context.req.param('id')
    const form = await readForm(context)
    const outcomes = await bench.api.get<SimulatorOutcomes>('/v1/simulator/outcomes')
    if (!outcomes.ok) return noSimulator(bench, outcomes)
    const row = outcomes.body.faults.find(({ fault }) => fault === given(form, 'fault'))
    const refused = await bench.order('PUT', `/agencies/${encodeURIComponent(id)}/faults`, orderOf(form, row))
    return refused.ok ? context.redirect(bench.link(agencyPath(id)), 303) : agencyPage(bench, id, { form, refused })
  })
  pages.post('/simulator/agencies/:id/lift', async (context) => {
    const bench = benchOf(app, context, 'simulator')
    const fault = given(await readForm(context), 'fault')
    const path = `/agencies/${encodeURIComponent(context.req.param('id'))}/faults`
    const lifted = await bench.order('DELETE', fault === '' ? path : `${path}?fault=${encodeURIComponent(fault)}`)
    return lifted.ok ? context.redirect(bench.link('/simulator'), 303) : bench.refuse(lifted)
  })
}

/** The order a form makes. What is no number is sent as it was written, for the simulator to refuse. */
export function orderOf(form: URLSearchParams, row: SimulatorFaultRow | undefined): Record<string, unknown> {
  const order: Record<string, unknown> = { fault: given(form, 'fault') }
  for (const [name, schema] of Object.entries(row?.parameters ?? {})) {
    const text = given(form, name).trim()
    if (text !== '') order[name] = valueOf(text, schema)
  }
  const times = given(form, 'times').trim()
  if (times !== '') order['times'] = /^\d{1,9}$/.test(times) ? Number(times) : times
  return order
}

function valueOf(text: string, schema: SimulatorFaultParameter): unknown {
  if (schema.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return schema.type !== 'string' && /^\d{1,15}$/.test(text) ? Number(text) : text
}

async function agencyPage(bench: Bench, id: string, tried?: Tried): Promise<Response> {
  const { t, language } = bench
  const [head, agencies, outcomes] = await Promise.all([
    headOf(bench),
    bench.ask<{ readonly data: readonly SimulatorAgency[] }>('/agencies'),
    bench.api.get<SimulatorOutcomes>('/v1/simulator/outcomes'),
  ])
  for (const one of [head, agencies, outcomes]) if (!one.ok) return noSimulator(bench, one)
  if (!head.ok || !agencies.ok || !outcomes.ok) throw new Problem('defect')
  const agency = agencies.body.data.find((one) => one.id === id)
  if (agency === undefined) throw new Problem('not-found')
  const name = say(language, agency.name)
  const groups = [
    ['exchange', 'onExchange'],
    ['document', 'onDocument'],
    ['both', 'onBoth'],
  ] as const satisfies readonly (readonly [string, Word])[]
  return bench.show(
    { title: `${t('breakTitle')} · ${name}`, status: tried?.refused.status ?? 200, here: agencyPath(id) },
    html`<p class="crumbs"><a href="${bench.link('/simulator')}">${t('simulator')}</a></p>
${headingOf(bench, head.body, name, agencyPath(id))}${tried === undefined ? '' : problemBox(language, tried.refused.problem)}
<section class="${agency.faults.length === 0 ? 'panel' : 'problem'}" aria-labelledby="standing"><h2 id="standing">${t('standing')}</h2>${
      agency.faults.length === 0
        ? html`<p class="good">${icon('check-circle')} ${t('fine')}</p>`
        : standing(bench, id, agency.faults)
    }</section>
<h2>${t('breakTitle')}</h2>
${groups.map(
  ([on, word]) =>
    html`<section aria-labelledby="on-${on}"><h3 id="on-${on}">${t(word)}</h3><div class="cards">${outcomes.body.faults
      .filter((row) => row.on === on)
      .map((row) =>
        faultCard(bench, id, row, tried?.form.get('fault') === row.fault ? tried : undefined),
      )}</div></section>`,
)}`,
  )
}

/** A fault with its parameters, ready to be ordered. */
function faultCard(bench: Bench, id: string, row: SimulatorFaultRow, tried: Tried | undefined): Html {
  const { t, language, link } = bench
  const { fault, does, parameters } = row
  return html`<article class="sim-order"><h4><code>${fault}</code> ${faultName(language, fault)}</h4><p class="note">${say(language, does)}</p>
<form method="post" action="${link(agencyPath(id))}" novalidate><input type="hidden" name="fault" value="${fault}">
${Object.entries(parameters).map(([name, schema]) => parameterField(bench, { fault, name, schema, tried }))}
<div class="sim-span">${choice(
    { name: 'times', label: t('times'), chosen: tried === undefined ? '' : given(tried.form, 'times') },
    spans.map((times) => ({ value: times, name: spanName(bench, times) })),
  )}<button type="submit" class="secondary outline" aria-label="${t('breakIt')}: ${fault}">${t('breakIt')}</button></div></form></article>`
}

function parameterField(
  { language, t }: Bench,
  {
    fault,
    name,
    schema,
    tried,
  }: {
    readonly fault: string
    readonly name: string
    readonly schema: SimulatorFaultParameter
    readonly tried: Tried | undefined
  },
): Html {
  const usual = schema.default === undefined ? '' : String(schema.default)
  const value = tried === undefined ? usual : given(tried.form, name)
  const { minimum, maximum } = schema
  // Several faults have a parameter of one name: on this page each field has an id of its own.
  const id = `${fault}-${name}`
  const about = {
    name: id,
    label: parameterName(language, name),
    errors: tried === undefined ? [] : wrongAt(tried.refused.problem.errors, `/${name}`, language),
    help: minimum === undefined || maximum === undefined ? undefined : `${minimum} – ${maximum}`,
  }
  const values = valuesOf(schema)
  if (values.length === 0)
    return labelled(
      about,
      (described) =>
        html`<input id="${id}" name="${name}" value="${value}"${schema.type === 'string' ? html` placeholder="2026-11-22T08:00:00Z"` : html` inputmode="numeric"`}${described}>`,
    )
  const nameOf = (one: string) => (one === 'true' ? t('yes') : one === 'false' ? t('no') : one)
  return labelled(
    about,
    (described) =>
      html`<select id="${id}" name="${name}"${described}>${usual === '' ? html`<option value=""></option>` : ''}${values.map(
        (one) => html`<option value="${one}"${one === value ? html` selected` : ''}>${nameOf(one)}</option>`,
      )}</select>`,
  )
}

/** What a parameter may be, where that is one of a few values. */
function valuesOf({ type, anyOf }: SimulatorFaultParameter): readonly string[] {
  if (type === 'boolean') return ['true', 'false']
  return Array.isArray(anyOf) ? (anyOf as readonly { readonly const?: unknown }[]).map((one) => String(one.const)) : []
}
