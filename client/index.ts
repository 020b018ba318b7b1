export {
  type AnswerOf,
  type Client,
  type ClientOptions,
  createClient,
  type FedEvent,
  type FeedOptions,
  type InputOf,
  type ItemOf,
  type ListId,
  type OperationId,
} from './client.ts'
export { type Asked, type ProblemDocument, ProblemError, type ProblemIssue, UnknownOutcomeError } from './errors.ts'
export type { FollowOptions, GatewayEvent, NumberedEvent } from './events.ts'
export { type Answer, type CallOptions, RawBody } from './operation.ts'
export type { Clock, Fetch } from './transport.ts'
export { type ReceivedEvent, verifyWebhook, WebhookError, type WebhookHeaders } from './webhook.ts'
