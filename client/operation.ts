/** How an operation of the gateway is asked; generated for each from the OpenAPI description. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With `{…}` where a part of the input goes. */
  readonly path: string
  readonly query?: readonly string[]
  readonly headers?: readonly string[]
  /** Media type of its good answer. */
  readonly accepts?: string
}

/** A good answer: its status and body, and what its headers say that a caller goes on with. */
export interface Answer<Status extends number, Body> {
  readonly status: Status
  readonly body: Body
  /** Strong name of the state that was answered: hand it in as `ifMatch`, `ifNoneMatch`. */
  readonly etag: string | undefined
  /** Where what was made is found. */
  readonly location: string | undefined
  /** Name of the request in the gateway's log. */
  readonly requestId: string | undefined
  /** Whether this is the kept answer of an earlier request with the same Idempotency-Key. */
  readonly replayed: boolean
}

/** A body in another format than JSON, as it is to be sent. */
export class RawBody<MediaType extends string> {
  readonly mediaType: MediaType
  readonly content: string | Uint8Array<ArrayBuffer>

  constructor(mediaType: MediaType, content: string | Uint8Array<ArrayBuffer>) {
    this.mediaType = mediaType
    this.content = content
  }
}

/** How one call is to be made, where it differs from how the client was made. */
export interface CallOptions {
  readonly signal?: AbortSignal
  /** Longest one try may take. */
  readonly timeoutMs?: number
  /** Tries after the first. */
  readonly retries?: number
  /** Language of words in answers. */
  readonly language?: string
  /** That doing it twice does no harm, so that a POST without Idempotency-Key may be tried again after an answer that never came. */
  readonly repeatable?: boolean
}
