import * as z from 'zod'
import {
  editionAnswer,
  editionDifferencesAnswer,
  entriesAnswer,
  entryReadAnswer,
  feeReadAnswer,
  feesAnswer,
  historyAnswer,
  signingKeysAnswer,
} from '../../schemas/fees/answers.ts'
import type { Operation } from './describe.ts'
import { asOfQuery, editionDifferencesQuery, entriesQuery, feesQuery } from './queries-fees.ts'

const tag = 'Fee catalogue'
const headers = ['If-None-Match'] as const

/** The fee catalogue as anybody reads it 收费目录清单, without a key. */
export const feeOperations = {
  listFees: {
    summary: 'What may be charged on a day: the published list, filtered and searched',
    tag,
    description:
      'Today (Asia/Shanghai) when no day is named. All words of `q` must occur in names, other names, service or payee, in Chinese or English. Pages are of one edition and one day: a cursor keeps them, whatever is published meanwhile.',
    query: feesQuery,
    headers,
    answer: { status: 200, description: 'A page, with an ETag', schema: feesAnswer },
    problems: ['invalid-parameter'],
    public: true,
  },
  readFee: {
    summary: 'One fee as of a day',
    tag,
    query: asOfQuery,
    headers,
    answer: { status: 200, description: 'The fee, with an ETag', schema: feeReadAnswer },
    problems: ['invalid-parameter', 'not-found'],
    public: true,
  },
  readFeeHistory: {
    summary: 'What became of a fee from edition to edition, field by field, the newest first',
    tag,
    headers,
    answer: { status: 200, description: 'All of it', schema: historyAnswer },
    problems: ['not-found'],
    public: true,
  },
  listEntries: {
    summary: 'Ports, payees, legal bases, rules and the other entries of the edition of a day',
    tag,
    description: '`type` is port, payee, basis, fee, basket, peer or rule.',
    query: entriesQuery,
    headers,
    answer: { status: 200, description: 'A page', schema: entriesAnswer },
    problems: ['invalid-parameter', 'not-found'],
    public: true,
  },
  readEntry: {
    summary: 'One entry as of a day',
    tag,
    query: asOfQuery,
    headers,
    answer: { status: 200, description: 'The entry, with an ETag', schema: entryReadAnswer },
    problems: ['invalid-parameter', 'not-found'],
    public: true,
  },
  readEntryHistory: {
    summary: 'What became of an entry from edition to edition',
    tag,
    headers,
    answer: { status: 200, description: 'All of it', schema: historyAnswer },
    problems: ['not-found'],
    public: true,
  },
  listEditions: {
    summary: 'All editions, the newest first, and where each stands today',
    tag,
    headers,
    answer: {
      status: 200,
      description: 'All of them',
      schema: z.object({ data: z.array(editionAnswer), hasMore: z.boolean() }),
    },
    problems: [],
    public: true,
  },
  listSigningKeys: {
    summary: 'The public keys editions are signed with',
    tag,
    headers,
    answer: { status: 200, description: 'All of them, retired ones too', schema: signingKeysAnswer },
    problems: [],
    public: true,
  },
  readEditionFeed: {
    summary: 'Atom feed of editions announced, in force and withdrawn',
    tag,
    headers,
    answer: { status: 200, description: 'RFC 4287', schema: z.string(), mediaType: 'application/atom+xml' },
    problems: [],
    public: true,
  },
  readEdition: {
    summary: 'One edition: days, digest, signature, where it stands today',
    tag,
    headers,
    answer: { status: 200, description: 'The edition', schema: editionAnswer },
    problems: ['not-found'],
    public: true,
  },
  readEditionDocument: {
    summary: 'The document of an edition, exactly the bytes its digest and signature are of',
    tag,
    description:
      'One JSON value a line (RFC 8785): the head, then every entry by type and id. `Repr-Digest` (RFC 9530) is its SHA-256. It never changes.',
    headers,
    answer: { status: 200, description: 'The document', schema: z.string(), mediaType: 'application/x-ndjson' },
    problems: ['not-found'],
    public: true,
  },
  readEditionDifferences: {
    summary: 'What differs from another edition, field by field',
    tag,
    description: 'From the edition it was made from when `from` is absent; 0 is an empty list.',
    query: editionDifferencesQuery,
    headers,
    answer: { status: 200, description: 'A page, by type and id', schema: editionDifferencesAnswer },
    problems: ['invalid-parameter', 'not-found'],
    public: true,
  },
  readEditionFee: {
    summary: 'A fee in an edition: an address that never changes',
    tag,
    headers,
    answer: { status: 200, description: 'The fee', schema: feeReadAnswer },
    problems: ['not-found'],
    public: true,
  },
  readEditionEntry: {
    summary: 'An entry in an edition: an address that never changes',
    tag,
    headers,
    answer: { status: 200, description: 'The entry', schema: entryReadAnswer },
    problems: ['not-found'],
    public: true,
  },
} as const satisfies Record<string, Operation>
