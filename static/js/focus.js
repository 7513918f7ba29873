// Takes the reader to what the page is about now, such as the summary of what a form still needs.
export function start(element) {
  element.focus();
}
