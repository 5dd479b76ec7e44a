/** A selector of an element, as short as it is unmistakable. */
function selector(node) {
  if (node.id) {
    return `#${node.id}`;
  }
  if (node.matches('a[href]')) {
    return `a[href='${node.getAttribute('href')}']`;
  }
  const owner = node.closest('[id]');
  return `${owner ? `#${owner.id} ` : ''}${node.localName}${node.className ? `.${node.className}` : ''}`;
}

const focused = () => selector(document.activeElement);

/** All that can be pressed, filled in or followed; of a group with one stop for the Tab key, that stop. */
const targets = () =>
  [...document.querySelectorAll('button, input, select, textarea, summary, a[href]')]
    .filter((node) => node.checkVisibility() && node.tabIndex >= 0)
    .map(selector);
