// What the pages can do beyond their HTML: follow the journal and show what has
// changed, and show how far an upload is. Everything works without it.

const kinds = ["definition", "register", "request", "received", "checked", "submitted", "withdrawn",
  "approved", "returned", "adjusted", "closed", "reopened", "exported"];

// Somebody is typing in a part, or has opened something in it: leave it alone.
function isBusy(part) {
  const at = document.activeElement;
  if (part.contains(at) && at.matches("input, textarea, select")) return true;
  return [...part.querySelectorAll("textarea, input:not([type=hidden])")].some((f) => f.value !== f.defaultValue);
}

// Take the parts marked data-live from the page as it is now.
async function refresh() {
  const reply = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" } });
  if (!reply.ok) return;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  if (document.querySelector(".verdict.checking") && !page.querySelector(".verdict.checking")) {
    location.reload();
    return;
  }
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.querySelector(`[data-live="${CSS.escape(part.dataset.live)}"]`);
    if (!fresh || isBusy(part) || fresh.isEqualNode(part)) continue;
    for (const kept of part.querySelectorAll("details[data-keep][open]")) {
      fresh.querySelector(`details[data-keep="${CSS.escape(kept.dataset.keep)}"]`)?.setAttribute("open", "");
    }
    const rows = new Map([...part.querySelectorAll("tr[id]")].map((r) => [r.id, r.textContent]));
    part.replaceWith(fresh);
    for (const row of fresh.querySelectorAll("tr[id]")) {
      if (rows.has(row.id) && rows.get(row.id) !== row.textContent) row.classList.add("changed");
    }
  }
}

// One refresh at a time; what comes meanwhile makes one more.
let running = false, again = false;
async function changed() {
  if (running) { again = true; return; }
  running = true;
  try {
    do { again = false; await refresh(); } while (again);
  } catch { /* the server is away: the stream will say when it is back */ }
  running = false;
}

// Follow the journal while the page is seen: a browser has few connections to a
// server, and pages nobody looks at must not hold them. Where no stream comes
// through, ask every few seconds.
function follow(address) {
  let source, timer, wait;
  const soon = () => { clearTimeout(wait); wait = setTimeout(changed, 120); };
  const poll = () => { timer ??= setInterval(changed, 5000); };
  const open = () => {
    if (source) return;
    source = new EventSource(address);
    for (const kind of kinds) source.addEventListener(kind, soon);
    source.onopen = () => { clearInterval(timer); timer = undefined; soon(); };
    source.onerror = poll;
  };
  const close = () => { source?.close(); source = undefined; clearInterval(timer); timer = undefined; };
  document.addEventListener("visibilitychange", () => { document.hidden ? close() : open(); });
  addEventListener("pagehide", close);
  if (!document.hidden) open();
}

// Send a file with a bar that says how far it is.
function watchUpload(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    bar.setAttribute("aria-label", form.querySelector("button").textContent);
    form.append(bar);
    form.querySelector("button").disabled = true;
    const sending = new XMLHttpRequest();
    sending.open("POST", form.action);
    sending.setRequestHeader("Accept", "text/html");
    sending.upload.onprogress = (e) => { if (e.lengthComputable) bar.value = e.loaded / e.total; };
    sending.onerror = () => { bar.remove(); form.querySelector("button").disabled = false; form.submit(); };
    sending.onload = () => {
      if (sending.status < 300) { location.assign(sending.responseURL); return; }
      const page = new DOMParser().parseFromString(sending.responseText, "text/html");
      document.title = page.title;
      document.querySelector("main").replaceWith(page.querySelector("main"));
      begin(document.querySelector("main"));
    };
    sending.send(new FormData(form));
  });
}

function begin(root) {
  for (const form of root.querySelectorAll("form[data-upload]")) watchUpload(form);
  root.querySelector("[data-focus]")?.focus();
}

begin(document);
if (document.body.dataset.events) follow(document.body.dataset.events);
