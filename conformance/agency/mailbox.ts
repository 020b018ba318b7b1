/** The mailbox of a polled agency 收件箱: pages from a cursor on, that leave nothing out and stay as they are. */
import type { MailboxPage } from '../../adapters/adapter.ts'
import { type Answer, found } from '../http.ts'
import { atPlace, longestMs } from './life.ts'
import type { Place } from './place.ts'
import { plainCase, submit } from './prelude.ts'
import { type AgencyScenario, type AgencySubject } from './subject.ts'

interface Page extends MailboxPage {
  readonly answer: Answer
}

const notPolled = ({ adapter }: AgencySubject) =>
  adapter.mailbox === undefined ? 'its documents are pushed, or stand in its answers' : undefined

async function look({ adapter: { mailbox } }: AgencySubject, place: Place, cursor: string): Promise<Page> {
  if (mailbox === undefined) throw new Error('there is no mailbox')
  const answer = await place.ask(mailbox.encode(cursor))
  return { ...mailbox.decode(answer, cursor), answer }
}

/** Opens a place with a filing that has come to its end, and the page all its documents lie on. */
const withDocuments = <T>(subject: AgencySubject, act: (place: Place, page: Page, start: string) => Promise<T>) =>
  atPlace(subject, plainCase(subject), async ({ place, golden }) => {
    const start = (await look(subject, place, '0')).cursor
    await submit(subject, place, golden)
    await place.pass(longestMs)
    return act(place, await look(subject, place, start), start)
  })

const namesOn = ({ documents }: MailboxPage) => documents.map(({ name }) => name).join(' ')

const beyondTheEnd = 1_000

const mailboxGoesOnFromItsCursor: AgencyScenario = {
  id: 'mailbox-goes-on-from-its-cursor',
  group: 'sequence',
  title: {
    en: 'A page of the mailbox leads to the next: nothing is left out, and beyond the end there is nothing',
    zh: '收件箱按游标逐页衔接：不遗漏，末尾之后为空',
  },
  notApplicable: notPolled,
  judge: (subject) =>
    withDocuments(subject, async (place, whole, start) => {
      const next = await look(subject, place, whole.cursor)
      // Only a cursor that counts has a beyond.
      const isCount = /^\d{1,15}$/.test(whole.cursor)
      const beyond = isCount ? await look(subject, place, String(Number(whole.cursor) + beyondTheEnd)) : next
      return [
        ...(whole.documents.length > 0 ? [] : [found('a filing leaves no document', whole.answer.exchange)]),
        ...(whole.cursor === start && whole.documents.length > 0
          ? [found(`the cursor stands still at ${start}`, whole.answer.exchange, '/response/body')]
          : []),
        ...(next.documents.length === 0
          ? []
          : [found('what was read comes again after its cursor', next.answer.exchange)]),
        ...(next.documents.length === 0 && next.cursor !== whole.cursor
          ? [found(`an empty page moves the cursor from ${whole.cursor} to ${next.cursor}`, next.answer.exchange)]
          : []),
        ...(beyond.documents.length === 0 ? [] : [found('there are documents beyond the end', beyond.answer.exchange)]),
        ...(new Set(whole.documents.map(({ name }) => name)).size === whole.documents.length
          ? []
          : [found(`documents share a name: ${namesOn(whole)}`, whole.answer.exchange)]),
      ]
    }),
}

const mailboxIsKept: AgencyScenario = {
  id: 'mailbox-is-kept',
  group: 'disorder',
  title: {
    en: 'The same page read again, or by two readers at once, is the same page',
    zh: '同一页重复读取或两方同时读取，内容一致',
  },
  notApplicable: notPolled,
  judge: (subject) =>
    withDocuments(subject, async (place, whole, start) => {
      const [again, ...others] = [
        await look(subject, place, start),
        ...(await Promise.all([look(subject, place, start), look(subject, place, start)])),
      ]
      const different = [again, ...others].find((page) => page.answer.body !== whole.answer.body)
      return different === undefined
        ? []
        : [
            found(
              `read again it holds ${namesOn(different) || 'nothing'}, before ${namesOn(whole)}`,
              different.answer.exchange,
              '/response/body',
            ),
          ]
    }),
}

const mailboxMindsItsCursor: AgencyScenario = {
  id: 'mailbox-minds-its-cursor',
  group: 'forbidden',
  title: {
    en: 'A cursor that is none is no failure of the endpoint, and never hides what lies there',
    zh: '无效游标不致端点故障，也不会隐藏回执',
  },
  notApplicable: notPolled,
  judge: (subject) =>
    withDocuments(subject, async (place, whole) => {
      const { mailbox } = subject.adapter
      if (mailbox === undefined) return []
      const cursors = ['-1', '1.5', 'x', '9'.repeat(30), encodeURIComponent("0' OR 1=1")]
      const answers = await Promise.all(cursors.map((cursor) => place.ask(mailbox.encode(cursor))))
      const after = await look(subject, place, '0')
      return [
        ...answers
          .filter(({ status }) => status >= 500)
          .map(({ status, exchange }) => found(`answered ${status}`, exchange, '/response/status')),
        ...(whole.documents.every(({ name }) => after.documents.some((one) => one.name === name))
          ? []
          : [found('documents are gone', after.answer.exchange)]),
      ]
    }),
}

export const mailbox: readonly AgencyScenario[] = [mailboxGoesOnFromItsCursor, mailboxIsKept, mailboxMindsItsCursor]
