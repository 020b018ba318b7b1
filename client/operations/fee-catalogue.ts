// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type {
  editionAnswer,
  editionDifferencesAnswer,
  entriesAnswer,
  entryReadAnswer,
  feeReadAnswer,
  feesAnswer,
  historyAnswer,
  signingKeysAnswer,
} from '../../schemas/fees/answers.ts'
import type { Answer, Operation } from '../operation.ts'

/** Fee catalogue: what goes in and what comes back. */
export interface FeeCatalogueOperations {
  /** What may be charged on a day: the published list, filtered and searched: `GET /v1/fees` */
  listFees: {
    input: {
      limit?: number
      after?: string | number
      day?: string
      port?: string
      payee?: string
      nature?: 'administrative' | 'fund' | 'government-set' | 'government-guided' | 'market'
      kind?: string
      direction?: 'import' | 'export'
      q?: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof feesAnswer>>
  }
  /** One fee as of a day: `GET /v1/fees/{id}` */
  readFee: {
    input: {
      id: string
      day?: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof feeReadAnswer>>
  }
  /** What became of a fee from edition to edition, field by field, the newest first: `GET /v1/fees/{id}/history` */
  readFeeHistory: {
    input: {
      id: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof historyAnswer>>
  }
  /** Ports, payees, legal bases, rules and the other entries of the edition of a day: `GET /v1/fee-entries/{type}` */
  listEntries: {
    input: {
      type: string
      limit?: number
      after?: string | number
      day?: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof entriesAnswer>>
  }
  /** One entry as of a day: `GET /v1/fee-entries/{type}/{id}` */
  readEntry: {
    input: {
      type: string
      id: string
      day?: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof entryReadAnswer>>
  }
  /** What became of an entry from edition to edition: `GET /v1/fee-entries/{type}/{id}/history` */
  readEntryHistory: {
    input: {
      type: string
      id: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof historyAnswer>>
  }
  /** All editions, the newest first, and where each stands today: `GET /v1/fee-editions` */
  listEditions: {
    input: {
      ifNoneMatch?: string
    }
    answer: Answer<200, { data: Array<z.output<typeof editionAnswer>>; hasMore: boolean }>
  }
  /** The public keys editions are signed with: `GET /v1/fee-editions/keys` */
  listSigningKeys: {
    input: {
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof signingKeysAnswer>>
  }
  /** Atom feed of editions announced, in force and withdrawn: `GET /v1/fee-editions/feed.atom` */
  readEditionFeed: {
    input: {
      ifNoneMatch?: string
    }
    answer: Answer<200, string>
  }
  /** One edition: days, digest, signature, where it stands today: `GET /v1/fee-editions/{number}` */
  readEdition: {
    input: {
      number: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof editionAnswer>>
  }
  /** The document of an edition, exactly the bytes its digest and signature are of: `GET /v1/fee-editions/{number}/document` */
  readEditionDocument: {
    input: {
      number: string
      ifNoneMatch?: string
    }
    answer: Answer<200, string>
  }
  /** What differs from another edition, field by field: `GET /v1/fee-editions/{number}/differences` */
  readEditionDifferences: {
    input: {
      number: string
      limit?: number
      after?: string | number
      from?: number
      type?: 'port' | 'payee' | 'basis' | 'fee' | 'basket' | 'peer' | 'rule'
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof editionDifferencesAnswer>>
  }
  /** A fee in an edition: an address that never changes: `GET /v1/fee-editions/{number}/fees/{id}` */
  readEditionFee: {
    input: {
      number: string
      id: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof feeReadAnswer>>
  }
  /** An entry in an edition: an address that never changes: `GET /v1/fee-editions/{number}/entries/{type}/{id}` */
  readEditionEntry: {
    input: {
      number: string
      type: string
      id: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof entryReadAnswer>>
  }
}

/** Fee catalogue: how each is asked. */
export const feeCatalogue = {
  listFees: {
    method: 'GET',
    path: '/v1/fees',
    query: ['limit', 'after', 'day', 'port', 'payee', 'nature', 'kind', 'direction', 'q'],
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  readFee: {
    method: 'GET',
    path: '/v1/fees/{id}',
    query: ['day'],
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  readFeeHistory: {
    method: 'GET',
    path: '/v1/fees/{id}/history',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  listEntries: {
    method: 'GET',
    path: '/v1/fee-entries/{type}',
    query: ['limit', 'after', 'day'],
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  readEntry: {
    method: 'GET',
    path: '/v1/fee-entries/{type}/{id}',
    query: ['day'],
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  readEntryHistory: {
    method: 'GET',
    path: '/v1/fee-entries/{type}/{id}/history',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  listEditions: { method: 'GET', path: '/v1/fee-editions', headers: ['If-None-Match'], accepts: 'application/json' },
  listSigningKeys: {
    method: 'GET',
    path: '/v1/fee-editions/keys',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  readEditionFeed: {
    method: 'GET',
    path: '/v1/fee-editions/feed.atom',
    headers: ['If-None-Match'],
    accepts: 'application/atom+xml',
  },
  readEdition: {
    method: 'GET',
    path: '/v1/fee-editions/{number}',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  readEditionDocument: {
    method: 'GET',
    path: '/v1/fee-editions/{number}/document',
    headers: ['If-None-Match'],
    accepts: 'application/x-ndjson',
  },
  readEditionDifferences: {
    method: 'GET',
    path: '/v1/fee-editions/{number}/differences',
    query: ['limit', 'after', 'from', 'type'],
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  readEditionFee: {
    method: 'GET',
    path: '/v1/fee-editions/{number}/fees/{id}',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  readEditionEntry: {
    method: 'GET',
    path: '/v1/fee-editions/{number}/entries/{type}/{id}',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
} as const satisfies Record<keyof FeeCatalogueOperations, Operation>
