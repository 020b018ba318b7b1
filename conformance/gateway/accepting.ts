/** Handing in a declaration 申报受理: tried out without a trace, taken in with a plan, through both doors, and once for each key. */
import { acceptedAnswer, dryRunAnswer } from '../../schemas/answers.ts'
import { type Answer, found } from '../http.ts'
import { limits } from '../limits.ts'
import type { Finding } from '../verdict.ts'
import { wrongWithProblem } from './problems.ts'
import { renumberedXml } from './sample.ts'
import { declarations, fieldsOf, freshKey, type GatewayScenario, type GatewaySubject, json, listIn } from './subject.ts'

const notStatus = (answer: Answer, wanted: number): Finding[] =>
  answer.status === wanted
    ? []
    : [found(`answered ${answer.status}, not ${wanted}`, answer.exchange, '/response/status')]

/** Declarations that are kept under a trader's number. */
async function keptUnder(subject: GatewaySubject, lrn: unknown): Promise<{ count: number; answer: Answer }> {
  const answer = await subject.call('GET', `${declarations}?functionalReferenceId=${encodeURIComponent(String(lrn))}`)
  return { count: listIn(fieldsOf(answer), 'data').length, answer }
}

const dryRunKeepsNothing: GatewayScenario = {
  id: 'dry-run-keeps-nothing',
  group: 'idempotency',
  title: {
    en: 'A dry run needs no key, tells plan and errors, and keeps nothing',
    zh: '试运行无需幂等键，告知计划与问题，且不留任何数据',
  },
  async judge(subject) {
    const sample = subject.fresh()
    const answer = await subject.call('POST', `${declarations}?dryRun=true`, { body: sample })
    const wrong = await subject.call('POST', `${declarations}?dryRun=true`, {
      body: { ...sample, direction: 'sideways' },
    })
    const { count, answer: listed } = await keptUnder(subject, sample['functionalReferenceId'])
    const read = dryRunAnswer.safeParse(fieldsOf(answer))
    return [
      ...notStatus(answer, 200),
      ...(read.success
        ? []
        : [
            found(
              `no dry run: ${read.error.issues[0]?.message}`,
              answer.exchange,
              `/${read.error.issues[0]?.path.join('/')}`,
            ),
          ]),
      ...(read.success && !read.data.acceptable
        ? [found('what is accepted is not acceptable in a dry run', answer.exchange, '/acceptable')]
        : []),
      ...(fieldsOf(wrong)['acceptable'] === false
        ? []
        : [found('what is wrong is acceptable in a dry run', wrong.exchange, '/acceptable')]),
      ...(count === 0 ? [] : [found('what was only tried is kept', listed.exchange, '/data')]),
    ]
  },
}

const acceptanceTellsWhereToLook: GatewayScenario = {
  id: 'acceptance-tells-where-to-look',
  group: 'schema',
  title: {
    en: '202 comes with the plan, a reason for every line of it, the filings, and the place to look',
    zh: '202 应答载明计划及理由、申报事项与查询地址',
  },
  async judge(subject) {
    const answer = await subject.handIn()
    const read = acceptedAnswer.safeParse(fieldsOf(answer))
    if (answer.status !== 202 || !read.success)
      return [
        ...notStatus(answer, 202),
        ...(read.success
          ? []
          : [
              found(
                `no acceptance: ${read.error.issues[0]?.message}`,
                answer.exchange,
                `/${read.error.issues[0]?.path.join('/')}`,
              ),
            ]),
      ]
    const { id, plan, filings, links } = read.data
    const location = answer.headers.get('location')
    const there = await subject.call('GET', links.self)
    return [
      ...(location === links.self
        ? []
        : [found(`Location is ${location}, links.self ${links.self}`, answer.exchange, '/response/headers/location')]),
      ...notStatus(there, 200),
      ...(fieldsOf(there)['id'] === id ? [] : [found('what lies there is another declaration', there.exchange, '/id')]),
      ...(filings.length === plan.filter(({ files }) => files).length
        ? []
        : [found('not a filing for each line of the plan', answer.exchange, '/filings')]),
      ...plan.flatMap(({ because }, at) =>
        because.en !== '' && /\p{Script=Han}/u.test(because.zh)
          ? []
          : [found('no reason in both languages', answer.exchange, `/plan/${at}/because`)],
      ),
    ]
  },
}

