import { type Broken, withFront } from './shape.ts'

export const singapore: Broken = {
  agency: 'singapore',
  how: 'a mock whose mailbox starts anew whatever the cursor',
  breaks: (sound) =>
    withFront(sound, () => (request, office) => {
      const url = new URL(request.url)
      if (request.method !== 'GET' || !url.searchParams.has('after')) return office(request)
      url.searchParams.set('after', '0')
      return office(new Request(url, request))
    }),
  fails: ['mailbox-survives-nonsense'],
}
