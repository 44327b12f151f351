const CATEGORIES = {
  kitchen: ['kettle', 'pan', 'bread knife', 'teapot', 'mug', 'colander'],
  garden: ['trowel', 'watering can', 'lantern', 'planter', 'bench', 'rake'],
  desk: ['notebook', 'lamp', 'pen', 'paper tray', 'ruler', 'calendar'],
  bedroom: ['blanket', 'pillow', 'alarm clock', 'rug', 'curtain', 'basket'],
  outdoors: ['flask', 'tent', 'head torch', 'rucksack', 'map case', 'stove'],
};
const MATERIALS = ['oak', 'steel', 'linen', 'copper', 'cork', 'wool', 'glass'];
const MAKERS = ['Alder', 'Brink', 'Corvid', 'Dunmore', 'Ember', 'Fjord'];

/** The products of the shop, the same ones each time. */
export function createProducts(count) {
  const categories = Object.keys(CATEGORIES);
  return Array.from({ length: count }, (_, i) => {
    const category = categories[i % categories.length];
    const kinds = CATEGORIES[category];
    const kind = kinds[Math.floor(i / categories.length) % kinds.length];
    const material = MATERIALS[(i * 3) % MATERIALS.length];
    const maker = MAKERS[(i * 5 + Math.floor(i / 7)) % MAKERS.length];
    return {
      id: `p-${String(i + 1).padStart(4, '0')}`,
      name: `${maker} ${material} ${kind}`,
      category,
      price_cents: 450 + ((i * 7919) % 9000),
    };
  });
}
