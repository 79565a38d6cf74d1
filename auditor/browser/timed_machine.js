// How many rounds of a fixed task this machine does in a millisecond: strings, objects, sorting and numbers, as scripts
// of shops use them. One number for each series, after one that warms up.
((series, milliseconds) => {
  const round = () => {
    const words = [];
    for (let at = 0; at < 120; at += 1) words.push({ key: `k${(at * 7919) % 1009}`, value: Math.sqrt(at * 31) });
    words.sort((a, b) => (a.key < b.key ? -1 : 1));
    const sums = new Map();
    for (const { key, value } of words) sums.set(key.slice(0, 2), (sums.get(key.slice(0, 2)) || 0) + value);
    return JSON.stringify([...sums]).length;
  };
  const one = () => {
    const start = performance.now();
    let rounds = 0, spent = 0, checked = 0;
    while (spent < milliseconds) {
      for (let turn = 0; turn < 20; turn += 1) checked += round();
      rounds += 20;
      spent = performance.now() - start;
    }
    return checked > 0 ? rounds / spent : 0;
  };
  one();
  return Array.from({ length: series }, one);
})
