// stomp.js against the hub: node stomp-js-client.js ws://...  Prints one line for each thing that happened.
const { Client } = require("@stomp/stompjs");
globalThis.WebSocket ??= require("ws");

const say = (...words) => console.log(words.join(" "));
const client = new Client({
  brokerURL: process.argv[2],
  reconnectDelay: 0,
  connectHeaders: { "coordination-node": "js" },
  heartbeatOutgoing: 0,
  heartbeatIncoming: 10000,
});

function send(destination, receipt, headers, body) {
  return new Promise((received) => {
    client.watchForReceipt(receipt, () => received(say("RECEIPT", receipt)));
    client.publish({ destination, body, headers: { receipt, ...headers } });
  });
}

function leave() {
  client.onDisconnect = () => say("DISCONNECTED");
  client.deactivate().then(() => process.exit(0));
}

client.onWebSocketError = (failure) => say("BROKEN", failure.message);
client.onStompError = (frame) => say("ERROR", frame.headers.message, "/", frame.body);
client.onWebSocketClose = () => process.exit(0);
client.onConnect = async (frame) => {
  say("CONNECTED", frame.headers.version, frame.headers["heart-beat"], frame.headers["coordination-node"]);
  await send("/coordination/proof", "the:proof\n", {}, "");
  await new Promise((received) => {
    client.watchForReceipt("subscribed", () => received(say("RECEIPT subscribed")));
    client.subscribe("/coordination/*", arrived, { ack: "client", receipt: "subscribed" });
  });
  await send("/coordination/tell", "told", {}, "x");
  await send("/coordination/echo", "1", { "coordination-number": "1" }, "\u00fcber \u{1f600}\0 all");
};

function arrived(message) {
  say("MESSAGE", message.headers.destination, message.headers.ack, JSON.stringify(message.body));
  message.ack();
  if (process.argv[3] === "leave") {
    leave();
  } else {
    client.begin("t");
  }
}

client.activate();
