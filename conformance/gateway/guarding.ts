/** What a gateway keeps apart 隔离与并发: changes from stale readers, firms from one another, agencies from whoever pretends to be one. */
import { createHmac } from 'node:crypto'
import { type Answer, found } from '../http.ts'
import type { Finding } from '../verdict.ts'
import { declarations, fieldsOf, type GatewayScenario, type GatewaySubject, listIn } from './subject.ts'

const statusIs = (answer: Answer, wanted: number, what: string): Finding[] =>
  answer.status === wanted
    ? []
    : [found(`${what} is answered ${answer.status}, not ${wanted}`, answer.exchange, '/response/status')]

/** How often a tag is read anew, when what it stands for moves on in between. */
const tagTries = 20

const tagsGuardChanges: GatewayScenario = {
  id: 'tags-guard-changes',
  group: 'idempotency',
  title: {
    en: 'A strong tag: known, 304; a change without If-Match 428, with a stale one 412, and nothing is changed',
    zh: '强 ETag：未变返回 304；修改缺 If-Match 返回 428，过期返回 412，且不产生修改',
  },
  async judge(subject) {
    const path = `${declarations}/${await subject.declaration()}`
    const first = await subject.call('GET', path)
    const tag = first.headers.get('etag') ?? ''
    if (!/^"[^"]+"$/.test(tag))
      return [found(`its tag is ${tag || 'absent'}`, first.exchange, '/response/headers/etag')]
    const before = fieldsOf(first)['version']
    const body = subject.fresh()
    const without = await subject.call('PUT', path, { body })
    const stale = await subject.call('PUT', path, { body, headers: { 'if-match': '"stale"' } })
    const after = await subject.call('GET', path)
    return [
      ...(await unchangedSince(subject, path)),
      ...statusIs(without, 428, 'a change without If-Match'),
      ...statusIs(stale, 412, 'a change with a stale tag'),
      ...(fieldsOf(after)['version'] === before ? [] : [found('a refused change is made', after.exchange, '/version')]),
    ]
  },
}

/** Filings move while they are looked at: a tag counts when it was read just before. */
async function unchangedSince(subject: GatewaySubject, path: string): Promise<Finding[]> {
  let known: Answer | undefined
  for (let tries = 0; tries < tagTries; tries++) {
    const tag = (await subject.call('GET', path)).headers.get('etag') ?? ''
    known = await subject.call('GET', path, { headers: { 'if-none-match': tag } })
    if (known.status !== 200 || known.headers.get('etag') === tag) break
  }
  if (known === undefined) return []
  return [
    ...statusIs(known, 304, 'what is known already'),
    ...(known.status !== 304 || known.body === '' ? [] : [found('304 has a body', known.exchange, '/response/body')]),
  ]
}

const notYoursIsNotThere: GatewayScenario = {
  id: 'not-yours-is-not-there',
  group: 'forbidden',
  title: {
    en: 'Another firm’s declaration looks exactly like one that does not exist: 404, and in no list',
    zh: '他人的申报与不存在的申报无从区分：返回 404，且不出现在列表中',
  },
  notApplicable: ({ options }) => (options.otherApiKey === undefined ? 'no key of another firm was given' : undefined),
  async judge(subject) {
    const key = subject.options.otherApiKey
    const id = await subject.declaration()
    const findings: Finding[] = []
    for (const place of ['', '/events', '/messages', '/document', '/changes']) {
      const theirs = await subject.call('GET', `${declarations}/${id}${place}`, { key })
      const nobodys = await subject.call('GET', `${declarations}/${'0'.repeat(id.length)}${place}`, { key })
      findings.push(...statusIs(theirs, 404, `GET …${place}`))
      const told = (answer: Answer) => {
        const { code, title, detail } = fieldsOf(answer)
        return JSON.stringify([answer.status, code, title, detail])
      }
      if (theirs.status === 404 && told(theirs) !== told(nobodys))
        findings.push(found(`GET …${place} is told apart from what does not exist`, theirs.exchange, '/response/body'))
    }
    const changed = await subject.call('PUT', `${declarations}/${id}`, {
      key,
      body: subject.fresh(),
      headers: { 'if-match': '*' },
    })
    if (changed.status < 400) findings.push(found('another firm changes it', changed.exchange, '/response/status'))
    const listed = await subject.call('GET', `${declarations}?limit=200`, { key })
    if (listIn(fieldsOf(listed), 'data').some((one) => one['id'] === id))
      findings.push(found('it stands in another firm’s list', listed.exchange, '/data'))
    return findings
  },
}

const callbacksAreSigned: GatewayScenario = {
  id: 'callbacks-must-be-signed',
  group: 'forbidden',
  title: {
    en: 'A receipt nobody signed, or another signed, or signed long ago, is refused (401)',
    zh: '未签名、他人签名或签名过期的回执一律拒收（401）',
  },
  async judge(subject) {
    const listed = await subject.call('GET', '/v1/agencies', { key: null })
    const agencies = listIn(fieldsOf(listed), 'data').flatMap(({ id }) => (typeof id === 'string' ? [id] : []))
    if (agencies.length === 0) return [found('it names no agencies', listed.exchange, '/data')]
    const findings: Finding[] = []
    const body = '<Receipt/>'
    const now = Math.floor(Date.now() / 1_000)
    const hourS = 3_600
    for (const agency of agencies) {
      const secret = subject.secretOf(agency)
      const bad: readonly (readonly [what: string, headers: Record<string, string>])[] = [
        ['unsigned', {}],
        [
          'signed with another secret',
          signed(`whsec_${Buffer.from('not the secret of anybody').toString('base64')}`, now, body),
        ],
        ['signed an hour ago', signed(secret, now - hourS, body)],
        ['signed an hour ahead', signed(secret, now + hourS, body)],
        ['signed over other bytes', signed(secret, now, `${body} `)],
      ]
      for (const [what, headers] of bad) {
        const answer = await subject.call('POST', `/v1/agencies/${agency}/receipts`, {
          key: null,
          body,
          contentType: 'application/xml',
          headers,
        })
        findings.push(...statusIs(answer, 401, `a receipt of ${agency} ${what}`))
      }
    }
    const unknown = await subject.call('POST', '/v1/agencies/no-such-agency/receipts', {
      key: null,
      body,
      contentType: 'application/xml',
    })
    return [...findings, ...statusIs(unknown, 404, 'a receipt of an agency that is none')]
  },
}

function signed(secret: string, timestamp: number, body: string): Record<string, string> {
  const id = 'msg_conform_1'
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` }
}

export const guarding: readonly GatewayScenario[] = [tagsGuardChanges, notYoursIsNotThere, callbacksAreSigned]
