import { type Broken, withFront } from './shape.ts'

export const border: Broken = {
  agency: 'border',
  how: 'a mock with a second effect for a duplicate',
  breaks: (sound) =>
    withFront(sound, () => {
      const taken = new Set<string>()
      return async (request, office, desk) => {
        const body = await request.clone().text()
        if (request.method === 'POST' && taken.has(body)) desk.effect('', 'declared again')
        taken.add(body)
        return office(request)
      }
    }),
  fails: ['mock-takes-it-once'],
}
