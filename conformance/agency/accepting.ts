/** What an agency does with documents that are in order 受理: it takes them, and follows each to its end. */

import { receipt as receiptSchema } from '../../schemas/receipt.ts'
import { rankOf } from '../../schemas/status.ts'
import { found } from '../http.ts'
import type { Finding } from '../verdict.ts'
import { atPlace, each, type Life, lifeOf, namesOf, said } from './life.ts'
import { plainCase } from './prelude.ts'
import { type AgencyScenario, type AgencySubject, procedureOf } from './subject.ts'

const overLives =
  (judge: (life: Life, subject: AgencySubject) => Finding[]) =>
  (subject: AgencySubject): Promise<Finding[]> =>
    each(subject.cases, async (golden) => judge(await lifeOf(subject, golden), subject))

/** Lives that could be lived; why others could not is told by `goldens-are-accepted`. */
const overSoundLives =
  (judge: (life: Life, subject: AgencySubject) => Finding[]) =>
  (subject: AgencySubject): Promise<Finding[]> =>
    each(subject.cases, async (golden) => {
      const life = await lifeOf(subject, golden).catch(() => undefined)
      return life === undefined ? [] : judge(life, subject)
    })

const goldensAreAccepted: AgencyScenario = {
  id: 'goldens-are-accepted',
  group: 'schema',
  title: {
    en: 'Every golden document is taken, and nothing said of it later is a refusal',
    zh: '每份标准报文均被受理，后续回执均非拒绝',
  },
  judge: overLives(({ answer, receipts, letters, golden }, subject) => [
    ...(receipts.length > 0
      ? []
      : [found(`answered ${answer.status} without a receipt`, answer.exchange, '/response/body')]),
    ...receipts
      .filter(({ status }) => status === 'refused' || status === undefined)
      .map((one) => found(`answered: ${said(one)}`, answer.exchange, '/response/body')),
    ...letters.flatMap(({ receipts: later, exchange }) =>
      later
        .filter(({ status, sets, lifts }) => status === 'refused' || (status === undefined && !sets && !lifts))
        .map((one) => found(`said later: ${said(one)}`, exchange, '/response/body')),
    ),
    ...(letters.length > 0 || procedureOf(subject, golden).replies === 'inline' || !hearsLetters(subject)
      ? []
      : [found('no word after the first answer', answer.exchange)]),
  ]),
}

/** Whether what an agency sends later can be seen at all. */
const hearsLetters = ({ adapter, callback }: AgencySubject) => adapter.mailbox !== undefined || callback !== undefined

const documentsAreUnderstood: AgencyScenario = {
  id: 'documents-are-understood',
  group: 'schema',
  title: {
    en: 'Everything it writes can be read, and brings only statuses its procedure has',
    zh: '其每份回执均可解析，且仅带来该事项所列状态',
  },
  judge: overSoundLives(({ golden, answer, receipts, letters, strangers }, subject) => {
    const { statuses } = procedureOf(subject, golden)
    const all = [
      ...receipts.map((receipt) => ({ receipt, exchange: answer.exchange })),
      ...letters.flatMap((letter) => letter.receipts.map((receipt) => ({ receipt, exchange: letter.exchange }))),
    ]
    return [
      ...all.flatMap(({ receipt, exchange }) => {
        const read = receiptSchema.safeParse(receipt)
        const issue = read.error?.issues[0]
        return [
          ...(issue === undefined
            ? []
            : [found(`${said(receipt)}: ${issue.message}`, exchange, `/${issue.path.join('/')}`)]),
          ...(receipt.code === '' ? [found('a receipt without a code', exchange, '/response/body')] : []),
          ...(receipt.status === undefined || statuses.includes(receipt.status)
            ? []
            : [found(`a status ${golden.procedure} does not have: ${said(receipt)}`, exchange, '/response/body')]),
        ]
      }),
      ...[...letters, ...strangers]
        .filter(({ unintelligible }) => unintelligible !== undefined)
        .map(({ unintelligible, exchange }) => found(`cannot be read: ${unintelligible}`, exchange)),
    ]
  }),
}

const statusesMoveForward: AgencyScenario = {
  id: 'statuses-move-forward',
  group: 'sequence',
  title: {
    en: 'Put in the order of its own times, what it says of a filing never goes back in rank',
    zh: '按其自身时间排序，回执状态从不倒退',
  },
  judge: overSoundLives(({ receipts, letters }) => {
    const all = [...receipts, ...letters.flatMap((letter) => letter.receipts)]
    const timed = all.flatMap(({ at, status, code }) =>
      at === undefined || status === undefined ? [] : [{ at: Date.parse(at), rank: rankOf(status), status, code }],
    )
    const inOrder = timed.toSorted((a, b) => a.at - b.at || a.rank - b.rank)
    return inOrder.flatMap((one, index) => {
      const last = inOrder[index - 1]
      return last !== undefined && one.rank < last.rank
        ? [found(`after ${last.status} (${last.code}) comes ${one.status} (${one.code})`, undefined, '/status')]
        : []
    })
  }),
}

const namesAreChained: AgencyScenario = {
  id: 'names-are-chained',
  group: 'sequence',
  title: {
    en: 'Each document carries a name of its filing that was known before it, or stood in what was filed',
    zh: '每份回执均携带此前已知或申报中已有的编号',
  },
  judge: overSoundLives(({ golden, answer, receipts, letters, strangers }) => {
    const known = namesOf(golden, [], [])
    const { body: sent = '' } = answer.exchange.request
    const nameless = strangers.filter(({ unintelligible }) => unintelligible === undefined)
    return [{ receipts, exchange: answer.exchange }, ...letters, ...nameless].flatMap((document) =>
      document.receipts.flatMap(({ references, code }) => {
        const isKnown = references.some(({ value }) => known.has(value) || sent.includes(value))
        for (const { value } of isKnown ? references : []) known.add(value)
        const names = references.map(({ scheme, value }) => `${scheme} ${value}`).join(', ')
        return isKnown ? [] : [found(`${code} names only ${names || 'nothing'}`, document.exchange)]
      }),
    )
  }),
}

const answersComeInTime: AgencyScenario = {
  id: 'answers-come-in-time',
  group: 'timeout',
  title: {
    en: 'A submission, an inquiry and a look into the mailbox are each answered promptly',
    zh: '报送、查询与读取收件箱均及时应答',
  },
  judge: (subject) =>
    each([plainCase(subject)], (written) =>
      atPlace(subject, written, async ({ place, golden }) => {
        const { mailbox } = subject.adapter
        const { encode, encodeInquiry } = procedureOf(subject, golden)
        const messages = [
          encode(golden.submission),
          encodeInquiry(golden.submission),
          ...(mailbox === undefined ? [] : [mailbox.encode('0')]),
        ]
        const findings: Finding[] = []
        for (const message of messages) {
          const { tookMs, exchange } = await place.ask(message)
          if (tookMs > subject.promptMs)
            findings.push(found(`took ${Math.round(tookMs)} ms, not ${subject.promptMs} at most`, exchange))
        }
        return findings
      }),
    ),
}

export const accepting: readonly AgencyScenario[] = [
  goldensAreAccepted,
  documentsAreUnderstood,
  statusesMoveForward,
  namesAreChained,
  answersComeInTime,
]
