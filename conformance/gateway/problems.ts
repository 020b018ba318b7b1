/** What a gateway says to requests that are wrong 错误应答: a problem document, complete, in the caller's language. */
import { problemAnswer } from '../../schemas/problem.ts'
import { type Answer, found } from '../http.ts'
import { limits } from '../limits.ts'
import type { Finding } from '../verdict.ts'
import {
  type CallOptions,
  declarations,
  fieldsOf,
  freshKey,
  type GatewayScenario,
  json,
  listIn,
  problemType,
} from './subject.ts'

interface Wrong {
  readonly what: string
  readonly method: string
  readonly path: string
  readonly options?: CallOptions
  readonly status: number
}

const posted = (what: string, status: number, options: CallOptions): Wrong => ({
  what,
  method: 'POST',
  path: declarations,
  options: { ...options, headers: { ...freshKey(), ...options.headers } },
  status,
})

const wrongRequests = (): readonly Wrong[] => [
  posted('half a JSON document', 400, { body: '{"direction":"export"', contentType: json }),
  posted('no body at all', 400, { body: '', contentType: json }),
  posted('half an XML document', 400, {
    body: '<?xml version="1.0"?><DecMessage><DecHead>',
    contentType: 'application/xml',
  }),
  posted('an empty object', 422, { body: {} }),
  posted('a content type it does not take', 415, { body: 'a,b\n1,2\n', contentType: 'text/csv' }),
  posted('a body of more than 1 MiB', 413, {
    body: JSON.stringify({ x: 'x'.repeat(limits.oversizeBytes) }),
    contentType: json,
  }),
  { what: 'a page of no size', method: 'GET', path: `${declarations}?limit=0`, status: 400 },
  { what: 'a page size that is no number', method: 'GET', path: `${declarations}?limit=many`, status: 400 },
  { what: 'a filter it does not know', method: 'GET', path: `${declarations}?nonsense=1`, status: 400 },
  { what: 'a value a filter does not have', method: 'GET', path: `${declarations}?direction=sideways`, status: 400 },
  { what: 'a declaration that is not there', method: 'GET', path: `${declarations}/${'0'.repeat(20)}`, status: 404 },
  { what: 'a path that is not there', method: 'GET', path: '/v1/no-such-thing', status: 404 },
  { what: 'a method a path does not have', method: 'DELETE', path: declarations, status: 405 },
  { what: 'no key', method: 'GET', path: declarations, options: { key: null }, status: 401 },
  { what: 'a key nobody has', method: 'GET', path: declarations, options: { key: 'x'.repeat(40) }, status: 401 },
]

const problemsAreDocuments: GatewayScenario = {
  id: 'problems-are-documents',
  group: 'schema',
  title: {
    en: 'Whatever is wrong with a request is told by a problem document (RFC 9457) with the status it has',
    zh: '请求有误时返回完整的问题文档（RFC 9457）及相应状态码',
  },
  async judge(subject) {
    const findings: Finding[] = []
    for (const { what, method, path, options, status } of wrongRequests()) {
      const answer = await subject.call(method, path, options)
      const said =
        answer.status === status
          ? wrongWithProblem(answer)
          : [found(`answered ${answer.status}, not ${status}`, answer.exchange, '/response/status')]
      findings.push(...said.map((one) => ({ ...one, what: `${what}: ${one.what}` })))
    }
    return findings
  },
}

/** What is missing of a problem document. */
export function wrongWithProblem(answer: Answer): Finding[] {
  const { exchange, status, contentType, headers } = answer
  if (!contentType.startsWith(problemType))
    return [found(`told as ${contentType || 'nothing'}`, exchange, '/response/headers/content-type')]
  const read = problemAnswer.safeParse(fieldsOf(answer))
  const issue = read.error?.issues[0]
  if (issue !== undefined) return [found(`no problem document: ${issue.message}`, exchange, `/${issue.path.join('/')}`)]
  const { errors = [], ...problem } = read.data ?? { status, type: '', requestId: '' }
  return [
    ...(problem.status === status ? [] : [found(`its status is ${problem.status}`, exchange, '/status')]),
    ...(problem.type === '' ? [found('it has no type', exchange, '/type')] : []),
    ...(headers.get('idempotent-replayed') !== null || headers.get('request-id') === problem.requestId
      ? []
      : [found('its requestId is not that of the answer', exchange, '/requestId')]),
    ...errors.flatMap(({ pointer, detail, detailZh }, at) => [
      ...(pointer === '' || pointer.startsWith('/')
        ? []
        : [found(`${pointer} is no pointer`, exchange, `/errors/${at}/pointer`)]),
      ...(/\p{Script=Han}/u.test(detailZh) && detail !== ''
        ? []
        : [found('not in both languages', exchange, `/errors/${at}`)]),
    ]),
  ]
}

