// The error summary takes the focus when the page arrives, so that screen readers and keyboards
// begin there, and its links go to the field itself with its question in view.
export function leadToErrors() {
  const summary = document.querySelector("[data-module=govuk-error-summary]");
  if (!summary) return;
  summary.tabIndex = -1;
  summary.addEventListener("blur", () => summary.removeAttribute("tabindex"), { once: true });
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (questionOf(field) ?? field).scrollIntoView();
    field.focus({ preventScroll: true });
  });
}

// For one of several radios, boxes or date parts the legend is the question; else the label.
const questionOf = (field) =>
  field.closest("fieldset")?.querySelector("legend") ?? field.labels?.[0];
