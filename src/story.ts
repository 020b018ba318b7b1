import { sampleDeclaration } from '../seeds/samples.ts'
import type { DemoKeys } from './demo-keys.ts'

interface Told {
  readonly gatewayUrl: string
  readonly simulatorUrl: string
  /** The key the story is told with. */
  readonly traderKey: string
  /** Demo keys to show; absent on a database of somebody's own. */
  readonly keys: DemoKeys | undefined
  /** `performance.now()` at the start of the process. */
  readonly started: number
}

interface FilingLine {
  readonly agency: string
  readonly agencyName: { en: string; zh: string }
  readonly procedure: string
  readonly procedureName: { en: string; zh: string }
  readonly status: string
  readonly statusName: { en: string; zh: string }
  readonly references: readonly { scheme: string; value: string; name?: { en: string; zh: string } }[]
  readonly lastReceipt?: { code: string; text: string }
}

/** Longest the story is listened to. */
const storyMs = 120_000

/**
 * Hands in a sample that concerns every agency, as a trader's software would, over HTTP, and shows what happens line by line.
 * Gives what is to be printed at the end.
 */
export async function tellStory({ gatewayUrl, simulatorUrl, traderKey, keys, started }: Told): Promise<string> {
  const say = (text: string) =>
    console.log(`${((performance.now() - started) / 1_000).toFixed(1).padStart(5)} s  ${text}`)
  // The agencies' day: the simulator's clock runs ahead of ours after each story.
  const clock = (await (await fetch(`${simulatorUrl}/control/clock`)).json()) as { now: string }
  const on = new Date(clock.now)
  const run = Math.floor(Date.now() / 1_000) % 1_000_000
  const lrn = `EV-SG-${on.toISOString().slice(2, 10).replaceAll('-', '')}-${run}`
  say(`渝窗 Yuchuang at ${gatewayUrl}; the simulated agencies' clock says ${on.toISOString().slice(0, 16)}Z`)
  const headers = { authorization: `Bearer ${traderKey}`, 'content-type': 'application/json', 'idempotency-key': lrn }
  const answer = await fetch(`${gatewayUrl}/v1/declarations`, {
    method: 'POST',
    headers,
    body: JSON.stringify(sampleDeclaration('ev-batteries', { lrn, on, today: new Date(), run })),
  })
  const accepted = (await answer.json()) as {
    id: string
    plan: { files: boolean; because: { en: string } }[]
    filings: unknown[]
  }
  if (answer.status !== 202) throw new Error(`The sample was refused: ${JSON.stringify(accepted, null, 2)}`)
  say(`Handed in ${lrn}: EV batteries, barge Guoyuan 果园港 – Yangshan 洋山港, ship to Singapore`)
  say(`202 Accepted ${accepted.id}: ${accepted.filings.length} filings`)
  await follow(gatewayUrl, accepted.id, traderKey, say)
  const end = (await (await fetch(`${gatewayUrl}/v1/declarations/${accepted.id}`, { headers })).json()) as {
    status: string
    statusName: { en: string; zh: string }
    filings: FilingLine[]
    needsAction: { what: { en: string } }[]
  }
  say(`${end.statusName.en} ${end.statusName.zh}`)
  return [
    '',
    ...table(end.filings),
    ...end.needsAction.map(({ what }) => `  ! ${what.en}`),
    '',
    `  Gateway    ${gatewayUrl}   (reference ${gatewayUrl}/docs)`,
    `  Port fees  ${gatewayUrl}/fees`,
    `  Simulator  ${simulatorUrl}`,
    ...(keys === undefined
      ? ['  Keys       none made on your own database: npm run key -- --help']
      : [
          `  Demo keys  ${keys.made ? 'made just now; they are stored as hashes' : 'from the first start'}`,
          `    trader      ${keys.trader}`,
          `    integrator  ${keys.integrator}`,
          `    admin       ${keys.admin}`,
          `    officer     ${keys.officer}   (a second admin: approves what the first drafts)`,
          `    payee       ${keys.payee}   (the terminal at Guoyuan 果园港)`,
          `    carrier     ${keys.carrier}   (tells where goods are, issues single documents 一单制)`,
          `    bank        ${keys.bank}   (may hold them)`,
        ]),
    '',
    `  Try  curl -s -H "Authorization: Bearer ${keys?.trader ?? '<key>'}" ${gatewayUrl}/v1/declarations/${accepted.id}`,
    '  Stop with Ctrl-C.',
  ].join('\n')
}

/** Listens to the event stream until every filing has come to its end. */
async function follow(gatewayUrl: string, id: string, key: string, say: (text: string) => void): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, accept: 'text/event-stream' }
  const listening = new AbortController()
  const late = setTimeout(() => listening.abort(), storyMs)
  const over = new Set<string>()
  try {
    const response = await fetch(`${gatewayUrl}/v1/declarations/${id}/events`, { headers, signal: listening.signal })
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const data = block
          .split('\n')
          .find((line) => line.startsWith('data:'))
          ?.slice(5)
        if (data !== undefined) tell(JSON.parse(data) as StoryEvent, over, say)
      }
      if (await isOver(gatewayUrl, id, key, over)) break
    }
  } catch (error) {
    if (!listening.signal.aborted) throw error
    say('The story took too long; it goes on without us.')
  } finally {
    clearTimeout(late)
    listening.abort()
  }
}

interface StoryEvent {
  readonly type: string
  readonly subject?: string
  readonly data: Record<string, unknown> & { references?: { scheme: string; value: string }[] }
}

function tell({ type, subject, data }: StoryEvent, over: Set<string>, say: (text: string) => void): void {
  const who = `${String(data['agency']).padEnd(9)} ${String(data['procedure']).padEnd(15)}`
  if (type === 'yuchuang.filing.receipt') {
    const names = (data.references ?? []).map(({ scheme, value }) => `${scheme} ${value}`).join(', ')
    say(
      `${who} ${String(data['status']).padEnd(12)} ${String(data['code'])} ${String(data['text'])}${names ? `  [${names}]` : ''}`,
    )
  }
  if (type === 'yuchuang.filing.status' && ['queued', 'blocked'].includes(String(data['status'])))
    say(`${who} ${String(data['status'])}`)
  if (type === 'yuchuang.filing.status' && subject !== undefined)
    if (['closed', 'refused', 'withdrawn', 'reversed'].includes(String(data['status']))) over.add(subject)
    else over.delete(subject)
}

/** Whether all filings are at their end; asked only when one has just got there. */
let overBefore = 0
async function isOver(gatewayUrl: string, id: string, key: string, over: ReadonlySet<string>): Promise<boolean> {
  if (over.size === overBefore) return false
  overBefore = over.size
  const response = await fetch(`${gatewayUrl}/v1/declarations/${id}`, { headers: { authorization: `Bearer ${key}` } })
  const { filings } = (await response.json()) as { filings: { id: string }[] }
  return filings.every((filing) => over.has(filing.id))
}

function table(filings: readonly FilingLine[]): string[] {
  return filings.map(({ agency, agencyName, procedureName, statusName, references, lastReceipt }) => {
    const names = references.map(({ scheme, value, name }) => `${name?.zh ?? scheme} ${value}`).join(', ')
    return `  ${agency.padEnd(10)}${agencyName.zh} · ${procedureName.zh}: ${statusName.en} ${statusName.zh}${names ? ` · ${names}` : ''}${lastReceipt ? ` · ${lastReceipt.code} ${lastReceipt.text}` : ''}`
  })
}
