import styles from './LogView.module.css';

/** Text with each occurrence of the words marked. */
export function Highlight(props: { text: string; words: string }) {
  const { text, words } = props;
  const needle = words.trim().toLowerCase();
  if (needle === '') {
    return <>{text}</>;
  }
  const lower = text.toLowerCase();
  const parts = [];
  let from = 0;
  for (
    let hit = lower.indexOf(needle);
    hit !== -1;
    hit = lower.indexOf(needle, from)
  ) {
    parts.push(text.slice(from, hit));
    from = hit + needle.length;
    parts.push(
      <mark key={hit} className={styles.mark}>
        {text.slice(hit, from)}
      </mark>,
    );
  }
  parts.push(text.slice(from));
  return <>{parts}</>;
}
