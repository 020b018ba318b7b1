import { type Logger, pino } from 'pino'

/** Structured log lines on standard output; keys and signatures never appear in them. */
export const createLog = (level: string): Logger =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['req.headers.authorization', '*.secret', '*.key'],
  })
