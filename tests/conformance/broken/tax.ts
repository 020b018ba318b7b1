import { type Broken, withAdapter } from './shape.ts'

export const tax: Broken = {
  agency: 'tax',
  how: 'an adapter that encodes differently the second time',
  breaks: (sound) =>
    withAdapter(sound, ({ procedures }) => {
      const sent = new WeakSet<object>()
      return {
        procedures: Object.fromEntries(
          Object.entries(procedures).map(([id, procedure]) => [
            id,
            {
              ...procedure,
              encode(submission) {
                const message = procedure.encode(submission)
                if (!sent.has(submission)) return (sent.add(submission), message)
                return { ...message, body: message.body?.replace('"messageId": "', '"messageId": "R') ?? '' }
              },
            },
          ]),
        ),
      }
    }),
  fails: ['same-bytes-twice', 'mock-takes-it-once'],
}
