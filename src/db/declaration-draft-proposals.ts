import type { Client, Queryable } from './database.ts'

/** Keeps what a draft was proposed from, beside the draft. */
export async function keepProposal(client: Client, draftId: string, proposal: string): Promise<void> {
  await client.query('INSERT INTO declaration_draft_proposal (draft_id, proposal) VALUES ($1, $2)', [draftId, proposal])
}

/** What a firm's draft was proposed from; undefined where it was not, or is none of the firm's. */
export async function readProposal(
  client: Queryable,
  { id, tenant }: { readonly id: string; readonly tenant: string },
): Promise<string | undefined> {
  const { rows } = await client.query<{ proposal: string }>(
    'SELECT proposal FROM declaration_draft_proposal JOIN declaration_draft ON id = draft_id WHERE id = $1 AND tenant = $2',
    [id, tenant],
  )
  return rows[0]?.proposal
}
