import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Starts the vendors' process; answers with their address. */
export function openVendors(): Promise<{ url: string } & Disposable> {
  const child = fork(fileURLToPath(new URL('./fake-vendors.ts', import.meta.url)), { execArgv: [] })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('message', (address: { port: number }) =>
      resolve({ url: `http://127.0.0.1:${address.port}`, [Symbol.dispose]: () => child.disconnect() }),
    )
  })
}
