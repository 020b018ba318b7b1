/** A trader's software: hands in a declaration, follows what the agencies say until the goods may go, and prints every number it was given. */
import { createClient, ProblemError } from 'yuchuang/client'
import { sampleOf } from './sample.ts'

const { GATEWAY_URL = 'http://127.0.0.1:8080', GATEWAY_KEY, SIMULATOR_URL = 'http://127.0.0.1:8090' } = process.env
if (GATEWAY_KEY === undefined) {
  console.error('Set GATEWAY_KEY to a trader’s key: `npm start` prints one.')
  process.exit(2)
}
const client = createClient({ baseUrl: GATEWAY_URL, apiKey: GATEWAY_KEY, language: 'en' })

// Everything any agency would refuse comes back at once, before anything is sent.
const declaration = sampleOf(await today())
const { acceptable, errors } = (await client.acceptDeclaration({ body: declaration, dryRun: true })).body
if (!acceptable) throw new Error(errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join('\n'))

// Our own number is the key: whatever breaks, handing it in again under the same one has no second effect.
const { functionalReferenceId } = declaration
const accepted = await client
  .acceptDeclaration({ body: declaration, idempotencyKey: functionalReferenceId })
  .catch(refused)
console.log(
  `${accepted.body.id}: ${accepted.body.filings.length} filings with ${agenciesIn(accepted.body.filings).join(', ')}`,
)

for await (const { event } of client.events(accepted.body.id)) {
  const said = event.data as { readonly [what: string]: string }
  if (event.type === 'yuchuang.filing.receipt')
    console.log(`  ${said['agency']} ${said['procedure']}: ${said['status']} ${said['text']}`)
  // A stream has no end: we leave when nothing stands in the way any more.
  const { body } = await client.readDeclaration({ id: accepted.body.id })
  if (!['released', 'completed', 'action-needed', 'cancelled'].includes(body.status)) continue
  for (const { what, by } of body.needsAction) console.log(`  to do, by the ${by}: ${what.en}`)
  for (const filing of body.filings)
    for (const { scheme, value } of filing.references)
      console.log(`  ${filing.agency} ${filing.procedure} ${scheme} ${value}`)
  console.log(body.statusName.en)
  process.exitCode = ['released', 'completed'].includes(body.status) ? 0 : 1
  break
}

/** The simulated agencies' day. */
async function today(): Promise<Date> {
  const clock = (await (await fetch(`${SIMULATOR_URL}/control/clock`)).json()) as { now: string }
  return new Date(clock.now)
}

function refused(error: unknown): never {
  if (error instanceof ProblemError)
    for (const { pointer, detail } of error.issues) console.error(`  ${pointer}: ${detail}`)
  throw error
}

function agenciesIn(filings: readonly { agency: string }[]): string[] {
  return [...new Set(filings.map(({ agency }) => agency))]
}
