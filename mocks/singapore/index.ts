/** 新加坡 Singapore: the national single window (TradeNet 4.1 shape), as `specification.md` tells. */
import { Hono } from 'hono'
import { type Agency, type Desk, magicOf } from '../agency.ts'
import { type Attempt, type Filing, openBook } from './attempts.ts'
import { check, type FormatError } from './checks.ts'
import { follow, say } from './course.ts'
import { decisions, lookedAtShare, outcomes, type SingaporeOutcome, type Step, urnAccepted, used } from './outcomes.ts'
import { type Declaration, type Reading, read, type Urn } from './read.ts'
import { controlOf } from './tables.ts'
import { singaporeDay, singaporeTime } from './time.ts'
import { type Addressed, type AnswerError, writeMailbox, writeTransaction } from './write.ts'

const letter = 'S'
const pageLimits = { usual: 50, most: 200 } as const
/** How long the format check takes. */
const formatCheckMs = 5000

interface Answer {
  readonly status: 200 | 202 | 400 | 404 | 409
  readonly body: string
}

function open(desk: Desk): Hono {
  const window = openWindow(desk)
  const xml = ({ body, status }: Answer) =>
    new Response(body, { status, headers: { 'content-type': 'application/xml; charset=utf-8' } })

  const app = new Hono()
  app.post('/declarations', async (c) => xml(window.handIn(await c.req.text())))
  app.get('/declarations/:ourReference', (c) => xml(window.inquire(c.req.param('ourReference'))))
  app.get('/responses', (c) => {
    const after = wholeNumber(c.req.query('after'), 0)
    const limit = Math.min(Math.max(wholeNumber(c.req.query('limit'), pageLimits.usual), 1), pageLimits.most)
    const posted = desk.posted(after, limit + 1)
    return xml({ status: 200, body: writeMailbox(after, posted.slice(0, limit), posted.length > limit) })
  })
  return app
}

const wholeNumber = (text: string | undefined, usual: number) => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : usual)

/** The window behind the interface, with its memory. */
function openWindow(desk: Desk) {
  const book = openBook()
  const urns = new Map<string, string>()
  let transactions = 0
  let permits = 0
  const now = () => singaporeTime(desk.now())
  const nextTransactionId = () => {
    transactions += 1
    return `SG${singaporeDay(desk.now())}${String(transactions).padStart(10, '0')}`
  }

  /** Judges a declaration that was taken for processing. */
  function process(
    reading: Exclude<Reading, { kind: 'unreadable' }>,
    filing: Filing,
    attempt: Attempt,
    id: string,
  ): void {
    const rows = outcomesFor(filing)
    const { numbers, family, urn } = reading.kind === 'read' ? headOf(reading.declaration) : reading
    const address: Addressed = { numbers, family, urn, transactionId: id }
    if (rows.some(({ silent }) => silent === true)) return

    const holder = urns.get(keyOf(urn))
    const urnTaken = holder !== undefined && holder !== filing.ourReference
    const found: readonly FormatError[] =
      reading.kind === 'read' ? check(reading.declaration, { urnTaken, now: desk.now() }) : reading.misfits
    const errors = [...found, ...rows.flatMap(({ error }) => (error === undefined ? [] : [error]))]
    for (const row of rows)
      if (row.once === true && (row.error !== undefined || errors.length === 0)) filing.spent.add(row.magic)

    if (errors.length > 0 || reading.kind !== 'read') {
      desk.after(formatCheckMs, () => say(desk, attempt, address, { kind: 'error', errors }))
      return
    }
    urns.set(keyOf(urn), filing.ourReference)
    const { declaration } = reading
    const conditions = rows.flatMap((row) => row.conditions ?? [])
    const nextPermitSerial = () => {
      permits += 1
      return permits
    }
    const steps = courseOf(declaration, rows, desk.draw(`look ${declaration.instanceIdentifier}`))
    follow(desk, steps, { declaration, attempt, address, conditions, nextPermitSerial })
  }

  function handIn(body: string): Answer {
    const reading = read(body)
    if (reading.kind === 'unreadable') {
      const error = { error: 'E10001', why: reading.why } as const
      return { status: 400, body: writeTransaction(reading.numbers, error, now()) }
    }
    const { numbers } = reading.kind === 'read' ? headOf(reading.declaration) : reading
    const { ourReference, instanceIdentifier, traderReference } = numbers
    const admission = book.admit(ourReference, instanceIdentifier, body)
    if (admission.kind === 'repeat') return { status: 202, body: admission.attempt.answer }
    if (admission.kind === 'conflict')
      return { status: 409, body: writeTransaction(numbers, { error: admission.error }, now()) }

    const filing = book.filing(ourReference, traderReference)
    const transactionId = nextTransactionId()
    const answer = writeTransaction(numbers, { transactionId }, now())
    const attempt: Attempt = { instanceIdentifier, body, answer, refused: false, responses: [] }
    book.enter(filing, attempt)
    process(reading, filing, attempt, transactionId)
    return { status: 202, body: answer }
  }

  function inquire(ourReference: string): Answer {
    const attempt = book.latest(ourReference)
    if (attempt === undefined) {
      const error: AnswerError = 'E10404'
      return { status: 404, body: writeTransaction({ ourReference }, { error }, now()) }
    }
    const responses = attempt.responses.map((response, at) => ({ ...response, sequence: at + 1 }))
    return { status: 200, body: writeMailbox(0, responses, false) }
  }

  return { handIn, inquire }
}

const keyOf = ({ id, date, sequence }: Urn) => `${id} ${date} ${sequence}`
const headOf = (declaration: Declaration) => {
  const { family, urn, instanceIdentifier, ourReference, traderReference } = declaration
  return { family, urn, numbers: { instanceIdentifier, ourReference, traderReference } }
}

/** The rows of the table that apply: named by the trader's reference, and not yet had their one turn. */
function outcomesFor({ traderReference, spent }: Filing): SingaporeOutcome[] {
  const named = magicOf(traderReference, letter)
  return outcomes.filter(({ magic, once }) => named.includes(magic) && !(once === true && spent.has(magic)))
}

/** What is said of a declaration of good format, from the URN to the use of the permit. */
function courseOf(declaration: Declaration, rows: readonly SingaporeOutcome[], drawn: number): readonly Step[] {
  const between = rows.flatMap((row) => row.between ?? [])
  const decision = rows.find((row) => row.decision !== undefined)?.decision ?? ordinaryDecision(declaration, drawn)
  const isGranted = decision.some((step) => 'approved' in step)
  return [urnAccepted, ...between, ...decision, ...(isGranted ? [used] : [])]
}

function ordinaryDecision({ items, family, licences }: Declaration, drawn: number): readonly Step[] {
  const controls = items.flatMap(({ hsCode }) => controlOf(hsCode, family) ?? [])
  if (controls.some(({ needsLicence }) => needsLicence === true) && licences.length === 0) return decisions.unlicensed
  if (controls.length > 0) return decisions.controlled
  return drawn < lookedAtShare ? decisions.looked : decisions.free
}

export const singapore: Agency = {
  id: 'singapore',
  letter,
  name: { en: 'Singapore', zh: '新加坡' },
  replies: 'polled',
  outcomes,
  open,
}
