import { type Context, Hono } from 'hono'
import { readHistory } from '../db/catalogue-reads.ts'
import { type Catalogue, holdsOn } from '../fees/catalogue.ts'
import { presentHistory } from '../fees/history.ts'
import { answerOf, createKeptAnswers, type KeptAnswer } from '../fees/kept-answers.ts'
import { type FeeFilter, pageOf, selectFees, unknownIn } from '../fees/list.ts'
import { historyHref, presentEditionName, presentFee, writeFee } from '../fees/present.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { describe } from './describe.ts'
import { readQuery } from './parameters.ts'
import { sendPublic, sendPublicJson, todaySeconds } from './public-answers.ts'
import { asOfQuery, badCursor, cursorOf, feesQuery, type Place } from './queries-fees.ts'

/** The fee catalogue as anybody reads it 收费目录清单: the list of today or of any day, one fee, what became of it. */
export function feeRoutes({ catalogues, database, now }: Services): Hono<Env> {
  const questionOf = questionReader()
  const kept = createKeptAnswers(limits.feeAnswersBytes, limits.feeAnswerBytes)
  const maxAge = (isAsked: boolean) => (isAsked ? limits.feesMaxAgeSeconds : todaySeconds(now()))

  const routes = new Hono<Env>()
  routes.get('/', describe('listFees'), async (context) => {
    const question = questionOf(context)
    const { after, asked } = question
    const day = asked ?? catalogues.today()
    const catalogue = after === undefined ? await catalogues.on(day) : await catalogues.edition(after.edition)
    if (after !== undefined && (catalogue === undefined || catalogue.edition.validFrom > day)) throw badCursor()
    const key = keyOf(question, catalogue?.edition.digest, day)
    const answer = kept.get(key, () =>
      catalogue === undefined ? emptyList(day) : listAnswer(catalogue, day, question),
    )
    return sendPublic(context, answer, {
      maxAgeSeconds: maxAge(asked !== undefined),
      compressed: () => kept.compressed(key, answer),
    })
  })

  routes.get('/:id', describe('readFee'), async (context) => {
    const { day: asked } = readQuery(context, asOfQuery)
    const day = asked ?? catalogues.today()
    const id = context.req.param('id')
    const catalogue = await catalogues.on(day)
    const fee = catalogue?.of('fee').get(id)
    if (catalogue === undefined || fee === undefined || !holdsOn(fee, day)) throw notOn(day)
    const self = `/v1/fees/${id}`
    return sendPublicJson(
      context,
      {
        edition: presentEditionName(catalogue.edition),
        day,
        fee: presentFee(catalogue, id, fee),
        links: { self: asked === undefined ? self : `${self}?day=${day}`, history: historyHref('fee', id) },
      },
      maxAge(asked !== undefined),
    )
  })

  routes.get('/:id/history', describe('readFeeHistory'), async (context) => {
    const id = context.req.param('id')
    const [records, found] = await Promise.all([catalogues.records(), readHistory(database.pool, 'fee', id)])
    if (found.revisionIn.size === 0) throw new Problem('not-found')
    const history = presentHistory('fee', id, records, found, catalogues.today())
    return sendPublicJson(context, history, todaySeconds(now()))
  })
  return routes
}

/** What is asked of the list, and its name among questions: the same however it was written. */
interface Question {
  /** The day that was named, by itself or in a cursor. */
  readonly asked: string | undefined
  readonly filter: FeeFilter
  readonly limit: number
  readonly after: Place | undefined
  readonly key: string
  /** The name of its last answer: by the digest of the edition, which must not be held itself. */
  last: { readonly edition: string | undefined; readonly day: string; readonly key: string } | undefined
}

/** Reads what is asked; what was asked before, in the very same letters, is not read again. */
function questionReader(): (context: Context<Env>) => Question {
  const read = new Map<string, Question>()
  return (context) => {
    const { url } = context.req
    const at = url.indexOf('?')
    const written = at === -1 ? '' : url.slice(at)
    const known = read.get(written)
    if (known !== undefined) return known
    const { limit, after, day, q: words, port, payee, nature, kind, direction } = readQuery(context, feesQuery)
    if (after !== undefined && day !== undefined && day !== after.day) throw badCursor()
    const question = {
      asked: after?.day ?? day,
      filter: { port, payee, nature, kind, direction, words },
      limit,
      after,
      key: JSON.stringify([port, payee, nature, kind, direction, words, limit, after?.id]),
      last: undefined,
    }
    if (read.size >= limits.feeQuestions) read.clear()
    if (written.length <= limits.feeQuestionLength) read.set(written, question)
    return question
  }
}

/** What an answer is kept under. The very same text each time: one that was looked up before is found faster. */
function keyOf(question: Question, edition: string | undefined, day: string): string {
  const { last } = question
  if (last !== undefined && last.edition === edition && last.day === day) return last.key
  const key = `${edition} ${day} ${question.key}`
  question.last = { edition, day, key }
  return key
}

const emptyList = (day: string): KeptAnswer => answerOf(Buffer.from(JSON.stringify({ day, data: [], hasMore: false })))

/** A page of the list, put together from fees that were written before. @throws {Problem} invalid-parameter */
function listAnswer(catalogue: Catalogue, day: string, { filter, limit, after }: Question): KeptAnswer {
  const unknown = unknownIn(catalogue, filter)
  if (unknown.length > 0) throw new Problem('invalid-parameter', { errors: unknown })
  const { edition } = catalogue
  if (after !== undefined && !catalogue.of('fee').has(after.id)) throw badCursor()
  const { fees, next: last } = pageOf(catalogue, selectFees(catalogue, day, filter), limit, after?.id)
  const next = last === undefined ? undefined : cursorOf({ edition: edition.number, day, id: last })
  const head = JSON.stringify({ edition: presentEditionName(edition), day })
  const foot = JSON.stringify({ hasMore: next !== undefined, nextCursor: next })
  const parts: Buffer[] = [Buffer.from(`${head.slice(0, -1)},"data":[`)]
  fees.forEach(({ id, fee }, at) => {
    if (at > 0) parts.push(comma)
    parts.push(writeFee(catalogue, id, fee))
  })
  parts.push(Buffer.from(`],${foot.slice(1)}`))
  return answerOf(Buffer.concat(parts), next)
}
const comma = Buffer.from(',')

const notOn = (day: string) =>
  new Problem('not-found', {
    detail: {
      en: `The list of ${day} has no such fee; its history may`,
      zh: `${day}的目录中没有该收费项目，可查阅其变更历史`,
    },
  })
