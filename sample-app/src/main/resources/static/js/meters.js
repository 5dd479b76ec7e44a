import * as api from './api.js';
import { byId, element, fact } from './dom.js';
import { count, millis } from './format.js';

/** Draws the meters of the lock on seats. */
export async function refresh() {
  const [acquire, held, contended, lost] = await Promise.all(
    ['acquire', 'held', 'contended', 'lost'].map((name) => api.meter(`coordination.lock.${name}`)),
  );
  byId('meters').replaceChildren(
    fact('asked for', count(value(acquire, 'COUNT'))),
    fact('had to wait', count(value(contended, 'COUNT'))),
    fact('mean wait', time(mean(acquire))),
    fact('longest wait of late', time(value(acquire, 'MAX'))),
    fact('mean hold', time(mean(held))),
    fact('lost', count(value(lost, 'COUNT'))),
  );
}

const value = (meter, statistic) => meter.measurements.find((m) => m.statistic === statistic)?.value ?? 0;
const mean = (meter) => value(meter, 'TOTAL_TIME') / Math.max(value(meter, 'COUNT'), 1);

function time(seconds) {
  const [number, unit] = millis(seconds * 1000).split(' ');
  return element('span', {}, number, element('small', {}, ` ${unit}`));
}
