/** In the browser: which samples run out of their width, and which hide a part of their text. */
export function cutOrWide(): string[] {
  const found: string[] = []
  for (const sample of document.querySelectorAll<HTMLElement>('[data-sample]')) {
    const name = sample.dataset.sample ?? ''
    const edge = sample.getBoundingClientRect().right + 1
    for (const part of sample.querySelectorAll<HTMLElement>('*')) {
      if (part.closest('svg, option, .sr-only')) continue
      const style = getComputedStyle(part)
      const text = (part.textContent ?? '').slice(0, 40)
      const scrolls = part.closest('pre, .table-scroll') !== null
      if (part.getBoundingClientRect().right > edge && !scrolls)
        found.push(`${name}: too wide: ${part.className} ${text}`)
      const hides = style.overflowX === 'hidden' || style.overflowX === 'clip'
      if (hides && part.scrollWidth > part.clientWidth + 1) found.push(`${name}: cut: ${part.className} ${text}`)
    }
  }
  return found
}
