/** Documents an agency pushes 回执推送: signed, each under an id of its own, again until they are taken, and then no more. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { found } from '../http.ts'
import { limits } from '../limits.ts'
import type { Exchange, Finding } from '../verdict.ts'
import { later } from './control.ts'
import { atPlace, lifeOf, longestMs } from './life.ts'
import type { Place } from './place.ts'
import { plainCases, submit } from './prelude.ts'
import type { Letterbox, Pushed } from './receiver.ts'
import { type AgencyScenario, type AgencySubject, procedureOf } from './subject.ts'

function notPushed(subject: AgencySubject): string | undefined {
  if (subject.adapter.mailbox !== undefined) return 'its documents are fetched from its mailbox'
  if (pushingCase(subject) === undefined) return 'everything it says stands in its answers'
  return subject.callback === undefined ? 'no receiver was opened for its pushes' : undefined
}

const pushingCase = (subject: AgencySubject) =>
  plainCases(subject).find((golden) => procedureOf(subject, golden).replies === 'pushed')

/** Files a case whose documents are pushed; what comes is answered as told. */
async function hearing(
  subject: AgencySubject,
  answer: Letterbox['answer'],
  act: (place: Place, file: () => Promise<void>) => Promise<Finding[]>,
): Promise<Finding[]> {
  const golden = pushingCase(subject)
  if (golden === undefined) return []
  return atPlace(subject, golden, async ({ place, golden: numbered }) => {
    const { box } = place
    if (box === undefined) return []
    box.answer = answer
    try {
      return await act(place, async () => {
        await submit(subject, place, numbered)
      })
    } finally {
      box.answer = () => 204
    }
  })
}

const idOf = ({ headers }: Pushed): string => headers['webhook-id'] ?? ''

const shownPush = ({ path, headers, body, answered }: Pushed): Exchange => ({
  request: { method: 'POST', url: path, headers, body },
  response: { status: answered, headers: {}, body: '' },
})

const pushesAreSigned: AgencyScenario = {
  id: 'pushes-are-signed',
  group: 'schema',
  title: {
    en: 'Every pushed document is signed the Standard Webhooks way, just now, under an id no other has',
    zh: '每份推送回执均按 Standard Webhooks 即时签名，标识唯一',
  },
  notApplicable: notPushed,
  judge: (subject) =>
    hearing(
      subject,
      () => 204,
      async (place, file) => {
        await file()
        await place.pass(longestMs)
        const pushed = place.pushed()
        return [
          ...(pushed.length > 0 ? [] : [found('nothing was pushed')]),
          ...pushed.flatMap((one) =>
            wrongWith(one, subject.secret).map((what) =>
              found(what, shownPush(one), '/request/headers/webhook-signature'),
            ),
          ),
          ...pushed
            .filter((one, at) => pushed.findIndex((other) => idOf(other) === idOf(one)) !== at)
            .map((one) => found(`${idOf(one)} comes again though it was taken`, shownPush(one))),
        ]
      },
    ),
}

/** How far the sender's clock may be from ours. */
const toleranceMs = 300_000

function wrongWith({ headers, body, at }: Pushed, secret: string): string[] {
  const [id, timestamp, signature] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(
    (name) => headers[name],
  )
  if (id === undefined || timestamp === undefined || signature === undefined) return ['it is not signed']
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(at - Number(timestamp) * 1_000) > toleranceMs)
    return [`it was signed at ${timestamp}, not now`]
  const due = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest()
  const isOurs = signature.split(' ').some((one) => {
    const given = Buffer.from(one.replace(/^v1,/, ''), 'base64')
    return one.startsWith('v1,') && given.length === due.length && timingSafeEqual(given, due)
  })
  return isOurs ? [] : ['its signature is not of this secret']
}

const pushesComeAgainUntilTaken: AgencyScenario = {
  id: 'pushes-come-again-until-taken',
  group: 'timeout',
  title: {
    en: 'A document answered 503 comes again, the same under the same id; once taken it comes no more',
    zh: '收到 503 的回执以相同标识与内容重推；确认后不再推送',
  },
  notApplicable: notPushed,
  judge: (subject) => {
    const met = new Set<string>()
    const onlyAgain = (id: string) => (met.has(id) ? 204 : (met.add(id), 503))
    return hearing(subject, onlyAgain, async (place, file) => {
      await file()
      await place.pass(firstPushMs)
      await until(subject, () => place.pushed().length > 0)
      const [first] = place.pushed()
      if (first === undefined) return [found('nothing was pushed')]
      const tries = () => place.pushed().filter((one) => idOf(one) === idOf(first))
      await until(subject, () => tries().length > 1)
      await later(limits.quietMs)
      const [, second, third] = tries()
      return [
        ...(second === undefined ? [found('it does not come again', shownPush(first))] : []),
        ...(second !== undefined && second.body !== first.body
          ? [found('it comes again with other content', shownPush(second), '/request/body')]
          : []),
        ...(third === undefined ? [] : [found('it comes again after it was taken', shownPush(third))]),
      ]
    })
  },
}

/** By then the first document has been sent: offices look at a filing for some minutes. */
const firstPushMs = 3_600_000

const refusedPushesStop: AgencyScenario = {
  id: 'refused-pushes-stop',
  group: 'timeout',
  title: {
    en: 'A document that is refused (4xx) is not pushed again, and does not hold up the next',
    zh: '被拒收（4xx）的回执不再重推，也不阻塞后续回执',
  },
  notApplicable: notPushed,
  judge: async (subject) => {
    const golden = pushingCase(subject)
    if (golden === undefined) return []
    const whole = await lifeOf(subject, golden)
    let refused: string | undefined
    const refuseFirst = (id: string) => {
      refused ??= id
      return id === refused ? 400 : 204
    }
    return hearing(subject, refuseFirst, async (place, file) => {
      await file()
      await place.pass(longestMs)
      await until(subject, () => place.pushed().length > 0)
      await later(limits.quietMs)
      const pushed = place.pushed()
      const [first] = pushed
      if (first === undefined) return [found('nothing was pushed')]
      const again = pushed.filter((one) => idOf(one) === idOf(first))[1]
      const others = new Set(pushed.map(idOf)).size - 1
      return [
        ...(again === undefined ? [] : [found('it comes again though it was refused', shownPush(again))]),
        ...(others < whole.letters.length - 1
          ? [found(`only ${others} of ${whole.letters.length - 1} documents come after it`, shownPush(first))]
          : []),
      ]
    })
  },
}

/** Waits for something to come, but not for ever. */
async function until({ patienceMs }: AgencySubject, came: () => boolean): Promise<void> {
  for (const end = performance.now() + patienceMs; !came() && performance.now() < end; ) await later(limits.lookMs)
}

export const pushing: readonly AgencyScenario[] = [pushesAreSigned, pushesComeAgainUntilTaken, refusedPushesStop]
