/** An officer's script: drafts a new fee, has it checked, has a second officer approve it, and reads it back from the public list. */
import { type Client, createClient } from 'yuchuang/client'

const { GATEWAY_URL = 'http://127.0.0.1:8080', ADMIN_KEY, OFFICER_KEY } = process.env
if (ADMIN_KEY === undefined || OFFICER_KEY === undefined) {
  console.error('Set ADMIN_KEY and OFFICER_KEY to the keys of two officers: `npm start` prints them.')
  process.exit(2)
}
const as = (apiKey: string) => createClient({ baseUrl: GATEWAY_URL, apiKey, language: 'en' })
const [admin, officer] = [as(ADMIN_KEY), as(OFFICER_KEY)]
const anybody = createClient({ baseUrl: GATEWAY_URL })

// The same fee in every run, at another price: new in the first, changed in those that follow.
const entryId = 'example-steam-cleaning'
const amount = String((1_000_000 + (Date.now() % 1_000_000)) / 10_000)
const validFrom = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10)
const { body: begun } = await admin.makeFeeDraft({
  body: { title: 'Steam cleaning (example)', reason: 'To show how a fee comes into the list', validFrom },
})
const { id } = begun
await admin.putFeeDraftEntry({
  id,
  type: 'fee',
  entryId,
  ifMatch: await tagOf(admin),
  body: {
    ...(await payeeAndPort()),
    kind: 'container-cleaning',
    name: { en: 'Steam cleaning of containers (example)', zh: '集装箱蒸汽清洗（示例）' },
    nature: 'market',
    service: { en: 'Cleaning with steam, one container', zh: '蒸汽清洗，每箱' },
    payers: ['shipper'],
    arises: { when: 'on-request' },
    price: { kind: 'rates', currency: 'CNY', rates: [{ form: 'fixed', per: ['container'], amount }] },
    telephone: '023-0000000',
    validFrom,
    evidence: { kind: 'synthetic', text: 'An example' },
  },
})

const { body: checks } = await admin.readFeeDraftChecks({ id })
for (const { severity, pointer, detail } of checks.data) console.log(`  ${severity} ${pointer} ${detail}`)
if (checks.errors > 0) throw new Error(`The draft has ${checks.errors} errors`)
await admin.submitFeeDraft({ id, ifMatch: await tagOf(admin) })

// Whoever approves says what was seen: by its digest, and never their own.
const own = await admin
  .approveFeeDraft({ id, ifMatch: await tagOf(admin), body: await seen() })
  .catch((error: Error) => error)
console.log(own instanceof Error ? own.message : 'Nobody should approve their own draft')
const { body: approved } = await officer.approveFeeDraft({ id, ifMatch: await tagOf(officer), body: await seen() })
console.log(`Edition ${approved.edition} is published; it holds from ${validFrom}`)

const { fee } = (await anybody.readFee({ id: entryId, day: validFrom })).body
console.log(
  `${fee.name.zh} ${fee.name.en}: ${fee.priceText.en}, charged by ${fee.payee.name.en} at ${fee.port.name.en}`,
)

/** The name of the draft's state: who changes it must have seen it. */
async function tagOf(client: Client): Promise<string> {
  return (await client.readFeeDraft({ id })).etag ?? ''
}
async function seen(): Promise<{ digest: string }> {
  return { digest: (await officer.readFeeDraft({ id })).body.digest ?? '' }
}
/** Somebody who charges fees already. */
async function payeeAndPort() {
  const { data } = (await anybody.listFees({ limit: 1 })).body
  const [standing] = data
  if (standing === undefined) throw new Error('The list is empty: publish a first edition')
  return { payee: standing.payee.id, port: standing.port.id }
}
