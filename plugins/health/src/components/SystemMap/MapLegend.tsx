import { badRatio, warnRatio } from './edgeLook';
import { errorWords } from './figures';
import styles from './SystemMap.module.css';

/** How to read the lines. */
export function MapLegend() {
  return (
    <ul className={styles.legend} aria-label="How to read the map">
      <li>
        <Sample tone={styles.calm} width={1.5} />
        <Sample tone={styles.calm} width={5} /> thicker: more requests
      </li>
      <li>
        <Sample tone={styles.warn} width={3} /> {errorWords(warnRatio)} or more
        fail
      </li>
      <li>
        <Sample tone={styles.bad} width={3} /> {errorWords(badRatio)} or more
        fail
      </li>
      <li>
        <Sample tone={styles.unseen} width={1.5} /> declared, no traffic seen
      </li>
    </ul>
  );
}

function Sample(props: { tone: string; width: number }) {
  return (
    <svg className={props.tone} width={24} height={8} aria-hidden>
      <path className={styles.line} d="M0 4H24" strokeWidth={props.width} />
    </svg>
  );
}
