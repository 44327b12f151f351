export interface LampProps {
  /** Height in pixels. Below 24 the ribs of the cage are left out. */
  size: number;
  className?: string;
}

/**
 * The mark: a bulb in a wire cage on a stand, the lamp a theatre leaves burning
 * on an empty stage. The cage takes the text colour, the bulb its light.
 */
export function Lamp({ size, className }: LampProps) {
  const small = size < 24;
  const wire = small ? 5 : 3;
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 64 64"
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      <path
        d="M28.5 35.5c-4-2.4-6.5-6.6-6.5-11.3a10 10 0 0 1 20 0c0 4.7-2.5 8.9-6.5 11.3Z"
        fill="#ffc24a"
        stroke="none"
      />
      <path
        strokeWidth={wire}
        d="M25 42C17.5 37 13 31.4 13 23a19 19 0 0 1 38 0c0 8.4-4.5 14-12 19"
      />
      {!small && (
        <g strokeWidth="2.2">
          <path d="M32 4c-6.5 5.5-9.5 13-9 21.5.3 6 2.3 11.5 5.5 16.5" />
          <path d="M32 4c6.5 5.5 9.5 13 9 21.5-.3 6-2.3 11.5-5.5 16.5" />
          <path d="M13.5 26.5c11 5 26 5 37 0" />
        </g>
      )}
      <path strokeWidth={small ? 6 : 5} d="M26 43.5h12" />
      <path strokeWidth={wire} d="M32 45v13" />
      <path strokeWidth={small ? 6 : 4} d="M20 59.5h24" />
    </svg>
  );
}
