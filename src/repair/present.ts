import type { Text } from '../../schemas/text.ts'
import type { LaneView } from '../db/lanes.ts'
import type { Replay, ReplayFiling, ReplaySummary } from '../db/replays.ts'
import type { Cause, Orphan, StuckCount, StuckRow } from '../db/stuck.ts'
import type { Shown, Wanted } from './replay.ts'

/** Why something is stuck, in plain words 滞留原因. */
export const causeNames: { readonly [cause in Cause]: Text } = {
  undelivered: {
    en: 'Its agency could not be reached, or did not answer so that it could be understood',
    zh: '无法送达或应答无法解析',
  },
  exhausted: {
    en: 'Given up after all tries: replay it once the trouble is over',
    zh: '已达最多尝试次数，排除故障后请重发',
  },
  unknown: {
    en: 'It may have arrived: the agency is asked before it is sent again',
    zh: '结果未知，重发前先向机构查询',
  },
  stopped: { en: 'An operator stopped the lane', zh: '通道已人工停用' },
  'breaker-open': { en: 'The lane rests after failures in a row', zh: '连续失败，通道熔断' },
  trouble: {
    en: 'Our own encoder failed: replay it encoded once the adapter is mended',
    zh: '无法生成报文，修复后请重新生成并发送',
  },
  silent: { en: 'Its agency has it and has said nothing for long', zh: '机构已收，但长时间无回执' },
  orphan: { en: 'A receipt of a filing nobody knows', zh: '回执找不到对应申报' },
  unintelligible: { en: 'A document that could not be understood', zh: '报文无法解析' },
  mailbox: { en: 'The mailbox cannot be read', zh: '收件箱无法读取' },
  note: { en: 'A note to the agency does not arrive, or it will not have it', zh: '协同通知无法送达或被拒收' },
  certificate: {
    en: 'What is to be told of a certificate does not get through: its issuer gives no answer, or one that moves nothing forward',
    zh: '监管证件的预留、核销或释放未得到发证机关确认',
  },
  unanswered: { en: 'A request for assistance was not answered in time', zh: '执法互助请求逾期未答复' },
}

/** Where one can look at it. */
const hrefOf = ({ cause, id, agency, filing }: StuckRow): string =>
  filing !== null
    ? `/v1/declarations/${filing.declarationId}/filings/${filing.id}`
    : cause === 'orphan'
      ? `/v1/operations/receipts?agency=${agency}`
      : cause === 'unintelligible'
        ? `/v1/operations/messages/${id}`
        : cause === 'unanswered'
          ? `/v1/assistance/${id}`
          : '/v1/operations/lanes'

export const presentStuck = (row: StuckRow) => {
  const { cause, agency, since, error, filing } = row
  const certificate = filing?.certificate ?? null
  const delivery = cause === 'certificate' ? certificate : (filing?.delivery ?? null)
  return {
    cause,
    causeName: causeNames[cause],
    agency,
    since: since.toISOString(),
    ...(error === null ? {} : { error }),
    ...(cause === 'breaker-open' ? { worker: row.id.slice(0, -agency.length - 1) } : {}),
    ...(filing === null
      ? {}
      : {
          declarationId: filing.declarationId,
          filingId: filing.id,
          procedure: filing.procedure,
          attempt: filing.attempt,
          status: filing.status,
        }),
    ...(delivery === null
      ? {}
      : {
          tries: delivery.tries,
          unknown: delivery.unknown,
          ...(cause === 'exhausted' ? {} : { nextAttemptAt: new Date(delivery.dueAt).toISOString() }),
        }),
    ...(certificate === null
      ? {}
      : { certificate: { typeCode: certificate.typeCode, number: certificate.number, asking: certificate.asking } }),
    href: hrefOf(row),
  }
}

export const presentStuckCount = ({ cause, agency, count, oldest }: StuckCount) => ({
  cause,
  causeName: causeNames[cause],
  agency,
  count,
  oldest: oldest.toISOString(),
})

export const presentOrphan = ({ messageId, receivedAt, ...orphan }: Orphan) => ({
  ...orphan,
  receivedAt: receivedAt.toISOString(),
  ...(messageId === null ? {} : { messageId }),
})

export function presentLane({ order, oldest, lastError, mailbox, ...lane }: LaneView) {
  const instant = (text: string) => new Date(text).toISOString()
  return {
    agency: lane.agency,
    state: order?.state ?? ('closed' as const),
    ...(order === null
      ? {}
      : { order: { state: order.state, reason: order.reason, by: order.by, at: instant(order.at) } }),
    workers: lane.workers.map((worker) => ({ ...worker, since: instant(worker.since) })),
    ratePerMinute: lane.rate,
    failures: lane.failures,
    waiting: lane.waiting,
    leased: lane.leased,
    unknown: lane.unknown,
    exhausted: lane.exhausted,
    ...(oldest === null ? {} : { oldest: instant(oldest) }),
    ...(lastError === null ? {} : { lastError }),
    ...(mailbox === null
      ? {}
      : {
          mailbox: {
            cursor: mailbox.cursor,
            dueAt: instant(mailbox.dueAt),
            ...(mailbox.error === null ? {} : { error: mailbox.error }),
            ...(mailbox.failedAt === null ? {} : { failedAt: instant(mailbox.failedAt) }),
          },
        }),
  }
}

export const presentShown = ({ digest, until, filings, left, answered, after }: Shown) => ({
  confirm: digest,
  until: until.toISOString(),
  filings: filings.map(({ verdict, difference, ...filing }) => ({
    ...filing,
    ...(verdict.send
      ? {
          outcome: 'would-be-sent',
          bytes: verdict.digest,
          size: Buffer.byteLength(verdict.message.body ?? ''),
          asksFirst: verdict.asksFirst,
        }
      : { outcome: verdict.code, detail: verdict.why }),
    ...(difference === undefined ? {} : { difference }),
  })),
  left,
  answered,
  ...(after === undefined ? {} : { after }),
})

export const presentReplay = (
  replay: Replay,
  { from, force }: Pick<Wanted, 'from' | 'force'>,
  filings: readonly ReplayFiling[],
) => ({
  id: replay.id,
  from,
  force,
  reason: replay.reason ?? '',
  by: replay.by ?? '',
  confirmedAt: (replay.confirmedAt ?? replay.shownAt).toISOString(),
  filings: filings.map(({ outcome = 'open', detail, bytes, ...filing }) => ({
    filingId: filing.filingId,
    declarationId: filing.declarationId,
    agency: filing.agency,
    procedure: filing.procedure,
    attempt: filing.attempt,
    outcome,
    ...(detail === undefined ? {} : { detail }),
    ...(bytes === undefined ? {} : { bytes }),
  })),
  left: replay.left,
  links: { self: `/v1/operations/replays/${replay.id}` },
})

export const presentReplayStanding = ({ filingId, status, waiting, error }: ReplayFiling) => ({
  filingId,
  status,
  waiting,
  ...(error === undefined ? {} : { error }),
})

export const presentReplaySummary = (replay: ReplaySummary, { from, force }: Pick<Wanted, 'from' | 'force'>) => ({
  id: replay.id,
  from,
  force,
  reason: replay.reason,
  by: replay.by,
  confirmedAt: replay.confirmedAt.toISOString(),
  filings: replay.filings,
  accepted: replay.accepted,
  open: replay.open,
  links: { self: `/v1/operations/replays/${replay.id}` },
})
