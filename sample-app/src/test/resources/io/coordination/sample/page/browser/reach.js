/** What can be pressed, filled in or followed. */
const targets = () => [...document.querySelectorAll('button, input, a[href]')].filter((node) => node.checkVisibility());

/**
 * What is not wholly within the width of the window, also where something around it cuts it off: but for what scrolls, and
 * what waits outside for those who use keys or ears.
 */
function beyondTheEdge() {
  return [...document.body.querySelectorAll('*')]
    .filter((node) => node.checkVisibility() && !node.closest('.scroll table, .skip, .visually-hidden'))
    .filter((node) => node.getBoundingClientRect().left < 0 || node.getBoundingClientRect().right > innerWidth)
    .map(name);
}

/**
 * The targets that a finger misses: covered by something else, or smaller than 24 by 24 pixels with another one closer
 * than that (WCAG 2.5.8). Links within a sentence are left out, as they are there.
 */
function outOfReach() {
  const fingers = targets().filter((node) => !node.matches('.skip, p a'));
  return fingers.filter((node) => isCovered(node) || (isSmall(node) && isCrowded(node, fingers))).map(name);
}

function isCovered(node) {
  node.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { x, y } = centre(node);
  return !node.contains(document.elementFromPoint(x, y));
}

function isSmall(node) {
  const { width, height } = node.getBoundingClientRect();
  return width < 24 || height < 24;
}

/** Half a pixel is forgiven: where layout rounds, centres shift by as much. */
function isCrowded(node, others) {
  const here = centre(node);
  return others.some((other) => other !== node && Math.hypot(here.x - centre(other).x, here.y - centre(other).y) < 23.5);
}

function centre(node) {
  const { left, top, width, height } = node.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

function name(node) {
  const { left, top, width, height } = node.getBoundingClientRect();
  const box = [left, top, width, height].map(Math.round).join(' ');
  return `${node.localName} "${node.ariaLabel ?? node.innerText ?? ''}" at ${box}`;
}
