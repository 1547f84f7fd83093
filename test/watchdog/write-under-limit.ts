import { appendFileSync } from 'node:fs'
import { openSpool } from '../../src/watchdog/spool.ts'

/** Run under a limit on the size of files: no file may grow beyond the spool's own size. */
const [path = '', other = ''] = process.argv.slice(2)
process.on('SIGXFSZ', () => undefined)
const spool = openSpool(path)
for (let made = 0; made < 100; made++) {
  const record = {
    trouble: 'disk-full',
    tells: 'begun',
    path: 'mail',
    state: 'sent',
    text: 'The disk is full.',
  } as const
  spool.write({ ...record, id: `r${made}`, at: made })
}
let refused = 0
try {
  appendFileSync(other, Buffer.alloc(70_000))
} catch {
  refused += 1
}
process.stdout.write(JSON.stringify({ kept: spool.read().length, refused }))
