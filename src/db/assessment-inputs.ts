import type { ComplaintSum, JudgedSum } from '../fees/assessment/inputs.ts'
import type { Client } from './database.ts'

/** Days of a round, of Asia/Shanghai, both included. */
interface Period {
  readonly from: string
  readonly to: string
}

/**
 * Lines of bills that were issued in a period 期内账单行, put together. A bill that its trader had checked more than once counts once, as it was
 * judged last.
 */
export async function sumLines(client: Client, { from, to }: Period): Promise<JudgedSum[]> {
  const { rows } = await client.query<{ [name in keyof JudgedSum]: JudgedSum[name] | null }>(
    // Its number is compared as JSON writes it: whatever else a bill says is not looked at.
    `WITH counted AS (
       SELECT DISTINCT ON (tenant, port, payee, (bill::json -> 'payee')::text, (bill::json -> 'billNumber')::text) id FROM bill_check
       WHERE issued_on BETWEEN $1 AND $2
       ORDER BY tenant, port, payee, (bill::json -> 'payee')::text, (bill::json -> 'billNumber')::text, at DESC, id DESC
     )
     SELECT port, payee, fee, kind, verdict, count(*)::int AS lines, sum(charged)::text AS charged, sum(over)::text AS over
     FROM bill_check_line JOIN counted ON counted.id = check_id
     GROUP BY port, payee, fee, kind, verdict`,
    [from, to],
  )
  return rows.map(({ payee, fee, kind, ...row }) => ({
    ...(row as JudgedSum),
    payee: payee ?? undefined,
    fee: fee ?? undefined,
    kind: kind ?? undefined,
  }))
}

/** Complaints that were filed in a period. */
export async function sumComplaints(client: Client, { from, to }: Period): Promise<ComplaintSum[]> {
  const { rows } = await client.query<ComplaintSum>(
    `SELECT port, payee, status, count(*)::int AS complaints, sum(amount)::text AS amount FROM fee_complaint
     WHERE (filed_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN $1 AND $2 GROUP BY port, payee, status`,
    [from, to],
  )
  return rows
}
