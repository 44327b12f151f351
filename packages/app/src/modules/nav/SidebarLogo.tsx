import { Link, useSidebarOpenState } from '@backstage/core-components';
import { Lamp } from '../brand';
import styles from './SidebarLogo.module.css';

/** The mark, with the name beside it when the sidebar is open. */
export function SidebarLogo() {
  const { isOpen } = useSidebarOpenState();
  return (
    <div className={styles.root}>
      <Link
        to="/"
        underline="none"
        className={styles.link}
        aria-label="Ghostlight, home"
      >
        <Lamp size={32} className={styles.lamp} />
        {isOpen && <span className={styles.name}>Ghostlight</span>}
      </Link>
    </div>
  );
}
