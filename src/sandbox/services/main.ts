import { fstatSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type ServicesOptions, startServices } from './start-services.ts'

/** The fakes as a process of their own: `--port 0 --state FILE --latency 400`; it ends when its parent does. */
const { values } = parseArgs({
  options: { port: { type: 'string' }, state: { type: 'string' }, latency: { type: 'string' } },
})

const services = await startServices({
  port: wholeNumber('port', values.port),
  latencyMs: wholeNumber('latency', values.latency),
  ...stateOf(values.state),
})
process.stdout.write(`${JSON.stringify({ ready: true, url: services.url })}\n`)

let ending = false
const end = async () => {
  if (ending) return
  ending = true
  await services.close()
  process.exit(0)
}
const endSoon = () => void end()

process.on('SIGTERM', endSoon)
process.on('SIGINT', endSoon)
if (process.channel) process.on('disconnect', endSoon)
else if (isFromParent()) process.stdin.on('end', endSoon).on('close', endSoon).resume()

/** A terminal or /dev/null as input says nothing about a parent; a pipe ends with it. */
function isFromParent(): boolean {
  const input = fstatSync(0)
  return input.isFIFO() || input.isSocket()
}

function stateOf(file: string | undefined): ServicesOptions {
  return file === undefined ? {} : { stateFile: file }
}

function wholeNumber(name: string, text = '0'): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 0) return number
  process.stderr.write(`--${name} takes a whole number, not "${text}"\n`)
  process.exit(2)
}
