/**
 * Loaded before the kit, in its process 看护: ends that process when its time is over or when whoever started it is gone, even while it
 * computes without end.
 */
import { Worker } from 'node:worker_threads'

const lookMs = 500
const until = Number(process.env['CONFORMANCE_UNTIL'])
const code = `
const { parent, until } = require('node:worker_threads').workerData
setInterval(() => {
  if (process.ppid !== parent || Date.now() > until) process.kill(process.pid, 'SIGKILL')
}, ${lookMs})`
new Worker(code, { eval: true, workerData: { parent: process.ppid, until } }).unref()