const problemsSpeakTheCallersLanguage: GatewayScenario = {
  id: 'problems-speak-the-callers-language',
  group: 'schema',
  title: {
    en: 'A problem is told in Chinese or in English, as Accept-Language asks, and says which',
    zh: '问题文档按 Accept-Language 以中文或英文表述，并注明语言',
  },
  async judge(subject) {
    const findings: Finding[] = []
    for (const [language, isIts] of [
      ['zh-CN', /\p{Script=Han}/u],
      ['en', /[a-z]{3}/i],
    ] as const) {
      const answer = await subject.call('GET', `${declarations}?limit=0`, { headers: { 'accept-language': language } })
      const { title = '', detail = '' } = fieldsOf(answer)
      const said = answer.headers.get('content-language') ?? 'nothing'
      if (!said.startsWith(language.slice(0, 2)))
        findings.push(
          found(
            `asked for ${language} it says it speaks ${said}`,
            answer.exchange,
            '/response/headers/content-language',
          ),
        )
      for (const [member, text] of Object.entries({ title, detail }))
        if (typeof text !== 'string' || !isIts.test(text) || (language === 'en' && /\p{Script=Han}/u.test(text)))
          findings.push(found(`asked for ${language} it says ${String(text)}`, answer.exchange, `/${member}`))
    }
    return findings
  },
}

const issuesPointAtThePlace: GatewayScenario = {
  id: 'issues-point-at-the-place',
  group: 'schema',
  title: {
    en: 'All that is wrong with a declaration is told at once, each with a pointer to its place',
    zh: '申报单的全部问题一次告知，各附 JSON 指针',
  },
  async judge(subject) {
    const { direction: _, ...sample } = subject.fresh()
    const answer = await subject.handIn({ ...sample, direction: 'sideways', functionalReferenceId: 7 })
    const pointers = listIn(fieldsOf(answer), 'errors').map(({ pointer }) => pointer)
    return [
      ...(answer.status === 422
        ? []
        : [found(`answered ${answer.status}, not 422`, answer.exchange, '/response/status')]),
      ...['/direction', '/functionalReferenceId']
        .filter((pointer) => !pointers.includes(pointer))
        .map((pointer) => found(`nothing said of ${pointer}`, answer.exchange, '/errors')),
    ]
  },
}

const answersAreCounted: GatewayScenario = {
  id: 'answers-carry-id-and-limits',
  group: 'schema',
  title: {
    en: 'Every answer has a Request-Id, and with a key tells how often it may still be asked',
    zh: '每个应答均带 Request-Id；带密钥时告知剩余限额',
  },
  async judge(subject) {
    const listed = await subject.call('GET', `${declarations}?limit=1`)
    const refused = await subject.call('GET', '/v1/no-such-thing')
    const named = await subject.call('GET', `${declarations}?limit=1`, { headers: { 'request-id': 'conform-1' } })
    const lacks = (answer: Answer, ...names: readonly string[]) =>
      names
        .filter((name) => answer.headers.get(name) === null)
        .map((name) => found(`no ${name}`, answer.exchange, `/response/headers/${name}`))
    return [
      ...lacks(listed, 'request-id', 'ratelimit', 'ratelimit-policy'),
      ...lacks(refused, 'request-id'),
      ...(named.headers.get('request-id') === 'conform-1'
        ? []
        : [
            found(
              'the Request-Id it was given is not the one it answers under',
              named.exchange,
              '/response/headers/request-id',
            ),
          ]),
    ]
  },
}

export const problems: readonly GatewayScenario[] = [
  problemsAreDocuments,
  problemsSpeakTheCallersLanguage,
  issuesPointAtThePlace,
  answersAreCounted,
]
