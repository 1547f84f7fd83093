import { createServer } from 'node:http'

/** Services that take 5 ms for an answer, in a process of their own; `/down/…` answers 503 at once, `/things/refused-…` 422. Ends with its parent. */
const ANSWER_MS = 5
const note = 'kept as a real answer would be: a few hundred bytes of what the service knows about the thing'

const server = createServer({ keepAliveTimeout: 60_000 }, (req, res) => {
  req.resume()
  req.on('end', () => {
    const isDown = req.url?.startsWith('/down') ?? false
    const isRefused = req.url?.startsWith('/things/refused-') ?? false
    const done = { id: req.url, state: 'active', note, more: note }
    const body = JSON.stringify(isDown ? { error: 'unavailable' } : isRefused ? { error: 'refused' } : done)
    const answer = (): void => {
      res.writeHead(isDown ? 503 : isRefused ? 422 : 200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-request-id': '01a1fc27-de54-7000-8847-dc7b20a81436',
      })
      res.end(body)
    }
    if (isDown) answer()
    else setTimeout(answer, ANSWER_MS)
  })
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => process.send?.(server.address()))
process.on('disconnect', () => process.exit(0))
