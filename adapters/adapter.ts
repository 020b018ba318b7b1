import type * as z from 'zod'
import type { CertificateUse } from '../schemas/certificates.ts'
import type { Declaration } from '../schemas/declaration/index.ts'
import type { Duties } from '../schemas/duties.ts'
import type { Issue } from '../schemas/issue.ts'
import type { Receipt, Reference } from '../schemas/receipt.ts'
import type { Recognised, RecordedResult } from '../schemas/recognition.ts'
import type { FilingStatus } from '../schemas/status.ts'
import type { Text } from '../schemas/text.ts'

/** What goes to an agency: an HTTP request below that agency's address. */
export interface WireMessage {
  readonly method: 'GET' | 'POST'
  /** Below the agency's address, with a leading slash. */
  readonly path: string
  readonly contentType?: string
  readonly body?: string
}

/** What came from an agency: the answer to a request, a page of its mailbox, or a document it pushed. */
export interface Reply {
  /** HTTP status of an answer; 200 for a push. */
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** One document out of a mailbox, with what it says. */
export interface MailboxDocument {
  readonly name: string
  readonly contentType: string
  readonly body: string
  /** Set when the document itself is nonsense: its bytes are kept, the others of the page go on. */
  readonly unintelligible?: string
  readonly receipts: readonly Receipt[]
}

/** What a page of a mailbox held, and the cursor the next one starts from. */
export interface MailboxPage {
  readonly documents: readonly MailboxDocument[]
  readonly cursor: string
}

/** A declaration with the particulars of one of its procedures, parsed. */
export interface Filed {
  readonly declaration: Declaration
  readonly particulars: unknown
}

/** What an amendment or a cancellation 修撤单 is about: a filing as its agency holds it, and what it is to become. */
export interface Change {
  /** Our own number of that filing, and of the message its agency holds. */
  readonly reference: string
  readonly messageId: string
  readonly serial: number
  readonly procedure: string
  readonly status: FilingStatus
  /** The names that filing has. */
  readonly references: readonly Reference[]
  /** As it was filed. */
  readonly before: Filed
  /** As it is to be; absent when it is cancelled. */
  readonly after?: Filed
  /** Why, in the trader's words. */
  readonly reason: string
}

/** A further declaration that a filing covers (a batch claim), with the names all its filings have, by agency. */
export interface Covered {
  readonly declaration: Declaration
  readonly references: { readonly [agency: string]: readonly Reference[] }
}

/** What a filing is about beside its own declaration. */
export interface About {
  /** Given exactly to procedures that amend or cancel. */
  readonly change?: Change
  /** Given to a filing over several declarations: those beside its own. */
  readonly others?: readonly Covered[]
  /** Results of other agencies that stand in for checks of this one 互认: valid when it is encoded, and no longer than each says. */
  readonly recognitions?: readonly Recognised[]
}

/** Everything an encoder may know. The same submission always encodes to the same bytes. */
export interface Submission<P = unknown> extends About {
  /** For an amendment as it is to be; for a cancellation as it stands. */
  readonly declaration: Declaration
  readonly particulars: P
  /** Our own number of this filing, the same in every attempt: [A-Z0-9], 20 characters. */
  readonly reference: string
  /** Our own number of this attempt: the reference, `-` and the attempt. */
  readonly messageId: string
  /** A positive number of this filing, for agencies that want a short serial. */
  readonly serial: number
  /** Names this filing already has, and names of the filings it waited for, by agency. */
  readonly references: { readonly [agency: string]: readonly Reference[] }
  readonly attempt: number
  /** When it was encoded, RFC 3339 in UTC. */
  readonly instant: string
}

/** A filing that must first reach a status. One that is not in the plan counts as met. */
export interface Condition {
  readonly agency: string
  readonly procedure: string
  readonly status: FilingStatus
}

/** Something that must be done in time 期限, as far as an agency's receipts tell. */
export interface Deadline {
  /** One word for it within its filing. */
  readonly id: string
  /** RFC 3339. Past this it is overdue. */
  readonly dueAt: string
  /** When to remind. */
  readonly remindAt: string
  /** What must be done. */
  readonly what: Text
}

/** How a filing stands, for what follows from it. */
export interface Standing<P = unknown> extends Filed {
  readonly particulars: P
  readonly status: FilingStatus
  readonly references: readonly Reference[]
  /** Of the present attempt, in the agency's order. */
  readonly receipts: readonly Receipt[]
}

/** One thing an agency does 办理事项. */
export interface Procedure<P = unknown> {
  readonly name: Text
  /**
   * Filed when a trader asks for it (POST …/filings): `only` then, or `also` once more beside what was planned at acceptance (a
   * second payment, a further claim). Left out: planned at acceptance alone.
   */
  readonly onRequest?: 'only' | 'also'
  /** One filing on request may cover several declarations (a batch claim). */
  readonly several?: boolean
  /** It changes filings of these procedures of the same agency, when a trader amends the declaration. Never planned. */
  readonly amends?: readonly string[]
  /** It takes filings of these procedures back, when a trader cancels the declaration or they are no longer needed. Never planned. */
  readonly cancels?: readonly string[]
  /** What an agency must have said of a filing before it can change it; `acknowledged` when left out. */
  readonly changeableFrom?: FilingStatus
  /** The first step of a two-step declaration 两步申报 概要申报: filed from the summary alone. */
  readonly summary?: boolean
  /** Where the decision comes from: in the answer itself, pushed to us, or fetched from the mailbox. */
  readonly replies: 'inline' | 'pushed' | 'polled'
  /** Every status a reply of this procedure can bring; each is shown by a golden reply. */
  readonly statuses: readonly FilingStatus[]
  /** Particulars as a trader hands them in (`z.input`); the other functions get them parsed, defaults filled in. */
  readonly particulars: z.ZodType<P>
  /** Whether the declaration needs it (on request and for changes: may have it), and the reason a person would give. */
  applies(declaration: Declaration): { readonly files: boolean; readonly because: Text }
  readonly after?: readonly Condition[]
  /** Goods or conveyance may not move before it is approved: it takes part in the declaration's release. */
  readonly releases?: boolean
  /**
   * What is not there yet, so that the filing cannot be sent: pointers into the declaration or its particulars. The filing
   * then waits and shows these. Called with whatever particulars there are, `undefined` for none.
   */
  missing(declaration: Declaration, particulars: P | undefined, about?: About): Issue[]
  /** What this agency would refuse. Called only when nothing is missing. */
  check(declaration: Declaration, particulars: P, about?: About): Issue[]
  encode(submission: Submission<P>): WireMessage
  /** Asks what became of a filing by our own reference, after an answer that never came. */
  encodeInquiry(submission: Submission<P>): WireMessage
  /**
   * The certificates 监管证件 this filing uses, and what of each; only those networked with their issuers are reserved. For procedures that
   * let goods pass; of a declaration whose procedures share a certificate exactly one says so.
   */
  certificates?(declaration: Declaration, particulars: P | undefined): CertificateUse[]
  /** What must still be done in time; what is done is left out. */
  deadlines?(standing: Standing<P>): Deadline[]
  /** Categories of other agencies' results its document can carry 可承载的互认类别. */
  readonly recognises?: readonly string[]
  /** What its agency has found that others may recognise 可互认结果; the same however often it is asked. */
  results?(standing: Standing<P>): RecordedResult[]
  /** Duties, taxes and fees of this procedure as the declaration itself says, with every step of the arithmetic. */
  duties?(declaration: Declaration, particulars: P | undefined): Duties | undefined
}

/** A level of a credit scheme 信用等级. */
export interface CreditLevel {
  readonly code: string
  readonly name: Text
  /** 1 is the best. */
  readonly rank: number
  /** Whether everybody may know which firms are at it. */
  readonly published: boolean
}

/** How an agency sorts firms by how far it trusts them 企业信用分级. */
export interface CreditScheme {
  /** Small letters and hyphens; no two agencies have the same. */
  readonly scheme: string
  readonly name: Text
  readonly levels: readonly CreditLevel[]
  readonly source: string
  /** Why which levels are public, how well that is known, and when somebody last looked. */
  readonly publication: {
    readonly because: Text
    readonly evidence: 'sourced' | 'secondary' | 'assumed'
    readonly checked: string
  }
}

/** What an agency draws by lot 双随机: declarations to be inspected, and officers for them. */
export interface OpenDraw {
  /** A declaration enters the draw when a filing of one of these is registered. */
  readonly procedures: readonly string[]
  /** Officers drawn for each declaration that is selected. */
  readonly officers: number
}

/** One agency's dialect. A pure value: no network, clock, random, database or environment. */
export interface Adapter {
  readonly name: Text
  readonly procedures: { readonly [id: string]: Procedure }
  /** Schemes of references whose value a person wants to see first (统一编号, 报关单号, a permit number), with their names. */
  readonly references: { readonly [scheme: string]: Text }
  /** How to ask the agency's mailbox, where its receipts are polled. The first cursor is `0`. */
  readonly mailbox?: {
    encode(cursor: string): WireMessage
    /** @throws {Unintelligible} when the bytes are no page of this mailbox */
    decode(reply: Reply, cursor: string): MailboxPage
  }
  /**
   * The receipts in an answer or in a pushed document. An inquiry answered "not known here" gives none.
   * @throws {Unintelligible} when the bytes are not this agency's document at all
   */
  decode(reply: Reply): Receipt[]
  /** Another format the trader's declaration may come in (brokers' software writes customs' own). */
  readonly door?: Door
  /** How it sorts firms. */
  readonly credit?: CreditScheme
  /** What it draws by lot. */
  readonly draw?: OpenDraw
}

/** A declaration handed in as an agency's own document. */
export interface Door {
  readonly mediaType: string
  /**
   * Reads the document into the canonical form. Not yet checked against the schema. `issues` are values the canonical form
   * cannot hold; `warnings` are retired elements that were left out.
   * @throws {Unintelligible} when the bytes are not such a document at all
   */
  read(text: string): { readonly declaration: unknown; readonly issues: Issue[]; readonly warnings: Issue[] }
}

/** The bytes are not what they should be: an agency's nonsense, or a document that is none. */
export class Unintelligible extends Error {
  override readonly name = 'Unintelligible'
}
