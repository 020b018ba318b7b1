import { expect, test } from 'vitest'
import { declarationDraftAnswer } from '../../schemas/declaration-draft.ts'
import { draftProposalAnswer, proposalAnswer } from '../../schemas/proposal.ts'
import { limits } from '../../src/limits.ts'
import type { GivenFile } from '../../src/proposal/grid.ts'
import { sample, textFile, workbook } from '../proposal/documents.ts'
import { laptops, openWorld } from '../support/world.ts'
import { freshKey, issuesIn, keepingNothing, problemOf } from './support.ts'

const world = await openWorld()
const root = '/v1/declaration-drafts'
const proposedDraft = declarationDraftAnswer.extend(draftProposalAnswer.omit({ guesses: true }).shape).strict()

interface Sending {
  readonly key?: string
  readonly headers?: Record<string, string>
  readonly pasted?: string
  readonly query?: string
}
async function send(
  files: readonly GivenFile[],
  { key = world.keys.trader, headers = freshKey(), pasted, query = '' }: Sending = {},
): Promise<Response> {
  const form = new FormData()
  for (const { name, bytes } of files) form.append('files', new File([new Uint8Array(bytes)], name))
  if (pasted !== undefined) form.append('pasted', pasted)
  return world.app.request(`${root}/proposals${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, ...headers },
    body: form,
  })
}
const papers = ['laptops-invoice.csv', 'laptops-packing-list.csv'].map(sample)
const draftsOf = async (key = world.keys.trader) =>
  ((await (await world.call('GET', root, { key })).json()) as { data: unknown[] }).data.length

test('an invoice and a packing list become a draft with a guess for every field', async () => {
  const response = await send(papers)
  expect(response.status).toBe(201)
  const draft = proposedDraft.parse(await response.json())
  expect(response.headers.get('location')).toBe(`${root}/${draft.id}`)
  expect(response.headers.get('etag')).toBe(`"${draft.id}.1"`)
  expect(draft).toMatchObject({
    title: 'INV-2026-118 · EXAMPLE TECH PTE LTD',
    items: 2,
    direction: 'export',
    issues: [],
  })
  expect(draft.files.map(({ kind, lines }) => [kind, lines])).toEqual([
    ['invoice', 2],
    ['packing-list', 2],
  ])
  const read = await world.call('GET', `${root}/${draft.id}`)
  expect(declarationDraftAnswer.strict().parse(await read.json()).guesses).toEqual(draft.guesses)
  const proposal = await world.call('GET', `${root}/${draft.id}/proposal`)
  expect(draftProposalAnswer.strict().parse(await proposal.json())).toEqual({
    files: draft.files,
    issues: draft.issues,
    guesses: draft.guesses,
  })
})

test('a dry run answers the proposal, takes no key and keeps nothing', async () => {
  const before = await draftsOf()
  const response = await keepingNothing(world, () => send(papers, { headers: {}, query: '?dryRun=true' }))
  expect(response.status).toBe(200)
  const { document, guesses } = proposalAnswer.strict().parse(await response.json())
  expect(document).toMatchObject({ direction: 'export' })
  expect(guesses.length).toBeGreaterThan(50)
  expect(await draftsOf()).toBe(before)
})

test('the same files under the same key are one draft, whatever stands between the parts; others are refused', async () => {
  const headers = freshKey()
  const [first, second] = await Promise.all([send(papers, { headers }), send(papers, { headers })])
  const [one, other] = (await Promise.all([first?.json(), second?.json()])) as { id: string }[]
  expect(other?.id).toBe(one?.id)
  expect([first?.headers.get('idempotent-replayed'), second?.headers.get('idempotent-replayed')].toSorted()).toEqual(
    [null, 'true'].toSorted(),
  )
  await problemOf(await send(papers.slice(0, 1), { headers }), 'idempotency-key-reused')
  await problemOf(await send(papers, { headers: {} }), 'idempotency-key-missing')
})

test('one file that cannot be read refuses all: each is named with its reason, and nothing is kept', async () => {
  const before = await draftsOf()
  const files = [textFile('scan.pdf', '%PDF-1.7'), ...papers, textFile('notes.txt', 'nothing to be found')]
  const problem = await problemOf(await keepingNothing(world, () => send(files)), 'documents-unreadable')
  expect(issuesIn(problem)).toEqual(['/files/0 format-unknown', '/files/3 not-recognised'])
  expect(problem.errors?.map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/^scan\.pdf: PDF cannot be read/),
    expect.stringMatching(/^notes\.txt: No table/),
  ])
  expect(problem.errors?.every(({ detailZh }) => /[\u4e00-\u9fff]/.test(detailZh))).toBe(true)
  expect(await draftsOf()).toBe(before)
})

test('what cannot be taken in for its size or its format says so in its status', async () => {
  const large = { name: 'large.csv', bytes: new Uint8Array(limits.proposalFileBytes + 1).fill(65) }
  await problemOf(await send([large]), 'body-too-large')
  await problemOf(await send([textFile('a.pdf', '%PDF-1.7')]), 'unsupported-media-type')
  const json = { authorization: `Bearer ${world.keys.trader}`, 'content-type': 'application/json', ...freshKey() }
  await problemOf(
    await world.app.request(`${root}/proposals`, { method: 'POST', headers: json, body: '{}' }),
    'unsupported-media-type',
  )
  const torn = { ...json, 'content-type': 'multipart/form-data; boundary=x' }
  await problemOf(
    await world.app.request(`${root}/proposals`, { method: 'POST', headers: torn, body: 'torn' }),
    'malformed-body',
  )
  expect(issuesIn(await problemOf(await send([]), 'body-invalid'))).toEqual(['/files missing'])
  const many = Array.from({ length: limits.proposalFiles + 1 }, () => sample('laptops-invoice.csv'))
  expect(issuesIn(await problemOf(await send(many), 'body-invalid'))).toEqual(['/files too-many'])
})

test('a declaration in JSON becomes the draft as it is: nothing of it is a guess, and what is wrong is told', async () => {
  const { functionalReferenceId: _, ...rest } = laptops('IGNORED')
  const response = await send([textFile('declaration.json', JSON.stringify({ ...rest, direction: 'sideways' }))])
  const draft = proposedDraft.parse(await response.json())
  expect(draft.guesses).toEqual([])
  expect(draft.document).toMatchObject({ direction: 'sideways' })
  expect(draft.issues.map(({ pointer }) => pointer)).toEqual(
    expect.arrayContaining(['/functionalReferenceId', '/direction']),
  )
  expect(draft.files).toEqual([{ name: 'declaration.json', kind: 'declaration', lines: 1 }])
})

test('of a declaration with an invoice, the sender’s own fields stand and the invoice fills what is missing', async () => {
  const own = { functionalReferenceId: 'OWN-1', direction: 'export', goodsShipment: { contractNumber: 'MINE' } }
  const response = await send([textFile('own.json', JSON.stringify(own)), sample('laptops-invoice.csv')])
  const draft = proposedDraft.parse(await response.json())
  expect(draft.document).toMatchObject({
    functionalReferenceId: 'OWN-1',
    goodsShipment: { contractNumber: 'MINE', invoice: { id: 'INV-2026-118' } },
  })
  expect(draft.guesses.map(({ pointer }) => pointer)).not.toContain('/goodsShipment/contractNumber')
})

test('a table from the clipboard is read as a file is', async () => {
  const pasted =
    'Invoice No.:\tPASTED-1\r\nPort of loading:\tChongqing\r\nDescription\tQty\tAmount (USD)\r\n笔记本电脑\t2\t1025.00'
  const draft = proposedDraft.parse(await (await send([], { pasted })).json())
  expect(draft.document).toMatchObject({
    goodsShipment: { invoice: { id: 'PASTED-1' }, items: [{ totalPrice: '1025' }] },
  })
  expect(draft.guesses.every(({ source }) => source?.file === 'pasted')).toBe(true)
})

test('a workbook with both sheets is one file of two papers', async () => {
  const file = await workbook('papers.xlsx', {
    Invoice: [
      ['Invoice No.', 'W-1', 'Invoice date', new Date('2026-11-18')],
      ['Description', 'HS Code', 'Qty', 'Unit', 'Unit price (USD)', 'Amount (USD)'],
      ['笔记本电脑', '8471309000', 3, 'PCS', 500.1, 1500.3],
    ],
    'Packing list': [
      ['Description', 'Cartons', 'G.W. (KGS)', 'N.W. (KGS)'],
      ['笔记本电脑', 1, 7.35, 6.1],
    ],
  })
  const draft = proposedDraft.parse(await (await send([file])).json())
  expect(draft.document).toMatchObject({
    goodsShipment: {
      invoice: { id: 'W-1', issueDate: '2026-11-18' },
      totalGrossMassKg: '7.35',
      items: [{ unitPrice: '500.1', totalPrice: '1500.3', netMassKg: '6.1' }],
    },
  })
  expect(draft.guesses.find(({ pointer }) => pointer.endsWith('totalGrossMassKg'))?.source).toEqual({
    file: 'papers.xlsx',
    sheet: 'Packing list',
    cell: 'C2',
  })
})

test('totals that are not what their lines come to are told, and the printed one stands', async () => {
  const text = 'PACKING LIST\nDescription,Cartons,G.W. (KGS)\nA 手套,1,10\nB 手套,2,20\nTOTAL,3,31\n'
  const draft = proposedDraft.parse(await (await send([textFile('list.csv', text)])).json())
  expect(draft.issues.map(({ pointer, code }) => `${pointer} ${code}`)).toContain(
    '/goodsShipment/totalGrossMassKg total-differs',
  )
  expect(draft.document).toMatchObject({ goodsShipment: { totalGrossMassKg: '31', packaging: { quantity: 3 } } })
})

test('a proposal is its trader’s own, and only a draft from documents has one', async () => {
  const { id } = proposedDraft.parse(await (await send(papers)).json())
  await problemOf(await world.call('GET', `${root}/${id}/proposal`, { key: world.keys.stranger }), 'not-found')
  await problemOf(await world.call('GET', `${root}/${id}/proposal`, { key: world.keys.admin }), 'forbidden')
  await problemOf(await send(papers, { key: world.keys.admin }), 'forbidden')
  const empty = (await (await world.call('POST', root, { body: {}, headers: freshKey() })).json()) as { id: string }
  await problemOf(await world.call('GET', `${root}/${empty.id}/proposal`), 'not-found')
})

test('with its draft a proposal goes too', async () => {
  const { id } = proposedDraft.parse(await (await send(papers)).json())
  await world.call('DELETE', `${root}/${id}`, { headers: { 'if-match': `"${id}.1"` } })
  await problemOf(await world.call('GET', `${root}/${id}/proposal`), 'not-found')
  const { rows } = await world.database.pool.query(
    'SELECT draft_id FROM declaration_draft_proposal WHERE draft_id = $1',
    [id],
  )
  expect(rows).toEqual([])
})
