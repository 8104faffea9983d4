"""A source that is let in and then points elsewhere: playlists and answers that name files and protocols of ours."""

import asyncio
import shutil
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.relay.clip import Recipe, make
from tests.relay.ingest.stage import ingesting

PLAYLIST = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:0\n{}\n"
SEGMENT = "#EXTINF:2.0,\n{}\n#EXTINF:2.0,\n{}\n#EXT-X-ENDLIST"
WAYS = {
    "a file as a segment": SEGMENT.format("file://{file}", "file://{file}"),
    "a bare path as a segment": SEGMENT.format("{file}", "{file}"),
    "concat": SEGMENT.format("concat:{file}|{file}", "concat:{file}"),
    "subfile": SEGMENT.format("subfile,,start,0,end,0,,:{file}", "subfile,,start,0,end,0,,:{file}"),
    "crypto over a file": SEGMENT.format("crypto+file://{file}", "crypto:{file}"),
    "data": SEGMENT.format("data:video/mp2t;base64,{base64}", "data:video/mp2t;base64,{base64}"),
    "a file as the map": '#EXT-X-MAP:URI="file://{file}"\n' + SEGMENT.format("file://{file}", "file://{file}"),
    "a playlist of files": '#EXT-X-STREAM-INF:BANDWIDTH=1000000\nfile://{playlist}',
}


class _Forger(BaseHTTPRequestHandler):
    playlist = b""
    asked: list[str] = []  # noqa: RUF012  (one server at a time)

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/moved.m3u8":
            self.send_response(302)
            self.send_header("Location", f"file://{self.playlist.decode()}")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/vnd.apple.mpegurl")
        self.end_headers()
        self.wfile.write(self.playlist)

    def log_message(self, *_: object) -> None:
        return


def fetched(data: Path, playlist: str, name: str) -> None:
    """Ingest a forged playlist: it was asked for, and nothing ever came of it."""
    handler = type("Forger", (_Forger,), {"playlist": playlist.encode(), "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()

    async def scene() -> None:
        async with ingesting(data, kind="hls", address=f"http://127.0.0.1:{server.server_port}/{name}") as stage:
            report = await stage.desk.until(lambda one: one["state"] == "lost" and one["reconnects"] > 0)
        assert report["probe"] is None
        assert all(one["state"] != "running" for one in stage.desk.reports)

    try:
        asyncio.run(scene())
        assert handler.asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole transport stream outside of the relay's folder: were it opened, its pictures would come."""
    path = tmp_path_factory.mktemp("private") / "film.ts"
    shutil.copy(make(Recipe(container="ts")), path)
    path.with_suffix(".m3u8").write_text(PLAYLIST.format(SEGMENT.format(path, path)))
    return path


@pytest.mark.parametrize("way", WAYS)
def test_a_playlist_opens_nothing_of_this_machine(tmp_path: Path, film: Path, way: str) -> None:
    import base64  # noqa: PLC0415  (kept beside its one use)

    coded = base64.b64encode(film.read_bytes()).decode() if "base64" in WAYS[way] else ""
    lines = WAYS[way].format(file=film, base64=coded, playlist=film.with_suffix(".m3u8"))
    fetched(tmp_path, PLAYLIST.format(lines), "live.m3u8")


def test_a_redirection_leads_to_no_file(tmp_path: Path, film: Path) -> None:
    fetched(tmp_path, str(film.with_suffix(".m3u8")), "moved.m3u8")


def test_a_file_in_the_relay_s_folder_that_is_a_playlist_is_no_film(tmp_path: Path, film: Path) -> None:
    folder = tmp_path / "relay"
    folder.mkdir()
    (folder / "clip.mp4").write_text(f"ffconcat version 1.0\nfile {film}\n")
    (folder / "list.ts").write_text(PLAYLIST.format(SEGMENT.format(film, film)))

    async def scene(name: str) -> None:
        async with ingesting(tmp_path, kind="file", address=name) as stage:
            await stage.desk.until(lambda one: one["state"] == "lost" and one["reconnects"] > 0)
        assert all(one["state"] != "running" for one in stage.desk.reports)

    for name in ("clip.mp4", "list.ts"):
        asyncio.run(scene(name))
