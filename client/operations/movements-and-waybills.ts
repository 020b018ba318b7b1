// Generated from the OpenAPI description and schemas/ by `npm run client`: not edited by hand.
import type * as z from 'zod'
import type { declarationMovements, movementsAnswer, movementsDescribed } from '../../schemas/movement.ts'
import type { actionRequest, waybill, waybillAnswer, waybillExport, waybillSummary } from '../../schemas/waybill.ts'
import type { Answer, Operation } from '../operation.ts'

/** Movements and waybills: what goes in and what comes back. */
export interface MovementsAndWaybillsOperations {
  /** Where the goods are, where they come from and go, and what it cost so far 动态可查、去向可溯、成本可控: `GET /v1/declarations/{id}/movements` */
  readWhereabouts: {
    input: {
      id: string
    }
    answer: Answer<200, z.output<typeof declarationMovements>>
  }
  /** Tell what happened, or is to happen, to goods on their way 报送动态: `POST /v1/movements` */
  tellMovements: {
    input: {
      body: z.input<typeof movementsDescribed>
    }
    answer: Answer<207, z.output<typeof movementsAnswer>>
  }
  /** Events of own goods, of one container; for a carrier: what it told itself; the newest first: `GET /v1/movements` */
  listMovements: {
    input: {
      limit?: number
      after?: string | number
      equipmentReference?: string
    }
    answer: Answer<
      200,
      {
        data: Array<{
          eventID: string
          publisher: string
          publisherName?: string
          publisherRole?: string
          eventType: 'SHIPMENT' | 'TRANSPORT' | 'EQUIPMENT'
          classifier?: 'PLN' | 'EST' | 'ACT'
          code?: string
          name: { en: string; zh: string } /** when it happened or is to happen */
          at: string /** when its publisher wrote it down */
          toldAt: string /** when it came here */
          knownAt: string
          mode?: 'VESSEL' | 'RAIL' | 'TRUCK' | 'BARGE'
          place?: { unLocode?: string; name?: string; countryCode?: string; facility?: string }
          equipmentReference?: string
          conveyance?: string
          remark?: string /** document, conveyance, equipment: why it belongs to this declaration */
          joinedBy?: string
          retracts?: string /** taken back: struck out, and kept */
          retracted?: { by: string; at: string }
          declarationIds?: Array<string>
        }>
        hasMore: boolean
        nextCursor?: string
      }
    >
  }
  /** Draw up a single document for a carriage by several modes 一单制制单: `POST /v1/waybills` */
  drawUpWaybill: {
    input: {
      body: z.input<typeof waybill>
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof waybillAnswer>>
  }
  /** Documents the caller is, or was, party to, the newest first: `GET /v1/waybills` */
  listWaybills: {
    input: {
      limit?: number
      after?: string | number
      held?: 'true'
    }
    answer: Answer<200, { data: Array<z.output<typeof waybillSummary>>; hasMore: boolean; nextCursor?: string }>
  }
  /** A document with its chain 流转记录, as far as the caller was party to it: `GET /v1/waybills/{number}` */
  readWaybill: {
    input: {
      number: string
      ifNoneMatch?: string
    }
    answer: Answer<200, z.output<typeof waybillAnswer>>
  }
  /** The chain as a file anybody can check 离线验证: `GET /v1/waybills/{number}/export` */
  exportWaybill: {
    input: {
      number: string
    }
    answer: Answer<200, z.output<typeof waybillExport>>
  }
  /** Approve, issue, endorse, hand over, give back, deliver, void 背书、交付、交还、放货: `POST /v1/waybills/{number}/actions` */
  actOnWaybill: {
    input: {
      number: string
      body: z.input<typeof actionRequest>
      ifMatch: string
      idempotencyKey?: string
    }
    answer: Answer<201, z.output<typeof waybillAnswer>>
  }
}

/** Movements and waybills: how each is asked. */
export const movementsAndWaybills = {
  readWhereabouts: { method: 'GET', path: '/v1/declarations/{id}/movements', accepts: 'application/json' },
  tellMovements: { method: 'POST', path: '/v1/movements', accepts: 'application/json' },
  listMovements: {
    method: 'GET',
    path: '/v1/movements',
    query: ['limit', 'after', 'equipmentReference'],
    accepts: 'application/json',
  },
  drawUpWaybill: { method: 'POST', path: '/v1/waybills', headers: ['Idempotency-Key'], accepts: 'application/json' },
  listWaybills: { method: 'GET', path: '/v1/waybills', query: ['limit', 'after', 'held'], accepts: 'application/json' },
  readWaybill: {
    method: 'GET',
    path: '/v1/waybills/{number}',
    headers: ['If-None-Match'],
    accepts: 'application/json',
  },
  exportWaybill: { method: 'GET', path: '/v1/waybills/{number}/export', accepts: 'application/json' },
  actOnWaybill: {
    method: 'POST',
    path: '/v1/waybills/{number}/actions',
    headers: ['If-Match', 'Idempotency-Key'],
    accepts: 'application/json',
  },
} as const satisfies Record<keyof MovementsAndWaybillsOperations, Operation>
