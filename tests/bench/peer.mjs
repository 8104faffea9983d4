// The peer of the fan-out: Node's socket.io with what a seat needs, and nothing else (no rows, no journal, no commit).
// POST /change raises the version, emits the topic with the body as its data to everybody who subscribed, and answers.
import { createServer } from "node:http";
import { Server } from "socket.io";

const topic = process.argv[2];
let version = 1;
let data = JSON.parse(process.argv[3]);

const http = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", () => {
    if (request.method === "POST") {
      version += 1;
      data = JSON.parse(body);
      io.to(topic).emit("topic", { topic, version, data });
    }
    response.setHeader("Content-Type", "application/json");
    response.end("{}");
  });
});

const io = new Server(http, { transports: ["websocket"], pingInterval: 10000, pingTimeout: 10000, serveClient: false });

io.on("connection", (socket) => {
  socket.emit("hello", { epoch: "peer", build: "", now: Date.now() });
  socket.on("subscribe", (said, answer) => {
    socket.join(topic);
    if (said.topics.some((one) => one.version < version)) socket.emit("topic", { topic, version, data });
    answer({ ok: true, refused: [] });
  });
});

http.listen({ port: 0, host: "127.0.0.1", backlog: 2048 }, () => console.log(http.address().port));
