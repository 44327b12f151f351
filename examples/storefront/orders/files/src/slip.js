/** What the warehouse packs by: one line a product. */
export function packingSlip({ id, customer, lines }) {
  return [
    `Order ${id}`,
    `For ${customer}`,
    ...lines.map(
      ({ product, name, quantity }) => `${quantity} x ${product} ${name}`,
    ),
  ];
}
