import type { Text } from '../../../schemas/text.ts'
import { sumComplaints, sumLines } from '../../db/assessment-inputs.ts'
import {
  failRound,
  keepReport,
  makeRound,
  newestQuarter,
  nextRequested,
  previousRound,
  type RoundRow,
} from '../../db/assessments.ts'
import { type EditionRecord, readEditionEntries, readEditions } from '../../db/catalogue-reads.ts'
import { type Client, snapshot, transaction } from '../../db/database.ts'
import { newId } from '../../db/ids.ts'
import type { JobRoom } from '../../jobs/job.ts'
import { limits } from '../../limits.ts'
import { canonicalJson, sha256Hex } from '../canonical.ts'
import { catalogueOf } from '../catalogue.ts'
import { addDays } from '../checks/stretch.ts'
import { dayAt } from '../days.ts'
import { holdingOn } from '../editions.ts'
import { assess } from './assess.ts'
import type { AssessmentInputs } from './inputs.ts'
import { quartersDue } from './quarters.ts'

/** Who asked for the rounds that nobody asked for. */
export const schedule = 'schedule'

/**
 * Makes the rounds of the quarters that are over 按季评估: each once, whichever process looks first, and those that were missed. A quarter at whose
 * end no edition held has none.
 */
export async function makeDueRounds({ database: { pool }, now }: JobRoom): Promise<string[]> {
  const at = new Date(now())
  const due = quartersDue(dayAt(at.getTime()), await newestQuarter(pool), limits.assessmentCatchUp)
  const records = due.length === 0 ? [] : await readEditions(pool)
  const made: string[] = []
  for (const { name: quarter, from, to } of due) {
    if (holdingOn(records, to) === undefined) continue
    const title = `${quarter} 口岸收费定期评估 Periodic assessment of port fees`
    const round = { id: newId(at.getTime()), quarter, title, from, to, requestedBy: schedule }
    if (await makeRound(pool, round, at)) made.push(quarter)
  }
  return made
}

/** Computes every round that was asked for, the oldest period first. @returns their ids */
export async function computeRounds(room: JobRoom): Promise<string[]> {
  const computed: string[] = []
  for (;;) {
    const round = await nextRequested(room.database.pool)
    if (round === undefined) return computed
    await computeRound(room, round)
    computed.push(round.id)
  }
}

/**
 * Computes a round and keeps its report: whole, or not at all. Of two that compute the same one keeps it. What cannot be computed fails and says
 * why; what only went wrong this time (a database that is away) is left to whoever tries again, as long as somebody does.
 */
async function computeRound(room: JobRoom, round: RoundRow): Promise<void> {
  const { database, log, now } = room
  try {
    const inputs = await gather(room, round)
    if ('en' in inputs) return await failRound(database.pool, round.id, inputs)
    const report = assess(inputs)
    const written = canonicalJson(report)
    const at = new Date(now())
    const kept = {
      edition: report.edition.number,
      inputDigest: report.inputDigest,
      report: written,
      reportDigest: sha256Hex(written),
      repliesUntil: addDays(dayAt(at.getTime()), limits.assessmentReplyDays),
    }
    const isOurs = await transaction(database.pool, (client) => keepReport(client, round.id, kept, report.findings, at))
    if (isOurs) log.info({ round: round.id, findings: report.findings.length }, 'assessment computed')
  } catch (error) {
    if (room.lastTry) await failRound(database.pool, round.id, ourMistake)
    throw error
  }
}
const ourMistake: Text = {
  en: 'Our mistake: it could not be computed. The operator has been told',
  zh: '系统内部错误，未能完成计算，已通知运维人员',
}

/** All that a round is computed from, as it stands at one instant; or why it cannot be computed. */
const gather = ({ database }: JobRoom, { from, to }: RoundRow): Promise<AssessmentInputs | Text> =>
  snapshot(database.pool, async (client) => {
    const records = await readEditions(client)
    const record = holdingOn(records, to)
    if (record === undefined) return { en: `No edition of the catalogue held on ${to}`, zh: `${to}没有有效的目录版次` }
    const previous = await previousRound(client, to)
    const before = records.find(({ number }) => number === previous?.edition)
    return {
      period: { from, to },
      catalogue: await catalogueIn(client, record),
      previous: previous && before && { to: previous.to, catalogue: await catalogueIn(client, before) },
      lines: await sumLines(client, { from, to }),
      complaints: await sumComplaints(client, { from, to }),
    }
  })

const catalogueIn = async (client: Client, record: EditionRecord) =>
  catalogueOf(record, await readEditionEntries(client, record.number))
