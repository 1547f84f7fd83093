/** Stands in for a picture: the page loads nothing from outside. */
export function ImageBox({ alt, size }: { alt: string; size: 'inline' | 'accessory' | 'block' }) {
  return (
    <span className={`image-box image-${size}`} role="img" aria-label={alt} title={alt}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <circle cx="15.5" cy="9" r="1.4" fill="currentColor" />
      </svg>
      {size === 'block' && <span>{alt}</span>}
    </span>
  )
}
