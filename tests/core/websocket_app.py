"""A small server over LiveWebSocket for tests/core/test_websocket.py, run by a real gunicorn gevent worker.

GET /push?topic=a&size=1000&times=5   push `times` numbered frames of `size` bytes to every line
GET /lines                            how many lines there are, and how many frames were overtaken
GET /hang-up                          close every line; answers when it is done
GET /stall?seconds=1                  how long a client may take nothing
"""

import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

import socketio

from server.core import websocket
from server.core.websocket import ENVIRON_KEY, LiveWebSocket, text_frame

lines: dict[str, LiveWebSocket] = {}
numbers: dict[str, int] = {}

server = socketio.Server(async_mode="gevent", transports=["websocket"], ping_interval=1, ping_timeout=30)
server.eio._async = {**server.eio._async, "websocket": LiveWebSocket}


@server.event
def connect(sid: str, environ: dict[str, Any], _auth: object = None) -> None:
    lines[sid] = environ[ENVIRON_KEY]


@server.event
def disconnect(sid: str, *_reason: object) -> None:
    lines.pop(sid, None)


@server.event
def echo(_sid: str, said: Any) -> Any:
    return said


def push(topic: str, size: int, times: int) -> int:
    for _ in range(times):
        numbers[topic] = number = numbers.get(topic, 0) + 1
        body = json.dumps(["topic", {"topic": topic, "version": number, "data": "x" * size}])
        frame = text_frame("42" + body)
        for line in list(lines.values()):
            line.push(topic, frame)
    return numbers.get(topic, 0)


def control(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    asked = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
    answer: dict[str, Any] = {}
    if environ["PATH_INFO"] == "/push":
        answer["newest"] = push(asked["topic"], int(asked["size"]), int(asked["times"]))
    elif environ["PATH_INFO"] == "/hang-up":
        for line in list(lines.values()):
            line.close()
    elif environ["PATH_INFO"] == "/stall":
        websocket.STALL = float(asked["seconds"])
    answer |= {"lines": len(lines), "overtaken": sum(line.dropped for line in lines.values())}
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(answer).encode()]


app = socketio.WSGIApp(server, control)
