/**
 * The contrasts of what is seen, by the formula of WCAG 2: computed from the styles in force, with what shines through
 * where something is translucent.
 */
const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

/** Red, green, blue and alpha from 0 to 1, of a colour in any notation. */
function rgba(colour) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
}

const mix = (above, below, alpha) => above.slice(0, 3).map((part, i) => part * alpha + below[i] * (1 - alpha));
const over = (colour, below) => mix(colour, below, colour[3] ?? 1);

/** The colours behind the content of an element: one, or those of its pattern. */
function behind(node) {
  if (!node) {
    return [over(rgba('Canvas'), [1, 1, 1])];
  }
  const style = getComputedStyle(node);
  const plain = behind(node.parentElement).map((below) => over(rgba(style.backgroundColor), below));
  const pattern = style.backgroundImage.match(/(rgba?|color|hsla?)\([^()]*\)/g);
  return pattern ? pattern.map((colour) => over(rgba(colour), plain[0])) : plain;
}

/** What the eye gets of a colour inside an element that is translucent, or inside another that is. */
function seen(colour, node) {
  const opacity = Number(getComputedStyle(node).opacity);
  const here = opacity === 1 ? colour : mix(colour, behind(node.parentElement)[0], opacity);
  return node.parentElement ? seen(here, node.parentElement) : here;
}

function luminance(colour) {
  const [r, g, b] = colour.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The lowest contrast of a colour drawn inside an element. */
function contrast(colour, node) {
  return Math.min(
    ...behind(node).map((below) => ratio(seen(over(rgba(colour), below), node), seen(below, node))),
  );
}

/** What can be read: not what is for the ears only, nor what cannot be used for now, which WCAG leaves out. */
function readable(node) {
  return node.checkVisibility({ visibilityProperty: true })
    && !node.closest('.visually-hidden, :disabled, [aria-disabled=true], script, noscript');
}

/** Where an element is; the same for elements that look the same for the same reason. */
const place = (node) => {
  const owner = node.closest('[id]:not(.seat)');
  return `${owner ? `#${owner.id} ` : ''}${node.localName}${node.className ? `.${node.className}` : ''}`;
};

/** Makes the page show what it shows now and then: an instance gone, no rush yet or one refused, no answer, a lost lease. */
function showWhatIsRare() {
  document.querySelector('.verdict .number').classList.add('none');
  document.querySelector('#history td:last-child').className = 'lost';
  const problem = document.createElement('p');
  problem.className = 'problem';
  document.querySelector('.ticket .body').prepend(problem);
  const banner = document.getElementById('banner');
  banner.hidden = false;
  document.querySelector('.instance').dataset.state = 'gone';
  const trouble = document.querySelector('.instance .trouble');
  trouble.hidden = false;
  [problem, banner, trouble].forEach((node) => (node.textContent = 'rare'));
}

/** Every text of the page with its contrast and its colour, in the order of the page. */
function texts() {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const node = walker.currentNode.parentElement;
    if (text && readable(node)) {
      found.push({ text, node });
    }
  }
  document.querySelectorAll('input').forEach((node) => found.push({ text: node.value, node }));
  return found.map(({ text, node }) => {
    const { color } = getComputedStyle(node);
    return { text, place: place(node), colour: color, contrast: contrast(color, node) };
  });
}

/** The contrast between the mark of the focus and what is around it; 0 if there is no mark, or not all of it is seen. */
function focusContrast() {
  const node = document.activeElement;
  const { outlineStyle, outlineWidth, outlineOffset, outlineColor } = getComputedStyle(node);
  const reach = parseFloat(outlineWidth) + parseFloat(outlineOffset);
  const marked = node.matches(':focus-visible') && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  return marked && shown(node.getBoundingClientRect(), reach, node.parentElement)
    ? contrast(outlineColor, node.parentElement)
    : 0;
}

/** Whether a box and what reaches beyond it is inside of everything that would cut it off. */
function shown(box, reach, around) {
  const clip = around ? around.getBoundingClientRect() : { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const cuts = !around || getComputedStyle(around).overflow !== 'visible';
  const inside = box.left - reach >= clip.left
    && box.top - reach >= clip.top
    && box.right + reach <= clip.right
    && box.bottom + reach <= clip.bottom;
  return (inside || !cuts) && (!around || shown(box, reach, around.parentElement));
}
