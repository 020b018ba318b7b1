/** What is kept beside a text: the object that has it, numbers, its place. */
const besideBytes = 256

/** What a kept text takes in memory: V8 keeps one with one byte a character, or with two where one of them needs it. */
export const bytesOfText = (text: string): number => besideBytes + (wide.test(text) ? 2 : 1) * text.length
const wide = /[\u0100-\uffff]/
