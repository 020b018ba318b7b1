/** A sender that hangs up 连接中断: in the middle of its document, or before the answer. What came of it can be asked, and sent again. */
import { connect as connectPlain } from 'node:net'
import { connect as connectSecure } from 'node:tls'
import type { WireMessage } from '../../adapters/adapter.ts'
import { found } from '../http.ts'
import { limits } from '../limits.ts'
import { later } from './control.ts'
import { atPlace, lettersOf, lifeOf, longestMs, moves, said } from './life.ts'
import type { Place } from './place.ts'
import { plainCase, submit } from './prelude.ts'
import { readable } from './refusing.ts'
import { inquire, noMore } from './repeating.ts'
import { type AgencyScenario, procedureOf } from './subject.ts'

const hangUpLeavesOneEffect: AgencyScenario = {
  id: 'hang-up-leaves-one-effect',
  group: 'timeout',
  title: {
    en: 'After a sender hung up the filing is known or not; sent again it is taken, and there is one of it',
    zh: '报送方中途断开后：可查询是否收到；重发即受理，且仅有一份',
  },
  notApplicable: ({ fetch }) =>
    fetch === globalThis.fetch ? undefined : 'it is asked within this process: there is no connection to break',
  judge: (subject) =>
    atPlace(subject, plainCase(subject), async ({ place, golden }) => {
      const single = await lifeOf(subject, plainCase(subject))
      const message = procedureOf(subject, golden).encode(golden.submission)
      const whole = Buffer.from(message.body ?? '')
      await hangUp(place, message, whole.subarray(0, Math.floor(whole.length / 2)))
      await later(limits.lookMs)
      const half = await inquire(subject, place, golden)
      await hangUp(place, message, whole)
      await later(limits.lookMs)
      const asked = await inquire(subject, place, golden)
      const again = await submit(subject, place, golden)
      const receipts = readable(subject, again)
      await place.pass(longestMs)
      const letters = await lettersOf(place, golden, receipts)
      return [
        ...[half, asked]
          .filter(({ status }) => status >= 500)
          .map(({ exchange }) => found('an inquiry fails after it', exchange, '/response/status')),
        ...readable(subject, half).map((one) => found(`half a document counts: ${said(one)}`, half.exchange)),
        ...(receipts.some(moves) ? [] : [found(`sent again it is not taken: ${again.status}`, again.exchange)]),
        ...noMore(subject, single.letters, letters, 'after it was sent again, where one alone has'),
      ]
    }),
}

/** Sends the head of a request and this much of its body, then tears the connection down. */
async function hangUp({ url, headers }: Place, message: WireMessage, sent: Uint8Array): Promise<void> {
  const target = new URL(`${url}${message.path}`)
  const secure = target.protocol === 'https:'
  const port = Number(target.port || (secure ? 443 : 80))
  const head = [
    `${message.method} ${target.pathname}${target.search} HTTP/1.1`,
    `Host: ${target.host}`,
    `Content-Type: ${message.contentType ?? 'application/octet-stream'}`,
    `Content-Length: ${Buffer.byteLength(message.body ?? '')}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ].join('\r\n')
  const socket = secure
    ? connectSecure({ host: target.hostname, port, servername: target.hostname })
    : connectPlain({ host: target.hostname, port })
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.setTimeout(limits.answerMs, () => reject(new Error(`${target.host} takes no bytes`)))
    socket.write(Buffer.concat([Buffer.from(`${head}\r\n\r\n`), sent]), (error) => (error ? reject(error) : resolve()))
  }).finally(() => socket.destroy())
}

export const hangingUp: readonly AgencyScenario[] = [hangUpLeavesOneEffect]
