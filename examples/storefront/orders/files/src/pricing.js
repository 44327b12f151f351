import { HttpError } from './chassis/router.js';

const FREE_DELIVERY_FROM_CENTS = 5_000;
const DELIVERY_CENTS = 490;

const VOUCHERS = {
  WELCOME10: { percent: 10 },
  SPRING5: { percent: 5 },
  FREESHIP: { freeDelivery: true },
};

/** Sum, discount and delivery of an order, in cents. */
export function totalOf(lines, voucher) {
  const rule = ruleOf(voucher);
  const goods_cents = lines.reduce(
    (cents, line) => cents + line.quantity * line.price_cents,
    0,
  );
  const discount_cents = Math.round((goods_cents * (rule.percent ?? 0)) / 100);
  const free = rule.freeDelivery || goods_cents >= FREE_DELIVERY_FROM_CENTS;
  const delivery_cents = free ? 0 : DELIVERY_CENTS;
  return {
    goods_cents,
    discount_cents,
    delivery_cents,
    total_cents: goods_cents - discount_cents + delivery_cents,
  };
}

function ruleOf(voucher) {
  if (!voucher) return {};
  const code = voucher.trim().toUpperCase();
  if (!Object.hasOwn(VOUCHERS, code)) {
    throw new HttpError(400, `there is no voucher ${code}`);
  }
  return VOUCHERS[code];
}
