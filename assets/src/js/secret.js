// The QR on a slip leads to /feedback/CODE#SECRET. A fragment never travels to the server or into
// its logs; here it is moved into the form of the page and sent in a POST, and it is taken out of
// the address first, so that history and screenshots do not keep it.
const alphabet = /^[2-9A-HJ-NP-Z-]{20,30}$/i;

export function openWithSecret() {
  const form = document.querySelector("form[data-secret-form]");
  const field = form?.querySelector("input[name=secret]");
  const secret = location.hash.slice(1);
  if (!field || !alphabet.test(secret)) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  field.value = secret;
  form.requestSubmit ? form.requestSubmit() : form.submit();
}
