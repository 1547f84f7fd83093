/** How wide the times spread: with 0.3 nine of ten answers come within 0.6 and 1.6 times the median. */
const SPREAD = 0.3

/** How long an answer takes, in ms: log-normal around `p50`, as the answers of real services are. */
export function drawLatency(p50: number, random: () => number = Math.random): number {
  if (p50 <= 0) return 0
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return p50 * Math.exp(SPREAD * normal)
}
