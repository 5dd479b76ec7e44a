import * as api from './api.js';
import { byId, element, enable, onPress } from './dom.js';
import { isoMillis, millis, shortToken } from './format.js';

/** The most that was seen left of each lease: a full bar. */
const fullest = new Map();
let rows = new Map();
let pending = false;

export function start(soon) {
  onPress(byId('hold'), async () => {
    enable(byId('hold'), false);
    pending = true;
    try {
      const { waiting } = await api.hold(10);
      say(`A seat’s lock is taken for 10 s; ${waiting} wait for it and hold it for 1 s each.`);
    } catch (problem) {
      say(problem instanceof api.Refused ? problem.message : 'The box office did not answer. Try again.');
    }
    pending = false;
    soon();
  });
}

/** Draws what all instances hold and wait for, and what ended. Returns the keys of the seats that are locked now. */
export function draw(instances, ready) {
  const reports = instances.map(({ report }) => report).filter(Boolean);
  const locks = wanted(reports);
  enable(byId('hold'), ready && !pending);
  drawHeld(locks);
  drawHistory(reports.flatMap(({ history }) => history).sort((one, other) => ended(other) - ended(one)));
  return new Set(locks.filter(({ name, token }) => name === 'seat' && token).map(({ key }) => key));
}

/** What is held, and what is only waited for, with those who wait by their instances. */
function wanted(reports) {
  const locks = reports.flatMap(({ held }) => held.map((lock) => ({ ...lock, waiting: [] })));
  const at = (lock) => {
    const known = locks.find((other) => title(other) === title(lock));
    return known ?? locks[locks.push({ ...lock, waiting: [] }) - 1];
  };
  for (const { node, held, waiting } of reports) {
    [...held, ...waiting].filter((lock) => lock.waiting).forEach((lock) => at(lock).waiting.push([node, lock.waiting]));
  }
  return locks;
}

function drawHeld(held) {
  const kept = new Map();
  for (const lock of held) {
    const id = idOf(lock);
    kept.set(id, fill(rows.get(id) ?? element('li', { class: 'lock' }), lock));
  }
  rows = kept;
  fullest.forEach((_, id) => kept.has(id) || fullest.delete(id));
  const list = byId('held');
  if (held.length === 0) {
    list.replaceChildren(element('li', { class: 'empty' }, 'Nothing is locked. Start a rush, or hold a seat’s lock for a while.'));
    return;
  }
  // Rows that stay are left in place, so that their bars move instead of jumping
  [...list.children].forEach((child) => [...kept.values()].includes(child) || child.remove());
  list.append(...[...kept.values()].filter((row) => !row.isConnected));
}

function fill(row, lock) {
  const left = lock.token ? isoMillis(lock.remaining) : 0;
  const full = Math.max(left, fullest.get(idOf(lock)) ?? 1);
  fullest.set(idOf(lock), full);
  if (row.childElementCount === 0) {
    row.append(
      element('div', { class: 'lock-head' }, element('b', {}, title(lock)), element('span', { class: 'waiters' })),
      element('div', { class: 'lease', title: 'What is left of the lease without a further renewal' }, element('i')),
      element('small'),
    );
  }
  row.dataset.state = lock.state ?? 'waiting';
  const waiters = row.querySelector('.waiters');
  const waiting = lock.waiting.reduce((sum, [, some]) => sum + some, 0);
  waiters.hidden = waiting === 0;
  waiters.textContent = `${waiting} waiting`;
  row.querySelector('.lease i').style.setProperty('--left', `${Math.round((left / full) * 100)}%`);
  row.querySelector('small').textContent = [holder(lock, left), where(lock.waiting)].filter(Boolean).join(' · ');
  return row;
}

function holder(lock, left) {
  if (!lock.token) {
    return lock.heldBy ? `held by ${lock.heldBy}` : 'no instance that answers holds it';
  }
  return `held for ${millis(isoMillis(lock.heldFor))} by ${lock.holder.process}, ${lock.holder.thread} · token ${lock.token}`
    + ` · lease: ${millis(left)} left`;
}

const where = (waiting) =>
  waiting.length ? `waiting: ${waiting.map(([instance, some]) => `${some} at ${instance}`).join(', ')}` : null;

function drawHistory(history) {
  const lines = history.slice(0, 8).map((lease) =>
    element(
      'tr',
      {},
      element('td', {}, title(lease)),
      element('td', { class: 'mono', title: lease.token }, shortToken(lease.token)),
      element('td', { title: `${lease.holder.process}, ${lease.holder.thread}` }, lease.holder.process.split('/')[0]),
      element('td', {}, millis(isoMillis(lease.heldFor))),
      element('td', { class: lease.end === 'released' ? '' : 'lost' }, lease.end),
    ),
  );
  byId('history').replaceChildren(
    ...(lines.length ? lines : [element('tr', {}, element('td', { class: 'empty', colSpan: 5 }, 'No lock has been released yet.'))]),
  );
}

const ended = ({ since, heldFor }) => Date.parse(since) + isoMillis(heldFor);
const say = (text) => (byId('locks-news').textContent = text);
/** Tokens of different locks may be the same. */
const idOf = (lock) => `${title(lock)} ${lock.token}`;
const title = ({ name, key }) => (key ? `${name} ${key}` : name);
