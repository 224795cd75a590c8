// A phone: shows what came, sends what the person says, loses nothing that was typed.
// Used once on the chat page and several times side by side on the demo page.

const WORDS = {
  zh: { send: "发送", write: "写一句话…", photo: "发照片或文件", lost: "连接中断，正在重连…", unsent: "未发出，自动重试中", refused: "没有发出", ended: "链接已失效，请要一个新的", report: "报修", empty: "直接写一句话就能报修，例如：\n302教室的成绩系统打不开了", work: "新单和提醒会出现在这里。\n点 进度 看待办", tooLarge: "文件太大，最多 10 MB", notTaken: "这种文件收不了", remove: "去掉" },
  en: { send: "Send", write: "Write a message…", photo: "Send a photo or file", lost: "Connection lost, reconnecting…", unsent: "Not sent yet, retrying", refused: "Not sent", ended: "This link has ended, please ask for a new one", report: "Report", empty: "One sentence is a report, e.g.\n“The projector in 302 is black”", work: "New tickets and alarms appear here.\nProgress shows what is open", tooLarge: "Too large, 10 MB at most", notTaken: "That kind of file is not taken", remove: "Remove" },
};
const RETRY_MS = 3000;
const MOST_WAITED = 30 * 86400; // seconds

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
};
const ADDRESS = /https?:\/\/[\w\-.~:/?#@!$&*+,;=%]*[\w\-~/#@$&*+=%]/g; // not the full stop behind it
const SHOWN = 40; // characters: the signed end of a link tells nobody anything
// Always the whole host, and no name before it: what is shown must be where it leads.
const shortened = (address) => {
  try {
    const { host, pathname } = new URL(address);
    const shown = `${host}${pathname}`;
    return shown.length > SHOWN ? `${shown.slice(0, Math.max(SHOWN, host.length))}…` : shown;
  } catch { return address; }
};
// Words as text, the addresses in them as links. Never as markup: anybody may have written them.
const linked = (text) => {
  const parts = [];
  let from = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    parts.push(text.slice(from, index), make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, shortened(address)));
    from = index + address.length;
  }
  return [...parts, text.slice(from)];
};
const fresh = () => `${Date.now().toString(36)}-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;

export class Phone {
  // `token` empty: the cookie says who it is. `spoken` is what the browser speaks, for a newcomer's first message.
  // `ahead` is how far the desk's clock was moved on: in a demo alone, where it would answer hours after the question.
  constructor(root, { name, menu = [], label = "", token = "", language = "zh", spoken = "", onchange = () => {}, ahead = () => 0 }) {
    Object.assign(this, { root, name, token, spoken, onchange, ahead, words: WORDS[language], after: 0, bubbles: new Map(), leaving: new AbortController() });
    this.key = `yingnuo-unsent-${name}`;
    this.unsent = JSON.parse(localStorage.getItem(this.key) || "[]");
    this.build(label);
    this.offer(menu);
    this.unsent.forEach((one) => this.showMine(one));
    this.listen();
    this.flush();
  }

  build(label) {
    this.talk = make("div", { class: "talk", role: "log", "aria-live": "polite", "aria-label": this.name });
    this.talk.append(make("p", { class: "empty" }, this.words.empty));
    this.state = make("span", { class: "state", role: "status" });
    this.input = make("textarea", { rows: 1, "aria-label": this.words.write, placeholder: this.words.write, maxlength: 4000,
      onkeydown: (event) => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.submit(); } } });
    this.file = make("input", { type: "file", accept: "image/*,application/pdf,audio/*,.txt,.log,.docx,.xlsx", "aria-label": this.words.photo, onchange: () => this.preview() });
    this.shot = make("div", { class: "preview", hidden: true });
    new ResizeObserver(() => { this.talk.scrollTop = this.rest(this.talk.lastElementChild); }).observe(this.talk);
    this.menu = make("nav", { class: "menu", "aria-label": "menu" });
    this.root.classList.add("phone");
    this.root.replaceChildren(
      make("header", {}, make("span", { class: "face", "aria-hidden": "true" }, this.name.slice(0, 1)),
        make("div", { class: "who" }, make("b", {}, this.name), make("span", {}, label)), this.state),
      this.talk, this.menu, this.shot,
      make("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.submit(); } },
        make("label", { class: "photo", title: this.words.photo }, "📷", this.file), this.input,
        make("button", { class: "send", type: "submit" }, this.words.send)));
  }

  offer(menu) {
    const hint = this.talk.querySelector(".empty");
    if (hint && menu.length) hint.textContent = menu.includes(this.words.report) ? this.words.empty : this.words.work;
    this.offered = menu.join();
    this.menu.replaceChildren(...menu.map((one) => make("button", { type: "button", onclick: () => this.say({ text: one }) }, one)));
  }

  // Their language and menu as they are now: a newcomer has a menu once they have said who they are, and English or
  // 中文, written alone, changes both. Where the desk cannot be asked the old ones stay.
  async lookAgain() {
    const answer = await fetch(`/web/me?language=${this.spoken}`, { headers: this.headers() }).catch(() => null);
    if (!answer?.ok) return;
    const { language, menu } = await answer.json();
    if (menu.length && menu.join() !== this.offered) this.speak(language, menu);  // a thumb may be on the old one
  }

  speak(language, menu) {
    this.words = WORDS[language];
    this.input.placeholder = this.words.write;
    this.input.setAttribute("aria-label", this.words.write);
    this.file.parentElement.title = this.words.photo;
    this.file.setAttribute("aria-label", this.words.photo);
    this.root.querySelector(".send").textContent = this.words.send;
    this.offer(menu);
  }

  headers(more = {}) { return this.token ? { Authorization: `Bearer ${this.token}`, ...more } : more; }

  preview() {
    const file = this.file.files[0];
    this.shot.hidden = !file;
    if (!file) return;
    const image = file.type.startsWith("image/") ? make("img", { src: URL.createObjectURL(file), alt: file.name }) : "📎";
    this.shot.replaceChildren(image, file.name,
      make("button", { type: "button", onclick: () => this.putAway() }, this.words.remove));
  }

  async submit() {
    const text = this.input.value.trim(), file = this.file.files[0];
    if (!text && !file) return;
    const one = { text };
    if (file) {
      const kept = await this.upload(file);
      if (!kept && this.file.files[0]) return;  // the line was lost: both stay to be sent again
      if (kept) {
        one.uploads = [{ upload: kept.upload, name: kept.name, type: kept.type }];
        one.preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : "";
        this.putAway();
      }
    }
    this.input.value = "";
    if (text || one.uploads) this.say(one);
  }

  putAway() { this.file.value = ""; this.preview(); }

  async upload(file) {
    const form = new FormData();
    form.append("file", file);
    try {
      const answer = await fetch("/web/uploads", { method: "POST", body: form, headers: this.headers() });
      if (answer.ok) return await answer.json();
      const why = { 413: this.words.tooLarge, 415: this.words.notTaken }[answer.status];
      if (why) this.drop(file, why);
      else this.note(answer.status === 401 ? this.words.ended : this.words.lost);
    } catch { this.note(this.words.lost); }
    return null;
  }

  // It will not be taken however often it is sent, and what is written next must not wait for it.
  drop(file, why) {
    this.putAway();
    this.add(make("div", { class: "bubble mine refused" }, `📎 ${file.name}`, make("span", { class: "why" }, `⚠️ ${why}`)));
  }

  // Kept before it is sent: a lost connection or a closed page loses nothing.
  say(one) {
    const message = { id: fresh(), at: new Date().toISOString(), ...(this.spoken && { language: this.spoken }), ...one };
    this.unsent.push(message);
    this.keep();
    this.showMine(message);
    this.flush();
  }

  keep() { localStorage.setItem(this.key, JSON.stringify(this.unsent.map(({ preview, ...rest }) => rest))); }

  async flush() {
    if (this.flushing || !this.unsent.length) return;
    this.flushing = true;
    const { at, label, preview, ...body } = this.unsent[0];
    const waited = Math.min(Math.round((Date.now() - Date.parse(at)) / 1000), MOST_WAITED);
    if (waited > 0) body.waited = waited;
    try {
      const answer = await fetch("/web/messages", { method: "POST", headers: this.headers({ "Content-Type": "application/json" }), body: JSON.stringify(body) });
      if (answer.status >= 500) throw new Error("later");
      this.unsent.shift();
      this.keep();
      const bubble = this.bubbles.get(`mine-${body.id}`);
      bubble?.classList.remove("unsent");
      if (!answer.ok) this.refuse(bubble, answer.status);
      this.onchange();
      this.lookAgain();
      this.flushing = false;
      this.flush();
    } catch {
      this.note(this.words.unsent);
      this.flushing = false;
      setTimeout(() => this.flush(), RETRY_MS);
    }
  }

  // It will not be taken however often it is sent: the person must see that nobody has it.
  refuse(bubble, status) {
    bubble?.classList.add("refused");
    bubble?.append(make("span", { class: "why" }, `⚠️ ${status === 401 ? this.words.ended : this.words.refused}`));
  }

  note(text) {
    this.state.textContent = text;
    clearTimeout(this.noted);
    this.noted = setTimeout(() => { this.state.textContent = ""; }, 4000);
  }

  showMine({ id, text, tap, label, at, uploads, preview, scan }) {
    if (scan) return;  // nobody said anything yet
    const bubble = make("div", { class: "bubble mine unsent" });
    if (preview) bubble.append(make("img", { src: preview, alt: "" }));
    else if (uploads) bubble.append(`📎 ${uploads[0].name} `);
    bubble.append(tap ? label : text || "", make("time", {}, clock(Date.parse(at) + this.ahead())));
    this.bubbles.set(`mine-${id}`, bubble);
    this.add(bubble);
  }

  add(bubble) {
    this.talk.querySelector(".empty")?.remove();
    this.talk.append(bubble);
    requestAnimationFrame(() => { this.talk.scrollTop = this.rest(bubble); });
  }

  // Its first line at the top, or the end where that comes first: on a phone a card with its buttons is taller than the talk.
  rest(bubble) { return bubble.offsetTop - this.talk.offsetTop; }

  show(message) {
    if (message.sequence <= this.after) return;
    this.after = message.sequence;
    const old = this.bubbles.get(message.edits || message.id);
    const bubble = make("div", { class: `bubble theirs${old ? " changed" : ""}` });
    message.files.forEach((file) => bubble.append(this.fileOf(file)));
    if (old && !message.files.length) bubble.append(...old.querySelectorAll(":scope > .file"));  // words change, files stay
    const [news, ...rest] = message.text.split("\n");
    bubble.append(make("span", { class: "news" }, ...linked(news)));
    if (rest.length) bubble.append(make("span", { class: "rest" }, ...linked(rest.join("\n"))));
    if (message.buttons.length) bubble.append(this.chips(message));
    bubble.append(make("time", {}, clock(message.at)));
    if (old) old.replaceWith(bubble); else this.add(bubble);
    this.bubbles.set(message.id, bubble);
  }

  fileOf(file) {
    const url = `/web/files/${file.key}`;
    if (!file.type.startsWith("image/")) return this.documentOf(file, url);
    const image = make("img", { class: "file", alt: file.name });
    this.fetched(url).then((there) => { image.src = there; });
    return image;
  }

  // Where a cookie says who asks, the browser opens it by itself; several phones on one page ask each in their own name.
  documentOf(file, url) {
    const link = make("a", { class: "file", href: url, target: "_blank", rel: "noopener" }, `📎 ${file.name} `);
    if (this.token) this.fetched(url).then((there) => { link.href = there; link.download = file.name; });
    return link;
  }

  async fetched(url) {
    const answer = await fetch(url, { headers: this.headers() });
    if (!answer.ok) throw new Error(String(answer.status));
    return URL.createObjectURL(await answer.blob());
  }

  chips(message) {
    return make("div", { class: "chips" }, ...message.buttons.map((one) => make("button", {
      type: "button", class: one.style, onclick: () => this.say({ tap: one.data, shown: message.id, label: one.label }) }, one.label)));
  }

  // Server-sent events read by fetch: EventSource could not say who it is on a page with several phones.
  async listen() {
    while (!this.leaving.signal.aborted) {
      try {
        const answer = await fetch(`/web/events?after=${this.after}`, { headers: this.headers(), signal: this.leaving.signal });
        if (answer.status === 401) { this.state.textContent = this.words.ended; return; }
        if (!answer.ok) throw new Error(String(answer.status));
        this.state.textContent = "";
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        let waiting = "";
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          waiting += part.value;
          const events = waiting.split("\n\n");
          waiting = events.pop();
          events.forEach((one) => this.take(one));
        }
      } catch { this.state.textContent = this.words.lost; }
      await new Promise((done) => setTimeout(done, RETRY_MS / 2));
    }
  }

  take(event) {
    const data = event.split("\n").find((line) => line.startsWith("data: "));
    if (data) { this.show(JSON.parse(data.slice(6))); this.onchange(); }
  }

  // A browser opens six connections to a host: a stream that nobody reads must not keep one.
  stop() { this.leaving.abort(); }
}

export const clock = (at) => new Date(at).toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" });
