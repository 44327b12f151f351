import { WAREHOUSES } from './database.js';

const LOW = 10;
const DELIVERY = 40;

/** Deliveries from the suppliers: what runs low is filled up again. */
export function restockEvery({ database, log, intervalMs }) {
  let timer;
  const restock = async () => {
    const filled = await database.query('restock', ({ stock }) => {
      let count = 0;
      for (const units of stock.values()) {
        for (const warehouse of WAREHOUSES) {
          if (units[warehouse] >= LOW) continue;
          units[warehouse] += DELIVERY;
          count += 1;
        }
      }
      return count;
    });
    if (filled > 0) log.info('delivery arrived', { products: filled });
  };
  return {
    start() {
      timer = setInterval(() => void restock(), intervalMs);
    },
    stop() {
      clearInterval(timer);
    },
  };
}
