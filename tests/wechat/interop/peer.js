// A platform's side in another library: pushes sealed messages over HTTP and opens the replies.
// stdin: {url, appId, token, aesKey, account, openid, timestamp, texts}; stdout: one result per text.
const Crypto = require("wechat-crypto");

const cdata = (text) => `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
const field = (xml, name) => {
  const found = xml.match(new RegExp(`<${name}>(.*?)</${name}>`, "s"));
  return found === null ? null : found[1].replaceAll("<![CDATA[", "").replaceAll("]]>", "");
};

async function push(peer, order, text, at) {
  const nonce = `peer${at}`;
  const encrypt = peer.encrypt(
    `<xml><ToUserName>${cdata(order.account)}</ToUserName><FromUserName>${cdata(order.openid)}</FromUserName>` +
      `<CreateTime>${order.timestamp}</CreateTime><MsgType>${cdata("text")}</MsgType>` +
      `<Content>${cdata(text)}</Content><MsgId>${9000 + at}</MsgId></xml>`,
  );
  const query = new URLSearchParams({
    timestamp: order.timestamp, nonce, encrypt_type: "aes",
    msg_signature: peer.getSignature(order.timestamp, nonce, encrypt),
  });
  const body = `<xml><ToUserName>${cdata(order.account)}</ToUserName><Encrypt>${cdata(encrypt)}</Encrypt></xml>`;
  const response = await fetch(`${order.url}/wechat?${query}`, {
    method: "POST", body, headers: { "Content-Type": "text/xml" },
  });
  return opened(peer, response.status, await response.text());
}

function opened(peer, status, answer) {
  const encrypt = field(answer, "Encrypt");
  if (encrypt === null) return { status, answer };
  const signature = peer.getSignature(field(answer, "TimeStamp"), field(answer, "Nonce"), encrypt);
  const { message, id } = peer.decrypt(encrypt);
  return {
    status, id, isSigned: signature === field(answer, "MsgSignature"),
    to: field(message, "ToUserName"), from: field(message, "FromUserName"),
    type: field(message, "MsgType"), content: field(message, "Content"),
  };
}

async function main() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const order = JSON.parse(Buffer.concat(chunks).toString());
  const peer = new Crypto(order.token, order.aesKey, order.appId);
  const results = [];
  for (const [at, text] of order.texts.entries()) results.push(await push(peer, order, text, at));
  process.stdout.write(JSON.stringify(results));
}

main();