const bothDoorsLeadIn: GatewayScenario = {
  id: 'both-doors-lead-in',
  group: 'schema',
  title: {
    en: 'A broker’s XML comes in by the same door as canonical JSON, and is kept as it was',
    zh: '报关软件的 XML 与规范 JSON 同门受理，原文留存',
  },
  notApplicable: ({ options }) => (options.xml === undefined ? 'no broker’s document was given' : undefined),
  async judge(subject) {
    const xml = renumberedXml(subject.options.xml ?? '')
    const answer = await subject.handIn(xml, { contentType: 'application/xml; charset=utf-8' })
    const { id } = fieldsOf(answer)
    if (answer.status !== 202 || typeof id !== 'string') return notStatus(answer, 202)
    const kept = await subject.call('GET', `${declarations}/${id}/document?form=raw`)
    return kept.body === xml ? [] : [found('the document is not kept as it was', kept.exchange, '/response/body')]
  },
}

const keyReplaysTheAnswer: GatewayScenario = {
  id: 'key-replays-the-answer',
  group: 'idempotency',
  title: {
    en: 'The same key and body get the first answer again, byte for byte, marked as replayed',
    zh: '相同幂等键与请求体逐字节重放首次应答，并注明重放',
  },
  async judge(subject) {
    const [body, headers] = [JSON.stringify(subject.fresh()), freshKey()]
    const first = await subject.handIn(body, { headers, contentType: json })
    const again = await subject.handIn(body, { headers, contentType: json })
    return [
      ...notStatus(first, 202),
      ...(first.headers.get('idempotent-replayed') === null
        ? []
        : [found('the first answer says it is replayed', first.exchange, '/response/headers/idempotent-replayed')]),
      ...(again.headers.get('idempotent-replayed') === 'true'
        ? []
        : [found('the second does not say it is replayed', again.exchange, '/response/headers/idempotent-replayed')]),
      ...(again.status === first.status && again.body === first.body
        ? []
        : [found('it is another answer', again.exchange, '/response/body')]),
      ...(again.headers.get('location') === first.headers.get('location')
        ? []
        : [found('it leads elsewhere', again.exchange, '/response/headers/location')]),
    ]
  },
}

const keyHoldsOneBody: GatewayScenario = {
  id: 'key-holds-one-body',
  group: 'idempotency',
  title: {
    en: 'Another body under a used key is refused (422), and no key at all too (400); nothing is kept',
    zh: '已用幂等键配不同请求体返回 422，缺少幂等键返回 400，均不留数据',
  },
  async judge(subject) {
    const headers = freshKey()
    const other = subject.fresh()
    const first = await subject.handIn(subject.fresh(), { headers })
    const reused = await subject.handIn(other, { headers })
    const without = await subject.call('POST', declarations, { body: other })
    const { count, answer } = await keptUnder(subject, other['functionalReferenceId'])
    return [
      ...notStatus(first, 202),
      ...notStatus(reused, 422),
      ...(reused.status === 422 ? wrongWithProblem(reused) : []),
      ...notStatus(without, 400),
      ...(count === 0 ? [] : [found('it is kept nevertheless', answer.exchange, '/data')]),
    ]
  },
}

const twinsMakeOneDeclaration: GatewayScenario = {
  id: 'twins-make-one-declaration',
  group: 'idempotency',
  title: {
    en: `${limits.gatewayTwins} identical requests at once make one declaration`,
    zh: `同时到达的 ${limits.gatewayTwins} 个相同请求只产生一票申报`,
  },
  async judge(subject) {
    const sample = subject.fresh()
    const [body, headers] = [JSON.stringify(sample), freshKey()]
    const answers = await Promise.all(
      Array.from({ length: limits.gatewayTwins }, () => subject.handIn(body, { headers, contentType: json })),
    )
    const ids = new Set(answers.filter(({ status }) => status === 202).map((answer) => fieldsOf(answer)['id']))
    const { count, answer: listed } = await keptUnder(subject, sample['functionalReferenceId'])
    // A twin still in flight may be told to come again (409).
    const odd = answers.find(({ status }) => status !== 202 && status !== 409)
    return [
      ...(ids.size === 1 ? [] : [found(`${ids.size} declarations were answered`, answers[0]?.exchange, '/id')]),
      ...(odd === undefined ? [] : notStatus(odd, 202)),
      ...(count === 1 ? [] : [found(`${count} declarations are kept`, listed.exchange, '/data')]),
    ]
  },
}

export const accepting: readonly GatewayScenario[] = [
  dryRunKeepsNothing,
  acceptanceTellsWhereToLook,
  bothDoorsLeadIn,
  keyReplaysTheAnswer,
  keyHoldsOneBody,
  twinsMakeOneDeclaration,
]
