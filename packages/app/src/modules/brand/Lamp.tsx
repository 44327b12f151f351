/** The colour of the light, the same on every stage. */
const LIGHT = '#ffc24a';

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
      {size < 24 ? <PlainLamp /> : <CagedLamp />}
    </svg>
  );
}

/** As in public/favicon.svg: strokes that survive 16 pixels. */
function PlainLamp() {
  return (
    <>
      <path d="M27 40v-7.5a12 12 0 1 1 10 0V40Z" fill={LIGHT} stroke="none" />
      <g strokeWidth="5">
        <path d="M23 43 12.5 25.5C10.5 12.5 19.5 3 32 3s21.5 9.5 19.5 22.5L41 43Z" />
        <path d="M32 45v8M20 61l12-7 12 7" />
      </g>
    </>
  );
}

function CagedLamp() {
  return (
    <>
      <g strokeWidth="2">
        <path d="M16.3 23.5h7.2M40.5 23.5h7.2" />
      </g>
      <path
        d="M28.2 38v-7.2a10 10 0 1 1 7.6 0V38Z"
        fill={LIGHT}
        stroke="none"
      />
      <g strokeWidth="2">
        <path d="M32 4c-5.5 6-8.5 12.5-8.5 19.5L28 38" />
        <path d="M32 4c5.5 6 8.5 12.5 8.5 19.5L36 38" />
      </g>
      <g strokeWidth="3">
        <path d="M24 38 16.5 24C15 13 22 4 32 4s17 9 15.5 20L40 38Z" />
        <path d="M32 42v11.5M21 60l11-6.5L43 60" />
      </g>
      <path strokeWidth="4.5" d="M27 40.5h10" />
    </>
  );
}
