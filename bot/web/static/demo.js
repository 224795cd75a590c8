// The demo page: who sits at which phone, the board between them, the clock that can be moved on.
import { Phone, clock } from "./chat.js";

const $ = (id) => document.getElementById(id);
const POLL_MS = 1500;
let people = [], ahead = 0, tickets = [], third = null;

const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
};

const phone = (root, person) => new Phone(root, { ...person, label: [person.role_label, person.school].filter(Boolean).join(" · "), onchange: () => news(root.id), ahead: () => ahead });

const news = (id) => {
  document.querySelector(`[data-tab="${id === "other" ? "third" : id}"][aria-selected="false"]`)?.classList.add("news");
  refresh();
};

const sit = (name) => {
  third?.stop();
  const root = $("other").cloneNode(false);
  $("other").replaceWith(root);
  third = phone(root, people.find((one) => one.name === name));
};

const now = () => new Date(Date.now() + ahead);

const left = (milliseconds) => {
  const seconds = Math.max(0, Math.round(Math.abs(milliseconds) / 1000));
  const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  const pad = (one) => String(one).padStart(2, "0");
  return days ? `${days} 天 ${hours} 时` : `${hours ? `${hours}:` : ""}${pad(minutes)}:${pad(seconds % 60)}`;
};

const promise = (one) => {
  const start = new Date(one.started_at), due = new Date(one.due_at), at = now();
  const share = Math.min(1, Math.max(0, (at - start) / (due - start)));
  const running = one.state === "running";
  const element = make("div", `promise ${one.state}${running && share >= 0.8 ? " near" : ""}`);
  const line = make("div");
  line.append(make("span", "", one.label + (one.step ? ` ${one.step}` : "")),
    make("span", "left", running ? `还有 ${left(due - at)}` : one.state_label));
  const bar = make("progress");
  bar.max = 1;
  bar.value = one.state === "kept" || one.state === "broken" ? 1 : share;
  bar.setAttribute("aria-label", `${one.label} ${one.state_label}`);
  element.append(line, bar);
  return element;
};

const history = (events) => {
  const list = make("ol", "history");
  for (const one of events) {
    const row = make("li"), what = make("span");
    what.append(`${one.who} ${one.what} `.trim(), " ");
    if (one.words) what.append(make("q", "", one.words));
    row.append(make("time", "", clock(one.at)), what);
    list.append(row);
  }
  return list;
};

const ticket = (one, place) => {
  const card = make("article", place ? "ticket past" : "ticket"), title = make("h2", "", `#${one.number}${one.is_urgent ? " 🚨" : ""}`);
  title.append(make("span", "", one.state_label));
  card.append(title, make("p", "", one.text));
  if (place) return card;
  card.append(make("p", "meta", [one.id, one.place, one.system, one.assignee && `工程师 ${one.assignee}`].filter(Boolean).join(" · ")));
  one.promises.forEach((row) => card.append(promise(row)));
  card.append(history(one.events));
  return card;
};

const draw = () => {
  $("now").textContent = now().toLocaleString("zh-CN", { timeZone: "Asia/Shanghai", month: "numeric", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const board = $("middle");
  if (!tickets.length) {
    const hint = make("p", "hint", "在左边老师的手机里写一句话，例如 ");
    hint.append(make("b", "", "302教室的成绩系统打不开了"), "，点 确认提交；再到右边点 接单。时钟可以拨快，看看承诺怎样提醒和升级。");
    board.replaceChildren(hint);
    return;
  }
  const scroll = board.scrollTop;
  board.replaceChildren(...tickets.map(ticket));
  board.scrollTop = scroll;
};

const take = (body) => {
  ahead = new Date(body.now) - Date.now();
  tickets = body.tickets;
  draw();
};

const refresh = async () => {
  try { take(await (await fetch("/demo/board")).json()); } catch { /* the phones say that the connection is lost */ }
};

const move = async (button) => {
  document.querySelectorAll(".moves button").forEach((one) => { one.disabled = true; });
  try {
    const answer = await fetch("/demo/advance", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ seconds: Number(button.dataset.seconds) }) });
    take(await answer.json());
  } finally {
    document.querySelectorAll(".moves button").forEach((one) => { one.disabled = false; });
  }
};

const show = (tab) => {
  document.querySelector(".stage").dataset.shown = tab.dataset.tab;
  document.querySelectorAll(".tabs button").forEach((one) => one.setAttribute("aria-selected", String(one === tab)));
  tab.classList.remove("news");
};

const start = async () => {
  people = (await (await fetch("/demo/people")).json()).people;
  const [teacher, engineer] = ["王老师", "李工"].map((name) => people.find((one) => one.name === name));
  phone($("left"), teacher);
  phone($("right"), engineer);
  for (const one of people.filter((person) => person !== teacher && person !== engineer)) {
    $("who").append(new Option(`${one.name} · ${one.role_label}${one.school ? ` · ${one.school}` : ""}`, one.name));
  }
  $("who").addEventListener("change", () => sit($("who").value));
  sit($("who").value);
  document.querySelectorAll(".moves button").forEach((one) => one.addEventListener("click", () => move(one)));
  document.querySelectorAll(".tabs button").forEach((one) => one.addEventListener("click", () => show(one)));
  await refresh();
  setInterval(refresh, POLL_MS);
  setInterval(draw, 1000);
};

start();
