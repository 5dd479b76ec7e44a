import * as evening from './evening.js';
import * as instances from './instances.js';
import * as locks from './locks.js';
import * as meters from './meters.js';
import * as rush from './rush.js';
import { byId } from './dom.js';

const EVERY = 1000;
const DURING_A_RUSH = 250;

let lastAnswer = Date.now();
let timer;
let drawing = false;
let again = false;

[rush, evening, locks].forEach((part) => part.start(soon));
document.addEventListener('visibilitychange', soon);
soon();

/** Draws now, and then goes on by itself as long as the page is seen. */
function soon() {
  clearTimeout(timer);
  if (drawing) {
    again = true;
  } else if (!document.hidden) {
    draw();
  }
}

async function draw() {
  drawing = true;
  again = false;
  let pause = EVERY;
  try {
    const { all, self } = await instances.refresh();
    const rushing = await rush.refresh(self.ready);
    await evening.refresh(locks.draw(all, self.ready));
    await meters.refresh();
    pause = rushing ? DURING_A_RUSH : EVERY;
    connected();
  } catch (problem) {
    disconnected(problem);
  }
  drawing = false;
  if (!document.hidden) {
    timer = setTimeout(draw, again ? 0 : pause);
  }
}

function connected() {
  lastAnswer = Date.now();
  byId('banner').hidden = true;
  byId('node').dataset.live = 'yes';
}

function disconnected(problem) {
  console.warn(problem);
  const age = Math.round((Date.now() - lastAnswer) / 1000);
  byId('banner').textContent = `No answer from the box office. What you see is ${age} s old; trying again.`;
  byId('banner').hidden = false;
  byId('node').dataset.live = 'no';
}
