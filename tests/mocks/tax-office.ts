import { type Desk, magicOf } from '../../mocks/agency.ts'
import { tax } from '../../mocks/tax/index.ts'

export interface Notice {
  noticeId: string
  head: { ourReference: string; messageId: string; traderReference: string; issuedAt: string }
  slbh?: string
  bgbh?: string
  status: string
  ends: string
  fields: Record<string, string>
}
export interface Receipt {
  accepted: string
  code: string
  slbh?: string
  bgbh?: string
  doubts: { code: string; level: string; list: string; sbxh: string; field: string }[]
}

/** An office at a desk whose clock only moves when told, and whose draws are all the same. */
export function office(drawn = 0.5) {
  let now = Date.parse('2026-12-02T10:00:00+08:00')
  const waiting: { at: number; act: () => void }[] = []
  const notices: Notice[] = []
  const effects: string[] = []
  const desk: Desk = {
    now: () => now,
    began: now,
    after: (delayMs, act) => void waiting.push({ at: now + delayMs, act }),
    draw: () => drawn,
    send: (_, { body }) => void notices.push(JSON.parse(body) as Notice),
    posted: () => [],
    asked: (reference) => magicOf(reference, 'T'),
    effect: (reference, what) => void effects.push(`${reference}: ${what}`),
  }
  const app = tax.open(desk)
  const post = async (path: string, document: unknown) => {
    const body = typeof document === 'string' ? document : JSON.stringify(document)
    const answer = await app.request(path, { method: 'POST', body })
    return { status: answer.status, receipt: (await answer.json()) as Receipt }
  }
  return {
    notices,
    effects,
    statuses: () => notices.map(({ status }) => status),
    claim: (document: unknown) => post('/refunds', document),
    certificates: (document: unknown) => post('/payment-certificates', document),
    amend: (document: unknown) => post('/amendments', document),
    withdraw: (document: unknown) => post('/withdrawals', document),
    inquire: async (path: string) => {
      const answer = await app.request(path)
      return { status: answer.status, body: (await answer.json()) as { receipt?: Receipt; notices?: Notice[] } }
    },
    /** Lets a time pass, doing what falls due in order. */
    pass: (days: number) => {
      const end = now + days * 86_400_000
      for (;;) {
        const next = waiting.sort((a, b) => a.at - b.at)[0]
        if (next === undefined || next.at > end) break
        waiting.shift()
        now = next.at
        next.act()
      }
      now = end
    },
  }
}

export function claim(change: { reference?: string; messageId?: string; trader?: string } = {}) {
  const { reference = 'YC26112100000001', messageId = `${reference}-1`, trader = 'EV-2026-31' } = change
  return {
    head: {
      ourReference: reference,
      messageId,
      traderReference: trader,
      submittedAt: '2026-12-02T01:30:00Z',
    },
    taxpayer: { nsrsbh: '91500105MA5U0E300G', nsrmc: '重庆样例新能源汽车有限公司' },
    sbb: { ssq: '202611', sbpc: '001', sqtse: '117000.00', ckmxhs: '1', jhmxhs: '1' },
    ckmx: [
      {
        sbxh: '1',
        glh: '20261100100000001',
        ckfph: 'EV-2026-31',
        ckbgdh: '800720260000000123001',
        ckrq: '2026-11-21',
        cksp_dm: '8703800090',
        sbhgspmc: '纯电动乘用车',
        hgjldwmc: '辆',
        cksl: '6',
        mylaj: '150000.00',
        rmblaj: '1065000.00',
      },
    ],
    jhmx: [
      {
        sbxh: '1',
        glh: '20261100100000001',
        sz: 'V',
        jhpzh: '26502000000012345678',
        ghfnsrsbh: '91500106MA5U0C102B',
        kprq: '2026-11-10',
        cksp_dm: '8703800090',
        spmc: '纯电动乘用车',
        jldwmc: '辆',
        sl: '6',
        jsje: '900000.00',
        zssl: '0.13',
        zsse: '117000.00',
        tsl: '0.13',
        tse: '117000.00',
      },
    ],
    shqk: [] as object[],
  }
}

export function certificates(change: { reference?: string; messageId?: string; trader?: string } = {}) {
  const { reference = 'YC26112100000002', messageId = `${reference}-1`, trader = 'BEEF-2026-07' } = change
  return {
    head: { ourReference: reference, messageId, traderReference: trader, submittedAt: '2026-12-02T09:30:00+08:00' },
    taxpayer: { nsrsbh: '91500103MA5U0F207T', nsrmc: '重庆样例食品进出口有限公司' },
    ssq: '202611',
    jks: [
      {
        sbxh: '1',
        jkshm: '801620261000000456-L01',
        bgdh: '801620261000000456',
        tfrq: '2026-11-20',
        wsjg: '980000.00',
        se: '88200.00',
      },
    ],
  }
}

/** What a claim goes through when nothing comes in between. */
export const paidCourse = ['ACCEPTED', 'IN_REVIEW', 'APPROVED', 'REFUND_NOTE_ISSUED', 'TREASURY_PAID', 'CLOSED']
